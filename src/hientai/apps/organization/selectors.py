"""Questions about the organisation. Its structure is public inside the program; people are not (see cadres)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from hientai.apps.organization.models import Seat, SeatPlaces, Title, Unit, UnitSubtree, UnitVersion
from hientai.apps.organization.tree import ParentEdge, closure
from hientai.apps.organization.types import Level, SeatRow, TitleRow, UnitKind, UnitRow
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ = "organization.read"


def subtree_ids(roots: Iterable[int], day: date) -> QuerySet:
    """Ids of the units at or below `roots` on `day`."""
    return (
        UnitSubtree.objects.filter(ancestor_id__in=list(roots), valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .values_list("descendant_id", flat=True)
    )


def units(*, actor: Actor, as_of: date, under: int | None = None, level: str = "") -> list[UnitRow]:
    """Units that exist on `as_of`, in protocol order; `under`: only the subtree of that unit."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of)
    if under is not None:
        found = found.filter(unit_id__in=subtree_ids([under], as_of))
    if level:
        found = found.filter(level=level)
    return [_row(version) for version in found.select_related("unit").order_by("order", "unit__code")]


def unit_by_code(*, actor: Actor, as_of: date, code: str) -> UnitRow:
    """The unit with `code` as of a day; raises NotFound."""
    actor.check_may(READ)
    version = UnitVersion.objects.as_of(as_of).select_related("unit").filter(unit__code=code).first()
    if version is None:
        raise NotFound(code)
    return _row(version)


def unit_names(*, actor: Actor, as_of: date, ids: Iterable[int]) -> dict[int, str]:
    """What units were called on `as_of`."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of).filter(unit_id__in=list(ids))
    return dict(found.values_list("unit_id", "name"))


def choices(*, actor: Actor, as_of: date) -> list[tuple[str, str, int]]:
    """Areas and bodies to choose from in a filter: (code, name, id), in protocol order, communes left to search."""
    shown = (Level.PROVINCE, Level.DISTRICT)
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of).filter(level__in=shown).exclude(kind=UnitKind.DIVISION)
    return list(found.order_by("order", "unit__code").values_list("unit__code", "name", "unit_id"))


def unit_ids(*, actor: Actor, as_of: date, level: str = "", block: str = "") -> QuerySet:
    """Ids of the units of a level, a block, or both, on `as_of`."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of)
    if level:
        found = found.filter(level=level)
    if block:
        found = found.filter(block=block)
    return found.values_list("unit_id", flat=True)


def unit_name_histories(
    *, actor: Actor, ids: Iterable[int]
) -> dict[int, list[tuple[date, date | None, str]]]:
    """All names units have had, with the days each held."""
    actor.check_may(READ)
    histories: dict[int, list[tuple[date, date | None, str]]] = {}
    found = UnitVersion.objects.known_on().filter(unit_id__in=list(ids)).order_by("unit_id", "valid_from")
    for unit, start, end, name in found.values_list("unit_id", "valid_from", "valid_to", "name"):
        histories.setdefault(unit, []).append((start, end, name))
    return histories


def titles(*, actor: Actor, as_of: date) -> list[TitleRow]:
    """Titles in use on `as_of`, in protocol order."""
    actor.check_may(READ)
    in_use = Title.objects.filter(valid_from__lte=as_of).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=as_of)
    )
    return [
        TitleRow(
            t.id, t.code, t.name, t.level, t.rank, t.is_leadership, t.is_key, t.tier, t.standard, t.order
        )
        for t in in_use.order_by("order", "code")
    ]


def seat_places(*, actor: Actor, as_of: date, ids: Iterable[int]) -> dict[int, int]:
    """How many places each of the seats has on a day; seats without any are missing."""
    actor.check_may(READ)
    found = SeatPlaces.objects.as_of(as_of).filter(seat_id__in=list(ids))
    return dict(found.values_list("seat_id", "places"))


def seats(
    *, actor: Actor, as_of: date, ids: Iterable[int] | None = None, under: int | None = None
) -> list[SeatRow]:
    """Seats whose unit and title exist on a day, by protocol order: these ids, or those in a unit's subtree."""
    actor.check_may(READ)
    found = Seat.objects.filter(title__valid_from__lte=as_of).filter(
        Q(title__valid_to__isnull=True) | Q(title__valid_to__gt=as_of)
    )
    if ids is not None:
        found = found.filter(id__in=list(ids))
    if under is not None:
        found = found.filter(unit_id__in=subtree_ids([under], as_of))
    rows = list(
        found.order_by("title__order", "title__code", "id").values_list(
            "id", "unit_id", "title_id", "title__code", "title__name", "title__level"
        )
    )
    units = {
        version.unit_id: version
        for version in UnitVersion.objects.as_of(as_of).filter(unit_id__in={row[1] for row in rows})
    }
    standing = [
        (units[row[1]].order, SeatRow(row[0], row[1], units[row[1]].name, *row[2:]))
        for row in rows
        if row[1] in units
    ]
    return [seat for _, seat in sorted(standing, key=lambda pair: pair[0])]


def units_outside_scope(*, actor: Actor, as_of: date, ids: Iterable[int], permission: str) -> set[int]:
    """Those of `ids` that are in no unit subtree where the actor holds `permission` (scope is always that of today)."""
    seen = actor.scope(permission)
    if seen.is_everything:
        return set()
    asked = set(ids)
    roots = [area.unit_id for area in seen.areas]
    if None in roots:
        return set()
    return asked - set(subtree_ids([root for root in roots if root is not None], actor.today))


def unit_id_of(code: str) -> int | None:
    """The id behind a unit code, whatever its time; None when there is none."""
    return Unit.objects.filter(code=code).values_list("id", flat=True).first()


def _row(version: UnitVersion) -> UnitRow:
    return UnitRow(
        id=version.unit_id,
        code=version.unit.code,
        name=version.name,
        kind=version.kind,
        block=version.block,
        level=version.level,
        parent_id=version.parent_id,
        order=version.order,
    )


def closure_differences() -> list[str]:
    """Where the stored closure of the tree differs from one computed anew; empty when it agrees."""
    edges = UnitVersion.objects.known_on().values_list("unit_id", "parent_id", "valid_from", "valid_to")
    wanted = {
        (r.ancestor, r.descendant, r.depth, r.valid_from, r.valid_to)
        for r in closure(ParentEdge(*e) for e in edges)
    }
    columns = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
    stored = set(UnitSubtree.objects.values_list(*columns))
    missing, extra = len(wanted - stored), len(stored - wanted)
    if not missing and not extra:
        return []
    return [f"Cây đơn vị: thiếu {missing} dòng, thừa {extra} dòng so với bản tính lại."]
