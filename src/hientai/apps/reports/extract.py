"""The extract list (danh sách trích ngang): chosen columns of a list of people, in protocol order, as a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import Place
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.documents.layout import layout_on
from hientai.foundation.documents.report import Cell, GroupLine, Report, ReportTable
from hientai.foundation.people_lists import ColumnSource, FoundPeople, ListColumn, column_sources
from hientai.foundation.web.templatetags.formats import number

GROUPS = {
    "": gettext_lazy("Không chia nhóm"),
    "unit": gettext_lazy("Theo đơn vị"),
    "title": gettext_lazy("Theo chức danh"),
}
ORDERS = {
    "": gettext_lazy("Thứ tự lễ tân"),
    "name": gettext_lazy("Tên, vần chữ cái"),
    "given": gettext_lazy("Như danh sách gốc"),
}
PAPERS = {"A4": gettext_lazy("A4 ngang"), "A3": gettext_lazy("A3 ngang")}
LAYOUTS = {"party": gettext_lazy("Đảng"), "state": gettext_lazy("Nhà nước")}
MOST_PRINTED, MOST_IN_A_WORKBOOK = 3_000, 50_000
OWN = "own"


@dataclass(frozen=True)
class Choice:
    """How a list is drawn: column codes in their order, grouping, order, paper, layout, and a title of its own.

    section: which part of `MOST_PRINTED` people of a long list, from 1; 0 is all of it.
    """

    columns: tuple[str, ...]
    group: str = ""
    order: str = ""
    paper: str = "A4"
    layout: str = "party"
    title: str = ""
    section: int = 0

    def part_of(self, placed: Sequence[Place]) -> tuple[int, Sequence[Place]]:
        """How many stand before the section, and who is in it."""
        before = max(0, self.section - 1) * MOST_PRINTED if self.section else 0
        return before, placed[before : before + MOST_PRINTED] if self.section else placed


def sections(count: int) -> int:
    """Into how many parts a list is printed."""
    return -(-count // MOST_PRINTED)


def columns_for(actor: Actor) -> list[tuple[ColumnSource, list[ListColumn]]]:
    """Every column the actor may show, by the capability that gives it."""
    found = [
        (source, [c for c in source.columns() if not c.permission or actor.may(c.permission)])
        for source in column_sources()
    ]
    return [(source, columns) for source, columns in found if columns]


def usual_columns(actor: Actor) -> tuple[str, ...]:
    """What a list shows when nobody chose."""
    return tuple(c.code for _source, columns in columns_for(actor) for c in columns if c.usual)


def extract(
    *,
    actor: Actor,
    as_of: date,
    people: FoundPeople,
    choice: Choice,
    most: int = MOST_IN_A_WORKBOOK,
    head: int = 0,
) -> Report:
    """The list, or a section of it, as a report; head: only its first so many people, 0 for all.

    Raises BadInput when it is too long for its form, has no such section, or a column is not known.
    """
    parts = _parts_of(people, choice, most, head)
    known = {c.code: c for _source, columns in columns_for(actor) for c in columns}
    unknown = [code for code in choice.columns if code not in known]
    if unknown:
        raise BadInput("unknown_column", say("Không có cột “{code}”.", code=unknown[0]), unknown[0])
    columns = [known[code] for code in choice.columns]
    placed = _ordered(actor, as_of, people.ids, choice)
    before, shown = choice.part_of(placed)
    shown = shown[:head] if head else shown
    values = _values(actor, as_of, [place.person_id for place in shown], choice.columns)
    if people.own is not None:
        columns.append(ListColumn(OWN, people.own.label, width=people.own.width))
        values[OWN] = people.own.read([place.person_id for place in shown])
    lines = _lines(placed, shown, choice, columns, values)
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
        title=choice.title or _("Danh sách trích ngang cán bộ"),
        subtitle=_subtitle(people, choice, parts),
        as_of=as_of,
        opening=[],
        tables=[
            ReportTable(
                "",
                [str(c.label) for c in columns],
                list(lines),
                above=[str(c.over) for c in columns],
                widths=[c.width for c in columns],
                align="".join(c.align for c in columns),
                numbered=True,
                steps=True,
                first=before + 1,
            )
        ],
        notes=[
            _("Danh sách này có {count} người; {base}.").format(
                count=number(len(people.ids)), base=people.base
            )
        ],
        paper=choice.paper,
        layout=layout_on(choice.layout, actor.today),
    )


def _parts_of(people: FoundPeople, choice: Choice, most: int, head: int) -> int:
    """How many sections the list has; BadInput when the one asked for is none, or the whole is too long."""
    parts = sections(len(people.ids))
    if choice.section > parts:
        raise BadInput("no_section", say("Danh sách chỉ có {parts} phần.", parts=parts), "section")
    if len(people.ids) > most and not choice.section and not head:
        said = say(
            "Danh sách có {count} người, dạng này nhận tối đa {most} một tệp. Hãy lưu từng phần, lọc bớt, "
            "hoặc lưu Excel.",
            count=number(len(people.ids)), most=number(most),
        )  # fmt: skip
        raise BadInput("too_long", said, "format")
    return parts


def _subtitle(people: FoundPeople, choice: Choice, parts: int) -> str:
    if not choice.section:
        return people.title
    part = _("phần {section} trên {parts}").format(section=choice.section, parts=parts)
    return f"{people.title} · {part}"


def _values(
    actor: Actor, as_of: date, ids: Sequence[int], codes: Sequence[str]
) -> dict[str, Mapping[int, Any]]:
    found: dict[str, Mapping[int, Any]] = {}
    for source in column_sources():
        wanted = [column.code for column in source.columns() if column.code in codes]
        if wanted:
            found |= source.read(actor=actor, as_of=as_of, ids=ids, wanted=wanted)
    return found


def _ordered(actor: Actor, as_of: date, ids: Sequence[int], choice: Choice) -> list[Place]:
    placed = cadres.protocol_places(actor=actor, as_of=as_of, ids=ids)
    if choice.order == "name":
        by_name = {person: n for n, person in enumerate(snapshot.by_name(ids))}
        placed = sorted(placed, key=lambda place: by_name[place.person_id])
    elif choice.order == "given":
        given = {person: n for n, person in enumerate(ids)}
        placed = sorted(placed, key=lambda place: given[place.person_id])
    elif choice.group == "title":
        placed = sorted(placed, key=lambda p: (p.title_place, p.unit_place))
    if choice.group == "unit":
        placed = sorted(placed, key=lambda place: place.unit_place)
    elif choice.group == "title":
        placed = sorted(placed, key=lambda place: place.title_place)
    return placed


def _lines(
    placed: Sequence[Place],
    shown: Sequence[Place],
    choice: Choice,
    columns: Sequence[ListColumn],
    values: Mapping[str, Mapping[int, Any]],
) -> Iterator[list[Cell] | GroupLine]:
    heads = {"unit": lambda p: (p.unit_place, p.unit), "title": lambda p: (p.title_place, p.title)}
    head_of = heads.get(choice.group)
    counts: dict[Any, int] = {}
    for place in placed:
        if head_of:
            counts[head_of(place)] = counts.get(head_of(place), 0) + 1
    before: Any = None
    for place in shown:
        if head_of and head_of(place) != before:
            before = head_of(place)
            named = before[1] or _("Chưa ghi chức vụ")
            yield GroupLine(_("{name} ({count} người)").format(name=named, count=number(counts[before])))
        yield [values[column.code].get(place.person_id) for column in columns]
