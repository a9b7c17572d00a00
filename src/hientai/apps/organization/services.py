"""Acts on the organisation: establish units, enter titles, open seats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from hientai.apps.organization.models import Seat, SeatPlaces, Title, Unit, UnitSubtree, UnitVersion
from hientai.apps.organization.tree import ParentEdge, closure
from hientai.apps.organization.types import TitleDraft, UnitDraft
from hientai.engines.vitext import search_key, tidy
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused

WRITE = "organization.write"


@action("organization.establish", permission=WRITE, subject=lambda made: {"units": len(made)})
def establish_units(*, actor: Actor, drafts: Sequence[UnitDraft]) -> dict[str, int]:
    """Enters units (parents may be among the drafts) and rebuilds the tree. Returns ids by code.

    Raises Refused for a code that exists already or a parent nobody knows.
    """
    known = dict(Unit.objects.values_list("code", "id"))
    taken = [draft.code for draft in drafts if draft.code in known]
    if taken:
        raise Refused("unit_exists", say("Mã đơn vị đã có: {code}.", code=taken[0]), taken[0])
    made = Unit.objects.bulk_create([Unit(code=draft.code) for draft in drafts], batch_size=5000)
    known |= {unit.code: unit.id for unit in made}
    for draft in drafts:
        if draft.parent and draft.parent not in known:
            raise Refused(
                "unknown_parent", say("Không có đơn vị cấp trên “{code}”.", code=draft.parent), draft.code
            )
    UnitVersion.objects.bulk_create([_version(draft, known) for draft in drafts], batch_size=5000)
    rebuild_subtrees()
    return {draft.code: known[draft.code] for draft in drafts}


def _version(draft: UnitDraft, known: dict[str, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=known[draft.code],
        name=tidy(draft.name),
        search_key=search_key(draft.name),
        kind=draft.kind,
        block=draft.block,
        level=draft.level,
        parent_id=known[draft.parent] if draft.parent else None,
        order=draft.order,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        source=draft.source,
    )


def rebuild_subtrees() -> int:
    """Recomputes the closure of the tree from current versions; returns the number of rows."""
    edges = [
        ParentEdge(*values)
        for values in UnitVersion.objects.known_on().values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        )
    ]
    rows = [UnitSubtree(ancestor_id=r.ancestor, descendant_id=r.descendant, depth=r.depth,
                        valid_from=r.valid_from, valid_to=r.valid_to) for r in closure(edges)]  # fmt: skip
    UnitSubtree.objects.all()._raw_delete(UnitSubtree.objects.db)
    UnitSubtree.objects.bulk_create(rows, batch_size=5000)
    return len(rows)


@action("organization.enter_titles", permission=WRITE, subject=lambda made: {"titles": len(made)})
def enter_titles(*, actor: Actor, drafts: Iterable[TitleDraft]) -> dict[str, int]:
    """Enters titles that are not in the catalogue yet. Returns ids by code, of all drafts."""
    wanted = list(drafts)
    known = dict(Title.objects.filter(code__in=[d.code for d in wanted]).values_list("code", "id"))
    new = [
        Title(
            code=d.code, name=tidy(d.name), search_key=search_key(d.name), level=d.level, rank=d.rank, tier=d.tier,
            is_leadership=d.is_leadership, is_key=d.is_key, standard=d.standard, order=d.order,
            valid_from=d.valid_from, valid_to=d.valid_to,
        )
        for d in {d.code: d for d in wanted}.values()
        if d.code not in known
    ]  # fmt: skip
    return known | {title.code: title.id for title in Title.objects.bulk_create(new)}


@action("organization.open_seats", permission=WRITE, subject=lambda seats: {"seats": len(seats)})
def open_seats(
    *, actor: Actor, wanted: Iterable[tuple[int, int]], valid_from: date, places: int = 1, source: str = ""
) -> dict[tuple[int, int], int]:
    """Makes sure a seat exists for each (unit id, title id). Returns seat ids by that pair."""
    pairs = sorted(set(wanted))
    units, titles = {unit for unit, _ in pairs}, {title for _, title in pairs}
    existing = Seat.objects.filter(Q(unit_id__in=units) & Q(title_id__in=titles))
    known = {(seat.unit_id, seat.title_id): seat.id for seat in existing}
    new = Seat.objects.bulk_create(
        [Seat(unit_id=u, title_id=t) for u, t in pairs if (u, t) not in known], batch_size=5000
    )
    SeatPlaces.objects.bulk_create(
        [SeatPlaces(seat=seat, places=places, valid_from=valid_from, source=source) for seat in new],
        batch_size=5000,
    )
    return {
        pair: seat
        for pair, seat in (known | {(s.unit_id, s.title_id): s.id for s in new}).items()
        if pair in set(pairs)
    }
