"""Papers of a reorganisation: the list of people of one unit-to-be, as an annex to its decision."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.reorganisation.selectors import Preview
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Report, ReportTable


def unit_annex(
    shown: Preview, unit: str, *, actor: Actor, names: dict[str, str], titles: dict[str, str]
) -> Report:
    """Who goes to `unit` and into which post; deputies above the number with the day by which they must be placed."""
    there = {landing.person_id: landing for landing in shown.landings if landing.unit == unit}
    ids = snapshot.by_name(list(there))
    rows = {row.id: row for row in cadres.rows(actor=actor, as_of=shown.draft.day, ids=ids)}
    lines = []
    for person in ids:
        landing, post = there[person], shown.posts[person]
        late = f"{shown.deadline:%d/%m/%Y}" if landing.excess else ""
        name = rows[person].name if person in rows else ""
        lines.append(
            [name, rows[person].code if person in rows else "", post.title_name, titles[landing.title], late]
        )
    header = [
        _("Họ và tên"),
        _("Mã"),
        _("Chức danh trước"),
        _("Chức danh bố trí"),
        _("Vượt số lượng, xử lý trước ngày"),
    ]
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
        title=_("Danh sách bố trí cán bộ"),
        subtitle=names.get(unit, unit),
        as_of=shown.draft.day,
        opening=[
            _("Kèm theo {decision}, hiệu lực từ {day}.").format(
                decision=shown.draft.decision, day=f"{shown.draft.day:%d/%m/%Y}"
            )
        ],
        tables=[ReportTable(_("{count} người").format(count=len(lines)), header, lines, numbered=True)],
        notes=[_("Cấp phó vượt số lượng được bố trí theo Kết luận 150-KL/TW, chậm nhất năm năm.")],
    )
