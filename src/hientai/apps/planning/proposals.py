"""Proposals as they are read: what a unit proposes, how the board's assembled list stands against the limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count as Counting
from django.db.models import Q

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow, name_on
from hientai.apps.planning.judging import Judged, judge
from hientai.apps.planning.models import Candidate, Proposal, Slot
from hientai.apps.planning.regime import Regime, regime_on
from hientai.apps.planning.turns import POSTS, group_of
from hientai.apps.planning.types import CandidateRow, CandidateState, ProposalRow, ProposalState
from hientai.apps.procedures import selectors as cases
from hientai.apps.procedures.types import CaseRow, CaseStatus
from hientai.engines.wording import Sentence, say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ, PROPOSE = "planning.read", "planning.propose"
SUBJECT = "plan_proposal"
"""The word a case of the procedure carries for a list of candidates."""


@dataclass(frozen=True)
class Excess:
    """Somebody or a seat over a limit of the regime. verified: False shows the limit and stops nothing."""

    sentence: Sentence
    document: str
    verified: bool
    candidates: tuple[int, ...]


def proposals(*, actor: Actor, as_of: date, term: str = "") -> list[ProposalRow]:
    """Proposals of units in the actor's scope, newest first."""
    actor.check_may(READ)
    found = Proposal.objects.select_related("plan").annotate(
        count=Counting("candidates", filter=~Q(candidates__state=CandidateState.WITHDRAWN))
    )
    if term:
        found = found.filter(plan__term=term)
    rows = list(found.order_by("-opened_on", "-id"))
    hidden = organization.units_outside_scope(
        actor=actor, as_of=as_of, ids={row.unit_id for row in rows}, permission=READ
    )
    histories = organization.unit_name_histories(actor=actor, ids={row.unit_id for row in rows})
    return [_row(row, histories) for row in rows if row.unit_id not in hidden]


def proposal(*, actor: Actor, as_of: date, number: int) -> ProposalRow:
    """One proposal; raises NotFound where there is none in the actor's scope."""
    for row in proposals(actor=actor, as_of=as_of):
        if row.id == number:
            return row
    raise NotFound(str(number))


def candidates(
    *, actor: Actor, as_of: date, proposal_ids: Sequence[int], states: Iterable[str] = ()
) -> list[CandidateRow]:
    """Candidates of proposals the caller has scoped, by seat and then by name; `states` keeps those."""
    found = Candidate.objects.filter(proposal_id__in=proposal_ids).select_related("seat__title", "proposal")
    if states:
        found = found.filter(state__in=list(states))
    rows = list(found.order_by("seat__title__order", "seat_id", "id"))
    people = sorted({row.person_id for row in rows})
    hidden = set(cadres.outside_scope(actor=actor, as_of=as_of, ids=people, permission=READ))
    lines = {
        line.id: line
        for line in cadres.rows(actor=actor, as_of=as_of, ids=[p for p in people if p not in hidden])
    }
    histories = organization.unit_name_histories(
        actor=actor, ids={row.seat.unit_id for row in rows} | {row.proposal.unit_id for row in rows}
    )
    return [
        CandidateRow(
            row.id, row.proposal_id, organization_name(histories, row.proposal.unit_id, row.proposed_on),
            row.person_id, line.name, line.code, line.position, line.unit, row.seat_id, row.seat.title.name,
            row.seat.title.code, organization_name(histories, row.seat.unit_id, row.proposed_on), row.origin,
            row.state, row.reason, row.proposed_on, row.proposed_verdict, row.proposed_under, row.decided_on,
            row.decided_verdict, row.decided_under,
        )
        for row in rows
        if (line := lines.get(row.person_id)) is not None
    ]  # fmt: skip


def open_case(*, actor: Actor, as_of: date, number: int) -> CaseRow | None:
    """The case that is deciding about a list; None where none is, or the actor reads no cases."""
    if not actor.may(cases.READ):
        return None
    case = cases.case_of_subject(actor=actor, as_of=as_of, subject_kind=SUBJECT, subject_id=str(number))
    return case if case is not None and case.status != CaseStatus.ENDED else None


