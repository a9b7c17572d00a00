"""Questions about the organisation. Its structure is public inside the program; people are not (see cadres)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from hientai.apps.organization import lineage as follow
from hientai.apps.organization.models import (
    ActEntry,
    Establishment,
    FreezeWindow,
    LineageEdge,
    Seat,
    SeatPlaces,
    Title,
    Unit,
    UnitAct,
    UnitKeeping,
    UnitSubtree,
    UnitText,
    UnitVersion,
)
from hientai.apps.organization.touching import touched_by
from hientai.apps.organization.tree import ParentEdge, closure
from hientai.apps.organization.types import (
    ActRow,
    Difference,
    Edge,
    FreezeRow,
    FrozenWork,
    Level,
    Lineage,
    LineageUnit,
    PlacesRow,
    SeatRow,
    TitleRow,
    UnitKind,
    UnitRow,
    VersionRow,
    name_on,
)
from hientai.engines.interval import last_day
from hientai.engines.vitext import search_key
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

READ = "organization.read"


def subtree_ids(roots: Iterable[int], day: date) -> QuerySet:
    """Ids of the units at or below `roots` on `day`."""
    return (
        UnitSubtree.objects.filter(ancestor_id__in=list(roots), valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        .values_list("descendant_id", flat=True)
    )


def reach_ids(roots: Iterable[int], day: date) -> QuerySet:
    """Ids of the units at or below `roots` on `day`, and of ended units whose records passed there (`keeping`)."""
    at = list(roots)
    below = subtree_ids(at, day)
    kept = UnitKeeping.objects.filter(since__lte=day).filter(Q(keeper_id__in=at) | Q(keeper_id__in=below))
    return Unit.objects.filter(Q(pk__in=below) | Q(pk__in=kept.values("unit_id"))).values_list(
        "pk", flat=True
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


def choices(*, actor: Actor, as_of: date, also: str = "") -> list[tuple[str, str, int]]:
    """Areas and bodies to choose from in a filter: (code, name, id), in protocol order, communes left to search.

    also: the code of a further unit, which the address of a list already names.
    """
    shown = (Level.PROVINCE, Level.DISTRICT)
    actor.check_may(READ)
    usual = Q(level__in=shown) & ~Q(kind=UnitKind.DIVISION)
    found = UnitVersion.objects.as_of(as_of).filter(usual | Q(unit__code=also))
    return list(found.order_by("order", "unit__code").values_list("unit__code", "name", "unit_id"))


def named(*, actor: Actor, as_of: date, code: str) -> list[tuple[str, str, int]]:
    """One unit as a choice, for filters whose list leaves it out; empty when there is none that day."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of).filter(unit__code=code)
    return list(found.values_list("unit__code", "name", "unit_id"))


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


def titles_named(*, actor: Actor, as_of: date, text: str, most: int) -> list[TitleRow]:
    """Titles in use on a day whose name has all the words, blind to accents, in protocol order."""
    words = search_key(text).split()
    known = titles(actor=actor, as_of=as_of)
    return [title for title in known if words and all(word in search_key(title.name) for word in words)][
        :most
    ]


def path(*, actor: Actor, as_of: date, unit_id: int) -> list[UnitRow]:
    """The units above a unit on a day, the highest first, and the unit itself; empty when it does not stand."""
    actor.check_may(READ)
    above = (
        UnitSubtree.objects.filter(descendant_id=unit_id, valid_from__lte=as_of)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of))
        .order_by("-depth")
        .values_list("ancestor_id", flat=True)
    )
    rows = {row.id: row for row in rows_of(actor=actor, as_of=as_of, ids=above)}
    return [rows[unit] for unit in above if unit in rows]


