"""Proposes where everybody of units that end goes: a place each, or the list to decide. Pure and deterministic.

Highest titles first; among equals who has held the post longest. A leader takes the first wished title that has a
free place in the group that takes the unit's people; one without a place becomes a deputy above the number allowed, to
be placed within five years (KL 150-KL/TW), where the group says which deputy; everybody else takes another post.
Nothing is decided here: an officer's choice goes before the proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from hientai.apps.reorganisation.types import ChoiceKind, Chosen, Group, Landing, Plan, Sitter


def propose(plan: Plan, sitters: Iterable[Sitter], choices: Mapping[int, Chosen]) -> list[Landing]:
    """One landing for each sitter, in the order of ids."""
    waiting: dict[str, list[Sitter]] = defaultdict(list)
    landed: dict[int, Landing] = {}
    filled: dict[tuple[str, str], int] = defaultdict(int)
    turn: dict[tuple[str, ...], int] = defaultdict(int)
    limits = {(p.unit, p.title): p.places for g in plan.groups.values() for p in g.places}
    for sitter in sorted(sitters, key=_order):
        chosen = choices.get(sitter.person_id)
        if chosen is not None:
            landed[sitter.person_id] = _as_chosen(sitter, chosen, filled, limits)
            continue
        groups = plan.goes.get(sitter.unit, ())
        if not groups:
            landed[sitter.person_id] = Landing(sitter.person_id, why="unit_goes_nowhere")
            continue
        waiting[groups[turn[groups] % len(groups)]].append(sitter)
        turn[groups] += 1
    for code, people in waiting.items():
        for landing in _settle(plan.groups[code], plan.titles, people, filled):
            landed[landing.person_id] = landing
    return [landed[person] for person in sorted(landed)]


def _order(sitter: Sitter) -> tuple[int, object, int]:
    return (-sitter.rank, sitter.since, sitter.person_id)


def _as_chosen(
    sitter: Sitter,
    chosen: Chosen,
    filled: dict[tuple[str, str], int],
    limits: Mapping[tuple[str, str], int | None],
) -> Landing:
    if chosen.kind == ChoiceKind.LEAVE:
        return Landing(sitter.person_id, leaves=True, chosen=True)
    if chosen.kind == ChoiceKind.LATER:
        return Landing(sitter.person_id, chosen=True, why="left_for_later")
    key = (chosen.unit, chosen.title)
    filled[key] += 1
    limit = limits.get(key)
    return Landing(sitter.person_id, *key, excess=limit is not None and filled[key] > limit, chosen=True)


def _settle(
    group: Group,
    titles: Mapping[str, Sequence[str]],
    people: Sequence[Sitter],
    filled: dict[tuple[str, str], int],
) -> Iterable[Landing]:
    """The people of one group, highest first."""
    open_ended = [place for place in group.places if place.places is None]
    shared = 0
    for sitter in people:
        wishes = titles.get(sitter.title, (sitter.title,))
        place = _free(group, wishes, filled)
        if place is not None:
            filled[place] += 1
            yield Landing(sitter.person_id, *place)
            continue
        if (
            sitter.leads
            and group.excess
            and any(p.places is not None and p.title in wishes for p in group.places)
        ):
            seats = [p for p in group.places if p.title == group.excess]
            key = min(((filled[p.unit, p.title], n, p) for n, p in enumerate(seats)), key=lambda t: t[:2])[2]
            filled[key.unit, key.title] += 1
            yield Landing(sitter.person_id, key.unit, key.title, excess=True)
            continue
        fitting = [p for p in open_ended if p.title in wishes] or [p for p in open_ended if not wishes]
        if not fitting:
            yield Landing(sitter.person_id, why="no_place_for_title")
            continue
        place_ = fitting[shared % len(fitting)]
        shared += 1
        filled[place_.unit, place_.title] += 1
        yield Landing(sitter.person_id, place_.unit, place_.title)


def _free(
    group: Group, wishes: Sequence[str], filled: Mapping[tuple[str, str], int]
) -> tuple[str, str] | None:
    """The first wished seat with a place left, wishes first, then the order of the group."""
    for wish in wishes:
        for place in group.places:
            if (
                place.title == wish
                and place.places is not None
                and filled[place.unit, place.title] < place.places
            ):
                return place.unit, place.title
    return None
