"""The geometry of the picture of regimes: which document governed a subject when, in thousandths of the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hientai.apps.regulations.types import RegimeBar, RegimeLine, RegisterRow, Timeline
from hientai.rulebook.book import Document

FULL = 1000
FIRST_YEAR = 2012
# By the first part of the keys that a document sets; in the order of the picture.
SUBJECTS: Mapping[str, str | Promise] = {
    "plan": _("Quy hoạch"),
    "rotate": _("Luân chuyển"),
    "appoint": _("Bổ nhiệm"),
    "reappoint": _("Bổ nhiệm lại"),
    "congress": _("Đại hội, ứng cử"),
    "eval": _("Đánh giá, xếp loại"),
    "discipline": _("Kỷ luật"),
    "declaration": _("Kê khai tài sản"),
    "training": _("Đào tạo, bồi dưỡng"),
    "position_change": _("Chuyển đổi vị trí"),
    "second": _("Biệt phái"),
    "confidence": _("Lấy phiếu tín nhiệm"),
}


def timeline_of(documents: Iterable[tuple[RegisterRow, Document]], day: date) -> Timeline:
    """Lines of documents by subject; the scale runs to two years after the day or the last beginning."""
    kept = list(documents)
    last = max([day.year, *(row.valid_from.year for row, _one in kept if row.valid_from)]) + 2
    begin, end = date(FIRST_YEAR, 1, 1), date(last, 1, 1)

    def at(moment: date) -> int:
        share = (moment - begin).days * FULL // (end - begin).days
        return max(0, min(FULL, share))

    lines = []
    for subject, label in SUBJECTS.items():
        bars = tuple(
            _bar(row, at, end)
            for row, one in kept
            if any(
                key.partition(".")[0] == subject for key in (*one.parameters, *one.standards, *one.structure)
            )
        )
        if bars:
            lines.append(RegimeLine(gettext(str(label)), bars))
    years = tuple((year, at(date(year, 1, 1))) for year in range(FIRST_YEAR, last, 2))
    return Timeline(tuple(lines), years, at(day))


def _bar(row: RegisterRow, at, end: date) -> RegimeBar:  # type: ignore[no-untyped-def]
    start = at(row.valid_from or date.min)
    stop = at(row.valid_to or end)
    return RegimeBar(row, start, max(stop - start, 4), row.valid_to is None)