def rows_of(*, actor: Actor, as_of: date, ids: Iterable[int]) -> list[UnitRow]:
    """The given units as they stand on a day, in protocol order; those that do not stand are left out."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of).filter(unit_id__in=list(ids)).select_related("unit")
    return [_row(version) for version in found.order_by("order", "unit__code")]


def children(*, actor: Actor, as_of: date, parents: Iterable[int | None]) -> dict[int | None, list[UnitRow]]:
    """The units directly below each parent (None: roots) on a day, in protocol order."""
    actor.check_may(READ)
    wanted = list(parents)
    at = Q(parent_id__in=[p for p in wanted if p is not None])
    if None in wanted:
        at |= Q(parent_id__isnull=True)
    found: dict[int | None, list[UnitRow]] = defaultdict(list)
    for version in (
        UnitVersion.objects.as_of(as_of).filter(at).select_related("unit").order_by("order", "unit__code")
    ):
        found[version.parent_id].append(_row(version))
    return found


def unit_ever(*, actor: Actor, as_of: date, code: str) -> UnitRow:
    """The unit with `code` as of a day, else as it last stood before, else as it first stood; raises NotFound."""
    actor.check_may(READ)
    known = UnitVersion.objects.known_on().filter(unit__code=code).select_related("unit")
    version = (
        known.filter(valid_from__lte=as_of).order_by("-valid_from").first()
        or known.order_by("valid_from").first()
    )
    if version is None:
        raise NotFound(code)
    return _row(version)


def history(*, actor: Actor, as_of: date, unit_id: int) -> list[VersionRow]:
    """Every stretch in the life of a unit, newest first; `as_of` marks the current one."""
    actor.check_may(READ)
    found = list(UnitVersion.objects.known_on().filter(unit_id=unit_id).order_by("-valid_from"))
    above = unit_name_histories(actor=actor, ids={v.parent_id for v in found if v.parent_id})
    return [
        VersionRow(
            v.name, v.get_kind_display(), v.get_level_display(), v.get_block_display(), v.parent_id,
            name_on(above.get(v.parent_id, ()), v.valid_from), v.valid_from, last_day(v.valid_to), v.source,
            v.valid_from <= as_of and (v.valid_to is None or as_of < v.valid_to),
        )
        for v in found
    ]  # fmt: skip


def texts(*, actor: Actor, as_of: date, unit_id: int) -> list[tuple[str, str, date, str]]:
    """Functions and tasks of a unit on a day: (what, text, since, source)."""
    actor.check_may(READ)
    found = UnitText.objects.as_of(as_of).filter(unit_id=unit_id).order_by("kind")
    return [(t.get_kind_display(), t.text, t.valid_from, t.source) for t in found]


def find(*, actor: Actor, as_of: date, text: str, most: int = 20) -> list[tuple[UnitRow, bool]]:
    """Units whose name, present or past, has these words, blind to accents; (unit, whether it stands on the day)."""
    actor.check_may(READ)
    words = search_key(text).split()
    if not words:
        return []
    found = UnitVersion.objects.known_on()
    for word in words:
        found = found.filter(search_key__contains=word)
    ids = list(
        found.values("unit_id").annotate(place=Min("order")).order_by("place", "unit_id")
        .values_list("unit_id", flat=True)[:most]
    )  # fmt: skip
    codes = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
    standing = {row.id for row in rows_of(actor=actor, as_of=as_of, ids=ids)}
    rows = [(unit_ever(actor=actor, as_of=as_of, code=codes[unit]), unit in standing) for unit in ids]
    return sorted(rows, key=lambda row: not row[1])


def acts(
    *, actor: Actor, as_of: date, unit_id: int | None = None, act_ids: Iterable[int] = ()
) -> list[ActRow]:
    """Acts that concern a unit (or the named ones), newest first, also those undone; `as_of` names their units."""
    actor.check_may(READ)
    found = UnitAct.objects.all()
    if unit_id is not None:
        edges = LineageEdge.objects.filter(Q(before_id=unit_id) | Q(after_id=unit_id)).values("act_id")
        found = found.filter(
            Q(pk__in=ActEntry.objects.filter(unit_id=unit_id).values("act_id")) | Q(pk__in=edges)
        )
    else:
        found = found.filter(pk__in=list(act_ids))
    rows = list(found.order_by("-day", "-pk"))
    touched = touched_by([act.pk for act in rows])
    return [
        ActRow(
            act.pk,
            act.kind,
            act.day,
            act.decision,
            act.actor,
            act.undone_at,
            act.undone_because,
            *touched[act.pk],
        )
        for act in rows
    ]


def edges(*, actor: Actor, as_of: date) -> list[Edge]:
    """Every step of lineage from acts that stand, also those after `as_of`, by day."""
    actor.check_may(READ)
    found = LineageEdge.objects.filter(act__undone_at__isnull=True).order_by("act__day", "pk")
    return [
        Edge(before, after, day, Fraction(top, bottom) if top else None, keeps, act)
        for before, after, day, top, bottom, keeps, act in found.values_list(
            "before_id", "after_id", "act__day", "numerator", "denominator", "keeps_records", "act_id"
        )
    ]


def lineage(*, actor: Actor, as_of: date, unit_id: int) -> Lineage:
    """Everything the unit came from and became, over time, in both directions."""
    steps = follow.reachable(edges(actor=actor, as_of=as_of), unit_id)
    ids = {unit_id, *(e.before for e in steps), *(e.after for e in steps)}
    names = unit_name_histories(actor=actor, ids=ids)
    codes = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
    stood = {
        unit: LineageUnit(unit, codes[unit], spans[-1][2], spans[0][0], last_day(spans[-1][1]))
        for unit, spans in names.items()
    }
    return Lineage(unit_id, stood, tuple(steps))


def same_units(*, actor: Actor, as_of: date, unit_ids: Iterable[int], other: date) -> list[int]:
    """The units that on day `other` were exactly what `unit_ids` are on `as_of`: what a series may be followed by.

    Raises Refused `lineage_shared`, naming who was shared and the group that can be followed instead.
    """
    known = edges(actor=actor, as_of=as_of)
    units_ = list(unit_ids)
    involved = {*units_, *(e.before for e in known), *(e.after for e in known)}
    spans = (
        UnitVersion.objects.known_on().filter(unit_id__in=involved).values("unit_id")
        .annotate(start=Min("valid_from"), end=Max("valid_to"), open=Min("unit_id", filter=Q(valid_to__isnull=True)))
    )  # fmt: skip
    lives = {s["unit_id"]: (s["start"], None if s["open"] else s["end"]) for s in spans}
    found = follow.same_units(known, lives, units_, as_of, other)
    if isinstance(found, follow.Torn):
        raise _torn(actor, found, follow.closed_group(known, units_, as_of, other), as_of)
    return sorted(found)


def _torn(actor: Actor, torn: follow.Torn, group: set[int], as_of: date) -> Refused:
    names = unit_name_histories(actor=actor, ids={torn.unit, *torn.outside, *group})
    called = {unit: name_on(spans, torn.day) for unit, spans in names.items()}
    standing = [row.name for row in rows_of(actor=actor, as_of=as_of, ids=group)]
    return Refused(
        "lineage_shared",
        say(
            "Không nối chuỗi qua ngày {day}: {unit} có phần chung với {others}, không biết ai thuộc phần nào. "
            "Nhóm nhỏ nhất nối được gồm {count} đơn vị: {group}.",
            day=f"{torn.day:%d/%m/%Y}",
            unit=called.get(torn.unit, ""),
            others=", ".join(called[u] for u in torn.outside if u in called and u != torn.unit)
            or say("đơn vị tách ra"),
            count=len(standing),
            group=", ".join(standing[:8]) + ("…" if len(standing) > 8 else ""),
        ),
        str(torn.unit),
    )


def difference(*, actor: Actor, as_of: date, other: date, under: int | None = None) -> Difference:
    """What is otherwise on `as_of` against `other`, whichever is earlier; under: the subtree on either day."""
    first, second = sorted((as_of, other))
    was = {row.id: row for row in units(actor=actor, as_of=first, under=under)}
    now = {row.id: row for row in units(actor=actor, as_of=second, under=under)}
    if under is not None:  # what moved in or out is a move, not an end
        everywhere = [
            {r.id: r for r in rows_of(actor=actor, as_of=day, ids={*was, *now})} for day in (first, second)
        ]
        was, now = everywhere
    both = [(was[unit], now[unit]) for unit in was if unit in now]
    return Difference(
        first, second,
        begun=tuple(row for unit, row in now.items() if unit not in was),
        ended=tuple(row for unit, row in was.items() if unit not in now),
        renamed=tuple(pair for pair in both if pair[0].name != pair[1].name),
        moved=tuple(pair for pair in both if pair[0].parent_id != pair[1].parent_id),
        relevelled=tuple(pair for pair in both if pair[0].level != pair[1].level),
    )  # fmt: skip


def unit_seats(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> dict[int, list[PlacesRow]]:
    """The seats of units that have places on a day, the highest title first; by unit id."""
    actor.check_may(READ)
    found = (
        SeatPlaces.objects.as_of(as_of).filter(seat__unit_id__in=list(unit_ids)).select_related("seat__title")
    )
    rows: dict[int, list[PlacesRow]] = defaultdict(list)
    for p in found.order_by("-seat__title__rank", "seat__title__order", "seat_id"):
        title = p.seat.title
        rows[p.seat.unit_id].append(
            PlacesRow(
                p.seat_id, p.seat.unit_id, title.id, title.name, title.rank, title.is_leadership, p.places
            )
        )
    return rows


def units_of_seats(*, actor: Actor, as_of: date, seat_ids: Iterable[int]) -> dict[int, int]:
    """Seat id -> unit id."""
    actor.check_may(READ)
    return dict(Seat.objects.filter(pk__in=list(seat_ids)).values_list("pk", "unit_id"))


def establishment(*, actor: Actor, as_of: date, unit_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many posts units were given for the time of `as_of`, each unit alone; without those nobody decided for."""
    actor.check_may(READ)
    found = Establishment.objects.as_of(as_of)
    if unit_ids is not None:
        found = found.filter(unit_id__in=list(unit_ids))
    return dict(found.values_list("unit_id", "posts"))


