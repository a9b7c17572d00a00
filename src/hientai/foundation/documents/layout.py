"""Published layouts of official documents, as dated profiles: which one holds is a matter of the day of issue.

State form: Decree 30/2020/NĐ-CP, Annex I (margins 20-25 mm top and bottom, 30-35 mm left, 15-20 mm right; page number
in the middle of the head margin, not on the first page). Party form: guideline 36-HD/VPTW, margins as remembered, so
`verified` is false and every document in it says so to whoever makes it (`Layout.doubt`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True)
class Layout:
    """code; face and size in points; margins in millimetres: top, right, bottom, left; motto: lines at the head.

    star: the asterisk under the name of a Party body. valid_from, valid_to: half-open, the days of issue it is for.
    """

    code: str
    face: str
    body_size: int
    margins: tuple[int, int, int, int]
    motto: tuple[str, ...]
    citation: str
    verified: bool
    star: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def doubt(self) -> Sentence | None:
        """What is not confirmed about it; None where it was checked against the published text."""
        return (
            None
            if self.verified
            else say("Lề trang theo {document} chưa kiểm chứng.", document=self.citation)
        )


PARTY = Layout(
    "party",
    "Times New Roman",
    14,
    (20, 15, 20, 30),
    ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "36-HD/VPTW",
    verified=False,
    star=True,
)
STATE = Layout(
    "state",
    "Times New Roman",
    14,
    (20, 15, 20, 30),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    "Nghị định 30/2020/NĐ-CP, Phụ lục I",
    verified=True,
    valid_from=date(2020, 3, 5),
)
PROFILES = (PARTY, STATE)


def layout_on(code: str, day: date) -> Layout:
    """The profile `party` or `state` for documents issued on `day`; raises BadInput when none is known."""
    for profile in PROFILES:
        starts = profile.valid_from is None or profile.valid_from <= day
        if profile.code == code and starts and (profile.valid_to is None or day < profile.valid_to):
            return profile
    raise BadInput("no_layout", say("Không có thể thức “{code}” cho văn bản ngày này.", code=code), code)
