"""What changed since a locked day as a report: the balance, by level, block and unit, and the lists if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Block, Level
from hientai.apps.reports import change_selectors as selectors
from hientai.apps.reports.change_selectors import ChangesAnswer
from hientai.apps.reports.changes import CAME, LEFT, WITHIN, Group, Kind
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Cell, GroupLine, Report, ReportTable
from hientai.foundation.people_lists import FoundPeople, OwnColumn, PeopleSource
from hientai.foundation.registry import ReportOption, ReportSource
from hientai.foundation.web.templatetags.formats import number

LABELS: Mapping[Kind, str | Promise] = {
    Kind.RECRUITED: gettext_lazy("Tuyển dụng, tiếp nhận mới"),
    Kind.RETURNED: gettext_lazy("Trở lại công tác"),
    Kind.RECEIVED: gettext_lazy("Chuyển đến từ đơn vị khác"),
    Kind.ADDED: gettext_lazy("Bổ sung hồ sơ sau khi khóa"),
    Kind.RETIRED: gettext_lazy("Nghỉ hưu"),
    Kind.ENDED: gettext_lazy("Thôi việc, chuyển ra ngoài, lý do khác"),
    Kind.SENT: gettext_lazy("Chuyển đi đơn vị khác"),
    Kind.WITHDRAWN: gettext_lazy("Rút, đính chính hồ sơ sau khi khóa"),
    Kind.PROMOTED: gettext_lazy("Lên chức danh cao hơn"),
    Kind.LOWERED: gettext_lazy("Xuống chức danh thấp hơn, thôi chức danh"),
    Kind.REORGANISED: gettext_lazy("Chuyển theo sắp xếp đơn vị"),
    Kind.MOVED: gettext_lazy("Chuyển đơn vị, cùng thứ bậc"),
    Kind.RETITLED: gettext_lazy("Đổi chức danh tương đương, cùng đơn vị"),
    Kind.UNCHANGED: gettext_lazy("Không thay đổi"),
}
TOTALS: Mapping[str, str | Promise] = {
    "before": gettext_lazy("Có mặt ngày khóa"),
    "came": gettext_lazy("Đến"),
    "left": gettext_lazy("Đi"),
    "after": gettext_lazy("Có mặt hiện nay"),
}
PARTS = (("level", gettext_lazy("Cấp")), ("block", gettext_lazy("Khối")), ("part", gettext_lazy("Đơn vị")))
# The columns of the tables by group, each a set of people that opens its list.
GROUP_FIGURES: Mapping[str, str | Promise] = {
    "before": TOTALS["before"],
    "came": TOTALS["came"],
    "from_others": gettext_lazy("Từ nhóm khác"),
    "left": TOTALS["left"],
    "to_others": gettext_lazy("Sang nhóm khác"),
    "after": TOTALS["after"],
}
MOST_LISTED = 3_000


def ids_of(found: ChangesAnswer, what: str) -> tuple[int, ...]:
    """The people behind a figure: one of `TOTALS`, or a kind. Raises BadInput for another word."""
    if what in TOTALS:
        return tuple(getattr(found, what))
    if what not in list(Kind):
        raise BadInput("unknown_kind", say("Không có loại biến động “{kind}”.", kind=what), "kind")
    return found.people(Kind(what))


def group_of(found: ChangesAnswer, column: str, code: str) -> Group:
    """The group of a column with that code, "" for those without one. Raises BadInput where there is none."""
    known = {str(group.code or ""): group for group in found.by(column)} if column in dict(PARTS) else {}
    if code not in known:
        raise BadInput("unknown_group", say("Không có nhóm “{group}” trong bảng này.", group=code), "group")
    return known[code]


def label_of(what: str) -> str:
    """What a figure is called above its list."""
    return str(TOTALS[what] if what in TOTALS else LABELS[Kind(what)])


def day_of_list(found: ChangesAnswer, what: str) -> date:
    """The day on which a list of the figure shows its people: who left is shown as of the locked day."""
    return found.lock.day if what == "before" or what in ("left", *LEFT) else found.as_of


def named_groups(*, actor: Actor, as_of: date, found: ChangesAnswer, column: str) -> list[tuple[str, Group]]:
    """The groups of a column with what they are called, in the order of official tables."""
    rows = found.by(column)
    if column == "part":
        ids = [group.code for group in rows if isinstance(group.code, int)]
        histories = organization.unit_name_histories(actor=actor, ids=ids)
        names: Mapping[Any, str] = {unit: history[-1][2] for unit, history in histories.items()}
    else:
        names = {code: str(label) for code, label in (Level if column == "level" else Block).choices}
        rows = sorted(
            rows, key=lambda group: list(names).index(str(group.code)) if group.code else len(names)
        )
    return [(names.get(group.code) or _("Đơn vị đã kết thúc, chưa chuyển"), group) for group in rows]


def changes_report(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """The balance of everybody since a locked day; with the lists where they are asked for."""
    if not options["lock"]:
        raise BadInput(
            "no_lock", say("Chưa khóa số liệu ngày nào; hãy khóa một ngày ở trang Biến động."), "lock"
        )
    found = selectors.changes(actor=actor, as_of=as_of, lock=options["lock"], unit=unit)
    tables = [_balance(found)]
    for place, (column, label) in enumerate(PARTS, start=2):
        groups = named_groups(actor=actor, as_of=as_of, found=found, column=column)
        tables.append(
            _by(_("Biểu {number}. Theo {what}").format(number=place, what=str(label).lower()), label, groups)
        )
    if options["lists"] == "yes":
        tables.append(_lists(actor, found))
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
        title=_("Báo cáo biến động đội ngũ cán bộ"),
        subtitle=_("Từ ngày khóa {day}: {name}; {where}").format(
            day=f"{found.lock.day:%d/%m/%Y}", name=found.lock.name, where=found.unit_name or _("toàn bộ phạm vi")
        ),
        as_of=as_of,
        opening=[
            _("Có mặt ngày khóa {before} người; đến {came}, đi {left}; có mặt hiện nay {after} người.").format(
                before=number(len(found.before)), came=number(len(found.came)), left=number(len(found.left)),
                after=number(len(found.after)),
            )
        ],
        tables=tables,
        notes=[
            _("Mỗi người được tính đúng một lần: có mặt ngày khóa + đến − đi = có mặt hiện nay."),
            _("Số liệu ngày khóa lấy theo hồ sơ như đã biết lúc khóa; hồ sơ sửa sau đó tính ở dòng riêng."),
        ],
        answer=_answer(found),
    )  # fmt: skip


def _balance(found: ChangesAnswer) -> ReportTable:
    lines: list[list[Cell] | GroupLine] = [GroupLine(f"{label_of('before')}: {number(len(found.before))}")]
    for head, kinds, total in ((_("Đến"), CAME, found.came), (_("Đi"), LEFT, found.left)):
        lines.append(GroupLine(f"{head}: {number(len(total))}"))
        lines += [[str(LABELS[kind]), len(found.people(kind))] for kind in kinds]
    lines.append(GroupLine(f"{label_of('after')}: {number(len(found.after))}"))
    stayed = sum(len(found.people(kind)) for kind in WITHIN)
    lines.append(GroupLine(_("Trong số {count} người có mặt ở cả hai ngày").format(count=number(stayed))))
    lines += [[str(LABELS[kind]), len(found.people(kind))] for kind in WITHIN]
    return ReportTable(_("Biểu 1. Tổng hợp"), [_("Nội dung"), _("Người")], lines, widths=[5, 1], align="lc")


def _by(caption: str, label: str | Promise, groups: Sequence[tuple[str, Group]]) -> ReportTable:
    inward, outward = _("Tăng"), _("Giảm")
    rows: list[list[Cell]] = [
        [name, len(g.before), len(g.came), len(g.from_others), len(g.left), len(g.to_others), len(g.after)]
        for name, g in groups
    ]
    of_all = [sum(len(getattr(group, what)) for _name, group in groups) for what in GROUP_FIGURES]
    total: list[Cell] = [_("Tổng số"), *of_all]
    return ReportTable(
        caption,
        [
            str(label), str(TOTALS["before"]), _("Đến"), _("Từ nhóm khác"), _("Đi"), _("Sang nhóm khác"),
            str(TOTALS["after"]),
        ],
        [*rows, total],
        above=["", "", inward, inward, outward, outward, ""],
        widths=[3, 1, 1, 1, 1, 1, 1],
        align="lcccccc",
    )  # fmt: skip


def _lists(actor: Actor, found: ChangesAnswer) -> ReportTable:
    shown = [kind for kind in (*CAME, *LEFT, *WITHIN) if kind is not Kind.UNCHANGED]
    total = sum(len(found.people(kind)) for kind in shown)
    if total > MOST_LISTED:
        said = say(
            "Có {count} người biến động, danh sách nhận tối đa {most}; hãy chọn một đơn vị.",
            count=number(total),
            most=number(MOST_LISTED),
        )
        raise BadInput("too_long", said, "lists")  # fmt: skip
    lines: list[Sequence[Cell] | GroupLine] = []
    for kind in shown:
        people = visible(actor, found, found.people(kind))
        if people:
            lines.append(GroupLine(f"{LABELS[kind]}: {number(len(people))}"))
            lines += _people(actor, found, people)
    header = [
        _("Họ và tên"), _("Mã"), _("Ngày khóa: chức vụ, đơn vị"), _("Hiện nay: chức vụ, đơn vị"), _("Căn cứ"),
    ]  # fmt: skip
    return ReportTable(_("Danh sách"), header, lines, widths=[2, 1, 3, 3, 2], align="lclll", numbered=True)


def _people(actor: Actor, found: ChangesAnswer, ids: Sequence[int]) -> Iterator[list[Cell]]:
    placed = [
        {row.id: row for row in cadres.rows(actor=actor, as_of=day, ids=ids)}
        for day in (found.lock.day, found.as_of)
    ]
    said = decisions(actor, found, ids)
    for person in ids:
        then, now = (rows.get(person) for rows in placed)
        known = now or then
        if known is not None:
            posts = [", ".join(filter(None, (r.position, r.unit))) if r else "" for r in (then, now)]
            yield [known.name, known.code, *posts, said.get(person, "")]


def decisions(actor: Actor, found: ChangesAnswer, ids: Sequence[int]) -> dict[int, str]:
    """What the changes of each person since the locked day rest on, one a line with its day."""
    kept = cadres.decisions_between(actor=actor, as_of=found.as_of, ids=ids, since=found.lock.day)
    return {
        person: "\n".join(f"{source} ({day:%d/%m/%Y})" for day, source in said)
        for person, said in kept.items()
    }


def visible(actor: Actor, found: ChangesAnswer, ids: tuple[int, ...]) -> tuple[int, ...]:
    """Those of a figure whom the actor may see by name today: whoever moved out of the scope is only counted."""
    outside = set(cadres.outside_scope(actor=actor, as_of=found.as_of, ids=ids, permission=selectors.READ))
    return tuple(person for person in ids if person not in outside)


def _answer(found: ChangesAnswer) -> dict[str, Any]:
    return {
        "locked_on": found.lock.day.isoformat(),
        "known_at": found.lock.known_at.isoformat(),
        "as_of": found.as_of.isoformat(),
        "unit": found.unit,
        **{what: len(ids_of(found, what)) for what in TOTALS},
        "kinds": {str(kind): len(found.people(kind)) for kind in Kind},
    }


def find(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """The people behind one figure; the address names the lock, the day compared with (`to`), the unit and the kind,

    and for a cell of a table by groups the column (`by`) and the group.
    """
    day, what = date.fromisoformat(asked.get("to") or as_of.isoformat()), asked.get("kind", "")
    found = selectors.changes(actor=actor, as_of=day, lock=asked.get("lock", ""), unit=asked.get("in", ""))
    column = asked.get("by", "")
    if column and what not in GROUP_FIGURES:
        raise BadInput("unknown_kind", say("Không có loại biến động “{kind}”.", kind=what), "kind")
    group = group_of(found, column, asked.get("group", "")) if column else None
    everybody = getattr(group, what) if group else ids_of(found, what)
    ids = visible(actor, found, everybody)
    label = str(GROUP_FIGURES[what]) if group else label_of(what)
    if group:
        label += f": {_named(actor, found, column, group)}"
    said = _("{what}, từ {start} đến {end}").format(
        what=label, start=f"{found.lock.day:%d/%m/%Y}", end=f"{day:%d/%m/%Y}"
    )
    hidden = len(everybody) - len(ids)
    base = _("có mặt ngày khóa {before} người").format(before=number(len(found.before)))
    more = _("; {count} người đã ra khỏi phạm vi được xem").format(count=number(hidden)) if hidden else ""
    own = None
    if what not in ("before", "after", Kind.UNCHANGED):
        own = OwnColumn(_("Căn cứ biến động"), partial(decisions, actor, found))
    return FoundPeople(ids, " · ".join(filter(None, (said, found.unit_name))), base + more, own)


def _named(actor: Actor, found: ChangesAnswer, column: str, group: Group) -> str:
    rows = named_groups(actor=actor, as_of=found.as_of, found=found, column=column)
    return next(name for name, one in rows if one.code == group.code)


def _locks(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    known = selectors.locked_days(actor=actor, as_of=as_of)
    days = dict.fromkeys(lock.day for lock in known if lock.day <= as_of)
    return [(day.isoformat(), f"{day:%d/%m/%Y}") for day in days]


def _with_lists(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    return [("no", _("Chỉ số liệu")), ("yes", _("Kèm danh sách"))]


PEOPLE = PeopleSource("changes", find, selectors.READ)
CHANGES = ReportSource(
    "changes",
    gettext_lazy("Biến động"),
    gettext_lazy(
        "Ai đến, ai đi, ai chuyển, ai lên chức danh từ một ngày khóa số liệu; theo cấp, khối, đơn vị."
    ),
    changes_report,
    selectors.READ,
    30,
    (
        ReportOption("lock", gettext_lazy("Ngày khóa"), _locks),
        ReportOption("lists", gettext_lazy("Danh sách"), _with_lists),
    ),
)