def establishment_history(
    *, actor: Actor, as_of: date, unit_id: int
) -> list[tuple[date, date | None, int, str]]:
    """What a unit was given over time, newest first: (from, inclusive last day, posts, decision)."""
    actor.check_may(READ)
    found = Establishment.objects.known_on().filter(unit_id=unit_id).order_by("-valid_from")
    return [(e.valid_from, last_day(e.valid_to), e.posts, e.source) for e in found]


def below(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(unit, a unit at or below it) pairs on a day."""
    actor.check_may(READ)
    found = UnitSubtree.objects.filter(ancestor_id__in=list(unit_ids), valid_from__lte=as_of)
    found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of))
    return list(found.values_list("ancestor_id", "descendant_id"))


def freezes(*, actor: Actor, as_of: date, unit_id: int | None = None) -> list[FreezeRow]:
    """Freeze windows, newest first; unit_id: those over a unit, its own and those of units above it."""
    actor.check_may(READ)
    found = FreezeWindow.objects.known_on()
    if unit_id is not None:
        found = found.filter(unit_id__in=[row.id for row in path(actor=actor, as_of=as_of, unit_id=unit_id)])
    names = unit_name_histories(actor=actor, ids=set(found.values_list("unit_id", flat=True)))
    return [
        FreezeRow(
            w.pk, name_on(names[w.unit_id], w.valid_from), w.unit.code, w.get_kind_display(), w.valid_from,
            last_day(w.valid_to), w.source, w.valid_from <= as_of and (w.valid_to is None or as_of < w.valid_to),
        )
        for w in found.select_related("unit").order_by("-valid_from", "unit_id", "kind")
    ]  # fmt: skip


def frozen_days(*, actor: Actor, kind: str, days: Iterable[date]) -> list[date]:
    """Those of `days` on which work of `kind` stands still anywhere, in order; one statement."""
    actor.check_may(READ)
    windows = list(FreezeWindow.objects.known_on().filter(kind=kind).values_list("valid_from", "valid_to"))
    return sorted(day for day in days if any(start <= day < (end or date.max) for start, end in windows))


def check_not_frozen(*, actor: Actor, as_of: date, kind: str, unit_ids: Iterable[int]) -> None:
    """Raises Refused `frozen` when work of `kind` stands still on `as_of` in one of the units or above it.

    Kết luận 128-KL/TW (07/03/2025). One statement; nothing is asked where there is no window at all that day.
    """
    windows = FreezeWindow.objects.as_of(as_of).filter(kind=kind)
    over = (
        UnitSubtree.objects.filter(
            descendant_id__in=list(unit_ids), ancestor_id__in=windows.values("unit_id")
        )
        .filter(valid_from__lte=as_of)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of))
        .order_by("descendant_id", "depth")
        .first()
    )
    if over is None:
        return
    window = windows.get(unit_id=over.ancestor_id)
    name = name_on(unit_name_histories(actor=actor, ids=[over.ancestor_id])[over.ancestor_id], as_of)
    until = last_day(window.valid_to)
    raise Refused(
        "frozen",
        say(
            "{what} đang tạm dừng tại {unit} từ {start} đến {end} theo {source}.",
            what=FrozenWork(kind).label,
            unit=name,
            start=f"{window.valid_from:%d/%m/%Y}",
            end=f"{until:%d/%m/%Y}" if until else say("khi có thông báo mới"),
            source=window.source,
        ),
        name,
    )


def ids_by_code(*, actor: Actor, as_of: date, codes: Iterable[str]) -> dict[str, int]:
    """Code -> id of the given units that stand on a day."""
    actor.check_may(READ)
    found = UnitVersion.objects.as_of(as_of).filter(unit__code__in=list(codes)).order_by("unit__code")
    return dict(found.values_list("unit__code", "unit_id"))


def versions_of(*, actor: Actor, as_of: date, codes: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Code -> (number of the newest version on record, name): what changes whenever anything about a unit does."""
    actor.check_may(READ)
    found = UnitVersion.objects.known_on().filter(unit__code__in=list(codes)).order_by("valid_from")
    return {code: (version, name) for code, version, name in found.values_list("unit__code", "pk", "name")}


def seat_ids_of(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> list[int]:
    """Every seat of units, also those without places on the day."""
    actor.check_may(READ)
    return list(Seat.objects.filter(unit_id__in=list(unit_ids)).order_by("pk").values_list("pk", flat=True))


def keepers_of(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> dict[int, int]:
    """Ended unit -> the unit standing on a day that its records passed to."""
    actor.check_may(READ)
    standing = UnitVersion.objects.as_of(as_of).values("unit_id")
    found = UnitKeeping.objects.filter(unit_id__in=list(unit_ids), since__lte=as_of, keeper_id__in=standing)
    return dict(found.order_by("unit_id", "-pk").values_list("unit_id", "keeper_id"))


def acts_of_bulk(*, actor: Actor, as_of: date, bulk: UUID | None) -> list[int]:
    """Acts that one reorganisation carried out and that stand."""
    actor.check_may(READ)
    found = UnitAct.objects.filter(bulk=bulk, undone_at__isnull=True) if bulk else UnitAct.objects.none()
    return list(found.order_by("pk").values_list("pk", flat=True))
