"""Papers of a reorganisation: the draft of its decision, and the list of people of one unit-to-be as an annex."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

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
        tables=[
            ReportTable(
                _("{count} người").format(count=len(lines)),
                header,
                lines,
                numbered=True,
                widths=(2, 1, 2.4, 2.4, 1.2),
            )
        ],
        notes=[_("Cấp phó vượt số lượng được bố trí theo Kết luận 150-KL/TW, chậm nhất năm năm.")],
    )


def decision(
    shown: Preview, *, names: dict[str, str], receiving: Sequence[tuple[str, str, int, int]]
) -> Report:
    """The draft of the decision, article by article: units, people, deputies above the number, posts, plans.

    names: of units by code, those of before and those to be; receiving: (code, name, people, of them above the number)
    of every unit that takes somebody in. Numbers are those of the preview of now.
    """
    heirs = [heir for act in shown.plan.acts for heir in act.heirs]
    begins = [unit for act in shown.plan.acts for unit in act.begins]
    opening = [
        _("DỰ THẢO – {decision}.").format(decision=shown.draft.decision),
        _("Điều 1. Kết thúc hoạt động {count} đơn vị và xác định đơn vị kế thừa theo Bảng 1.").format(
            count=len(shown.plan.ends)
        ),
        _("Điều 2. Thành lập {count} đơn vị theo Bảng 2.").format(count=len(begins)),
        _(
            "Điều 3. Bố trí {moved} người theo Bảng 3 và danh sách kèm theo của từng đơn vị; "
            "{leaving} người nghỉ theo chế độ; {undecided} người còn phải quyết định."
        ).format(
            moved=len(shown.moved), leaving=len(shown.leaving), undecided=len(shown.undecided)),
        _(
            "Điều 4. Có {excess} cấp phó vượt số lượng, được sắp xếp lại chậm nhất ngày {day} (Kết luận 150-KL/TW)."
        ).format(
            excess=len(shown.excess), day=f"{shown.deadline:%d/%m/%Y}"),
        _("Điều 5. Quy hoạch các chức danh của đơn vị kết thúc không còn hiệu lực đối với {count} người.").format(
            count=len(shown.void)),
        _("Điều 6. Quyết định có hiệu lực từ ngày {day}.").format(day=f"{shown.draft.day:%d/%m/%Y}"),
    ]  # fmt: skip
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
        title=_("QUYẾT ĐỊNH"),
        subtitle=shown.draft.title,
        as_of=shown.draft.day,
        opening=opening,
        tables=[
            _heirs_table([(h.before, h.after, h.share) for h in heirs], names),
            ReportTable(
                _("Bảng 2. Đơn vị thành lập"), [_("Đơn vị"), _("Mã"), _("Trực thuộc")],
                [[unit.name, unit.code, names.get(unit.parent, unit.parent)] for unit in begins], numbered=True,
                widths=(3, 1.2, 2), align="lll",
            ),
            ReportTable(
                _("Bảng 3. Người về từng đơn vị"), [_("Đơn vị"), _("Số người"), _("Trong đó vượt số lượng")],
                [[name, people, excess] for _code, name, people, excess in receiving], numbered=True,
            ),
        ],
        notes=[_("Số liệu theo dự thảo, phiên bản {version}.").format(version=shown.draft.version)],
        across=False,
    )  # fmt: skip


def _heirs_table(heirs: Sequence[tuple[str, str, Fraction | None]], names: dict[str, str]) -> ReportTable:
    lines = [
        [
            names.get(before, before), names.get(after, after),
            _("không nêu") if share is None else _("toàn bộ") if share == 1 else str(share),
        ]
        for before, after, share in heirs
    ]  # fmt: skip
    return ReportTable(
        _("Bảng 1. Đơn vị trước và đơn vị kế thừa"), [_("Đơn vị kết thúc"), _("Đơn vị kế thừa"), _("Phần")], lines,
        numbered=True, widths=(3, 3, 1), align="llc",
    )  # fmt: skip