def judged_again(*, actor: Actor, as_of: date, rows: Sequence[CandidateRow]) -> dict[int, Judged]:
    """What the rule of the day says about each candidate now: candidate id -> verdict."""
    standards = {title.code: title.standard for title in organization.titles(actor=actor, as_of=as_of)}
    asked = {row.title_code: standards.get(row.title_code, "") for row in rows}
    verdicts = judge([(row.person_id, row.title_code) for row in rows], asked, as_of)
    return {row.id: verdicts[row.person_id, row.title_code] for row in rows}


def organization_name(
    histories: Mapping[int, list[tuple[date, date | None, str]]], unit_id: int, day: date
) -> str:
    """What a unit was called on a day, among histories that were asked for."""
    return name_on(histories.get(unit_id, ()), day)


def excesses(
    *,
    actor: Actor,
    as_of: date,
    plan_id: int,
    seats: Sequence[SeatRow],
    wanted: Sequence[tuple[int, int, int]],
) -> list[Excess]:
    """Who and which seat would be over a limit if `wanted` (candidate id, person id, seat id) joined the plan.

    seats: those that `wanted` names. Counts what stands in the plan already; the same person for the same seat counts
    once, however many units propose it.
    """
    regime = regime_on(as_of)
    by_id = {seat.id: seat for seat in seats}
    standing = Slot.objects.as_of(as_of).filter(plan_id=plan_id)
    people = {person for _, person, _ in wanted}
    levels: dict[tuple[int, str], set[int]] = defaultdict(set)
    for person, seat, level in standing.filter(person_id__in=people).values_list(
        "person_id", "seat_id", "seat__title__level"
    ):
        levels[person, level].add(seat)
    holders: dict[int, set[int]] = defaultdict(set)
    for person, seat in standing.filter(seat_id__in=by_id).values_list("person_id", "seat_id"):
        holders[seat].add(person)
    for _, person, seat in wanted:
        levels[person, by_id[seat].level].add(seat)
        holders[seat].add(person)
    places = organization.seat_places(actor=actor, as_of=as_of, ids=by_id)
    return [
        *_over_posts(regime, wanted, levels, by_id),
        *_over_persons(regime, wanted, holders, by_id, places),
    ]


def _over_posts(
    regime: Regime, wanted: Sequence[tuple[int, int, int]], levels: Mapping[tuple[int, str], set[int]],
    seats: Mapping[int, SeatRow],
) -> Iterable[Excess]:  # fmt: skip
    bound = regime.bound("plan.max_posts_per_person")
    if bound is None:
        return
    most = Fraction(str(bound.value))
    for (person, level), held in sorted(levels.items()):
        mine = tuple(c for c, p, seat in wanted if p == person and seats[seat].level == level)
        if mine and len(held) > most:
            said = say(
                "một người có {count} chức danh cùng cấp, quá {most}", count=len(held), most=bound.value
            )
            yield Excess(said, bound.citation.document, bound.verified, mine)


def _over_persons(
    regime: Regime, wanted: Sequence[tuple[int, int, int]], holders: Mapping[int, set[int]],
    seats: Mapping[int, SeatRow], places: Mapping[int, int],
) -> Iterable[Excess]:  # fmt: skip
    bound = regime.bound("plan.max_persons_per_post")
    if bound is None:
        return
    for seat_id, planned in sorted(holders.items()):
        seat = seats[seat_id]
        most = Fraction(str(bound.value)) * places.get(seat_id, 1)
        if group_of(seat.title_code) == POSTS and len(planned) > most:
            mine = tuple(candidate for candidate, _, where in wanted if where == seat_id)
            said = say(
                "{title}, {unit}: {count} người cho {places} chỗ, quá {most}", title=seat.title, unit=seat.unit,
                count=len(planned), places=places.get(seat_id, 1), most=int(most),
            )  # fmt: skip
            yield Excess(said, bound.citation.document, bound.verified, mine)


def _row(row: Proposal, histories: Mapping[int, list[tuple[date, date | None, str]]]) -> ProposalRow:
    return ProposalRow(
        row.id, row.plan_id, row.plan.term, row.unit_id, organization_name(histories, row.unit_id, row.opened_on),
        row.opened_on, row.state, str(ProposalState(row.state).label), row.count, row.submitted_on, row.decided_on,
        row.decision, row.note,
    )  # fmt: skip
