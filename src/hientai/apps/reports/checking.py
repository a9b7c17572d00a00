"""Has the engine check a draft whose content is at hand, and puts its findings into words for pages and files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from django.utils.translation import gettext_noop

from hientai.apps.reports.types import Checked, Line
from hientai.engines.errors import BadInput
from hientai.engines.figures.answer import as_document
from hientai.engines.figures.check import check_draft, check_file, read_draft
from hientai.engines.figures.commented import write_commented
from hientai.engines.figures.draft import Draft, Paragraph
from hientai.engines.figures.findings import Closing, Relation, ShareFinding, SumFinding
from hientai.engines.figures.marked import marked_html, numbered
from hientai.engines.figures.reading.json_file import json_of
from hientai.engines.figures.spoken import spoken
from hientai.engines.wording import say

Translate = Callable[[str], str]
LARGEST_FILE = 20 * 1024 * 1024
LONGEST_DRAFT = 4_000_000  # characters, about a thousand pages
ENDINGS = (".docx", ".xlsx", ".xlsm", ".pdf", ".txt", ".md", ".json")

# how the readers of the engine name places in a draft; a number follows
_PLACES = (
    gettext_noop("bảng từ dòng {n}"),
    gettext_noop("bảng {n}"),
    gettext_noop("dòng {n}"),
    gettext_noop("trang {n}"),
    gettext_noop("đoạn {n}"),
)
_PLACE = re.compile(rf"\b({'|'.join(place.removesuffix(' {n}') for place in _PLACES)}) (\d+)")


def check(name: str, content: bytes, folder: Path, language: str, translate: Translate) -> Checked:
    """What the engine finds in the file `name`.

    folder: where it may stand while it is read. Raises BadInput when it cannot be read or is too large.
    """
    with _as_file(name, content, folder) as path:
        draft = None if path.suffix == ".json" else _read(path)
        findings = check_file(path) if draft is None else check_draft(draft)
    return Checked(
        name=name,
        language=language,
        lines=tuple(_line(n, finding, translate) for n, finding in enumerate(numbered(findings), start=1)),
        marked="" if draft is None else marked_html(draft, findings, translate),
        document=as_document(findings, translate),
    )


def commented(name: str, content: bytes, folder: Path, translate: Translate) -> bytes:
    """The Word copy with comments; a docx keeps its looks. Raises BadInput as `check`, also for json."""
    with _as_file(name, content, folder) as path:
        if path.suffix == ".json":
            raise BadInput("no_text", say("Tệp json không có văn bản để chú thích"), name)
        draft = _read(path)
        target = path.with_name("chu-thich.docx")
        write_commented(draft, check_draft(draft), target, source=path, translate=translate)
        return target.read_bytes()


def named(body: bytes) -> tuple[str, bytes]:
    """A name and content for a JSON body: `{"text": "..."}` is a text, everything else figures as data.

    Raises BadInput when it is no JSON.
    """
    document = json_of(body, "")
    if isinstance(document, dict) and set(document) == {"text"}:
        if not isinstance(document["text"], str):
            raise BadInput("wrong_type", say("“text” phải là một chuỗi."), "text")
        return "van-ban.txt", document["text"].encode("utf-8", "replace")
    return "so-lieu.json", body


def too_large(name: str) -> BadInput:
    """The refusal of a file above `LARGEST_FILE`."""
    return BadInput(
        "too_large",
        say("Tệp lớn hơn {most} MB; hãy chia nhỏ hoặc bỏ hình ảnh.", most=LARGEST_FILE // 1024**2),
        name,
    )


@contextmanager
def _as_file(name: str, content: bytes, folder: Path) -> Iterator[Path]:
    """The content under a name of ours: the sender's name decides nothing but the kind."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(
            "wrong_kind", say("Không đọc được loại tệp này; dùng docx, xlsx, pdf, txt hoặc json."), name
        )
    if not content.strip():
        raise BadInput("empty", say("Tệp trống, không có gì để kiểm tra."), name)
    if len(content) > LARGEST_FILE:
        raise too_large(name)
    with tempfile.TemporaryDirectory(dir=folder, prefix="reading-") as place:
        path = Path(place) / f"du-thao{ending}"
        path.write_bytes(content)
        yield path


def _read(path: Path) -> Draft:
    draft = read_draft(path)
    length = sum(
        len(block.text) if isinstance(block, Paragraph) else sum(len(c) for row in block.cells for c in row)
        for block in draft.blocks
    )
    if length > LONGEST_DRAFT:
        raise BadInput(
            "too_large",
            say(
                "Văn bản dài hơn {most} triệu chữ cái (khoảng một nghìn trang); hãy chia nhỏ.",
                most=LONGEST_DRAFT // 1_000_000,
            ),
        )
    return draft


def _line(number: int, finding: ShareFinding | SumFinding, translate: Translate) -> Line:
    share = isinstance(finding, ShareFinding)
    return Line(
        number=number,
        place=_place(finding.where.name, translate),
        printed=finding.printed if share else spoken(finding.total),
        exact=_exact_share(finding) if share else _exact_sum(finding),
        verdict=finding.verdict.value,
        label=finding.label,
        why=finding.explanation.render(translate),
        likely=finding.likely.sentence.render(translate) if finding.likely else "",
    )


def _place(name: str, translate: Translate) -> str:
    """ "trang 2, dòng 1" in the language of the reader; names of sheets stay as they are."""
    return _PLACE.sub(lambda found: translate(f"{found[1]} {{n}}").format(n=found[2]), name)


def _exact_share(share: ShareFinding) -> str:
    """With up to four decimals, as in the arithmetic beside it."""
    if share.exact is None:
        return ""
    return spoken(share.exact) if share.relation is Relation.TIMES else f"{spoken(share.exact * 100)}%"


def _exact_sum(total: SumFinding) -> str:
    """The sum of the parts where it must be the total; nothing where the parts may be less, or for a rank."""
    if total.closing in (Closing.WHOLE, Closing.CHANGE, Closing.SHARES):
        return spoken(Fraction(total.sum))
    return ""
