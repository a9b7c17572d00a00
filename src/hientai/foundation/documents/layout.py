"""Published layouts of official documents, as dated profiles.

Party form: guideline 36-HD/VPTW (margins as remembered, so `verified` is false). State form: Decree 30/2020,
Annex I (margins 20-25 mm top and bottom, 30-35 mm left, 15-20 mm right).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """code; face and sizes in points; margins in millimetres: top, right, bottom, left; motto lines at the head."""

    code: str
    face: str
    body_size: int
    margins: tuple[int, int, int, int]
    motto: tuple[str, ...]
    citation: str
    verified: bool


PARTY = Layout(
    "party",
    "Times New Roman",
    14,
    (20, 15, 20, 30),
    ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "36-HD/VPTW",
    verified=False,
)
STATE = Layout(
    "state",
    "Times New Roman",
    14,
    (20, 15, 20, 30),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    "Nghị định 30/2020/NĐ-CP, Phụ lục I",
    verified=True,
)
