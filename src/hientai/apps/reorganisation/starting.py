"""Ready plans to begin a draft with: some units become one, with the seats they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import ActDraft, ActKind, Heir, PlacesRow, UnitDraft
from hientai.apps.reorganisation.types import Group, Place, Plan
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


def merger(*, actor: Actor, day: date, decision: str, ends: Sequence[str], into: str, name: str) -> Plan:
    """Units that end on `day` become one: `into` is a unit there is (name ""), or a new one beside the first.

    Every title keeps as many leading places as the unit that had most of it; whoever is more is a deputy above the
    number, by the lowest leading title there. Raises NotFound for an unknown unit, Refused for fewer than one unit.
    """
    eve = day - timedelta(days=1)
    if not ends:
        raise Refused("nothing_ends", say("Chưa nêu đơn vị kết thúc."), "ends")
    found = [organization.unit_by_code(actor=actor, as_of=eve, code=code) for code in ends]
    first = found[0]
    above = organization.rows_of(actor=actor, as_of=eve, ids=[first.parent_id] if first.parent_id else [])
    begins: tuple[UnitDraft, ...] = ()
    kept = list(found)
    if name.strip():
        parent = above[0].code if above else ""
        begins = (UnitDraft(into, name, first.kind, first.block, first.level, parent, day, first.order),)
    else:
        kept.append(organization.unit_by_code(actor=actor, as_of=eve, code=into))
        if into in ends:
            raise NotFound(into)
    heirs = tuple(Heir(code, into, Fraction(1)) for code in ends)
    seats = organization.unit_seats(actor=actor, as_of=eve, unit_ids=[row.id for row in kept])
    titles = {title.id: title.code for title in organization.titles(actor=actor, as_of=day)}
    group = _group(into, [seat for rows in seats.values() for seat in rows], titles)
    act = ActDraft(ActKind.MERGE, day, decision, begins, tuple(ends), (), heirs)
    return Plan((act,), {into: group}, dict.fromkeys(ends, (into,)))


def _group(into: str, seats: Sequence[PlacesRow], titles: dict[int, str]) -> Group:
    most: dict[str, tuple[int, int]] = {}
    staff: dict[str, None] = {}
    for seat in sorted(seats, key=lambda s: (-s.rank, s.title_id)):
        code = titles.get(seat.title_id)
        if code is None:
            continue
        if seat.is_leadership:
            most[code] = (max(seat.places, most.get(code, (0, 0))[0]), seat.rank)
        else:
            staff[code] = None
    leading = [Place(into, code, places) for code, (places, _rank) in most.items()]
    excess = min(most, key=lambda code: most[code][1]) if most else ""
    return Group(into, (*leading, *(Place(into, code) for code in staff)), excess)
