"""What a report says, apart from how it is written: head, title, as-of day, tables of values, notes, signatures.

One report is written as Word, PDF, Excel, JSON or plain text (`writing.py`) and can be kept and written again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.foundation.documents.layout import PARTY, Layout
from hientai.foundation.web.templatetags.formats import number


@dataclass(frozen=True)
class Picture:
    """A portrait in a cell: a small JPEG or PNG."""

    content: bytes
    content_type: str = "image/jpeg"


@dataclass(frozen=True)
class GroupLine:
    """A line that heads the lines below it and reaches over the whole table."""

    text: str


Cell = str | int | float | date | Picture | None
Line = Sequence[Cell]


@dataclass(frozen=True)
class ReportTable:
    """caption; header and lines; note: what the figures are shares of.

    above: for each column the words over its header, "" for none; neighbours that say the same share one cell.
    widths: relative, one a column; align: a letter a column, l, c or r (by default the first is left, the others in
    the middle). numbered: a running number stands before each line, from `first` on. steps: the row (1) (2) (3)
    below the header.
    """

    caption: str
    header: Sequence[str]
    lines: Sequence[Line | GroupLine]
    note: str = ""
    above: Sequence[str] = ()
    widths: Sequence[float] = ()
    align: str = ""
    numbered: bool = False
    steps: bool = False
    first: int = 1

    @property
    def aligned(self) -> str:
        return self.align or "l" + "c" * (len(self.header) - 1)

    @property
    def weights(self) -> Sequence[float]:
        return self.widths or (2.5, *[1.0] * (len(self.header) - 1))


def _signers() -> tuple[tuple[str, str], ...]:
    under = _("(ký, ghi rõ họ tên)")
    return ((_("NGƯỜI LẬP BIỂU"), under), (_("THỦ TRƯỞNG CƠ QUAN"), under))


def _banner() -> str:
    return _("Dữ liệu hư cấu – bản trình diễn") if settings.DEMO else ""


@dataclass(frozen=True)
class Report:
    """agency: who reports; title; as_of; opening paragraphs; tables; closing notes (rounding, regime, doubts).

    superior: the body above the agency; paper: "A4" or "A3"; across: the long side is the width; signers: what stands
    over and under each signature; banner: what the head of a demo must say; answer: the same as plain data, for JSON.
    """

    agency: str
    title: str
    subtitle: str
    as_of: date
    opening: Sequence[str]
    tables: Sequence[ReportTable]
    notes: Sequence[str]
    superior: str = ""
    layout: Layout = PARTY
    paper: str = "A4"
    across: bool = True
    signers: Sequence[tuple[str, str]] = field(default_factory=_signers)
    banner: str = field(default_factory=_banner)
    answer: Mapping[str, Any] | None = None


PAPERS: Mapping[str, tuple[int, int]] = {"A4": (210, 297), "A3": (297, 420)}


def page_size(report: Report) -> tuple[int, int]:
    """Width and height in millimetres."""
    narrow, wide = PAPERS[report.paper]
    return (wide, narrow) if report.across else (narrow, wide)


def text_width(report: Report) -> int:
    """Millimetres between the margins."""
    _top, right, _bottom, left = report.layout.margins
    return page_size(report)[0] - left - right


NUMBER_WEIGHT = 0.75  # of the running number, beside the weights of the columns
_LARGEST, _SMALLEST, _POINTS_A_MILLIMETRE = 11, 6, 0.85


def table_size(report: Report, table: ReportTable) -> int:
    """Points of the text of a table: smaller where many columns share the page, so that a day fits its column."""
    one = text_width(report) / (sum(table.weights) + (NUMBER_WEIGHT if table.numbered else 0))
    return max(_SMALLEST, min(_LARGEST, int(one * _POINTS_A_MILLIMETRE)))


def day_line(report: Report) -> str:
    """ "Số liệu tính đến ngày 05/03/2026"."""
    return _("Số liệu tính đến ngày {day}").format(day=f"{report.as_of:%d/%m/%Y}")


def cell_text(value: Cell) -> str:
    """One value as print shows it, a percentage never broken before its sign; nothing for a picture."""
    if value is None or isinstance(value, Picture):
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool | str):
        return str(value).replace(" %", "\N{NO-BREAK SPACE}%")
    return number(value, 0 if float(value).is_integer() else 2)


def write_report(report: Report) -> bytes:
    """The bytes of a .docx file."""
    from hientai.foundation.documents.word import write_docx

    return write_docx(report)
