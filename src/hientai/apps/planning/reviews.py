"""Reviews as they are read, and what the records say about every slot on the day of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.apps.planning.judging import NO_RULE, judge, planning_standard
from hientai.apps.planning.models import Review, ReviewAddition, ReviewLine, Slot
from hientai.apps.planning.regime import regime_on
from hientai.apps.planning.reviewing import Found, SlotState, changes, review_slot
from hientai.apps.planning.turns import POSTS, group_of
from hientai.apps.planning.types import (
    AdditionDecision,
    AdditionRow,
    CameFrom,
    Finding,
    PoliticalState,
    ReviewChange,
    ReviewDecision,
    ReviewLineRow,
    ReviewRow,
)
from hientai.apps.procedures import selectors as cases
from hientai.apps.procedures.types import CaseRow, CaseStatus
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ, WRITE = "planning.read", "planning.write"
SUBJECT = "plan_review"
"""The word a case of the procedure carries for a review."""
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Findings:
    """Everything a review found. rules: standard code -> document it was judged by."""

    document: str
    rules: dict[str, str]
    by_slot: tuple[tuple[Slot, Found], ...]


def findings(*, actor: Actor, as_of: date, plan_id: int) -> Findings:
    """Every slot of the plan on a day whose person the actor may write, judged by the rules of that day."""
    slots = _slots_within(actor, as_of, plan_id)
    titles = {title.code: title for title in organization.titles(actor=actor, as_of=as_of)}
    standards = {code: title.standard for code, title in titles.items()}
    pairs = [(slot.person_id, slot.seat.title.code) for slot in slots]
    verdicts = judge([pair for pair in pairs if pair[1] in titles], standards, as_of)
    regime = regime_on(as_of)
    removing = automatic_on(as_of)
    states = _states(slots, as_of, set(titles), actor)
    again = {code: _members_again(code, standards[code], as_of) for code in titles}
    found = tuple(
        (
            slot,
            review_slot(
                states[slot.pk],
                verdicts.get(pair, NO_RULE),
                removing,
                members_again=again.get(pair[1], False),
            ),
        )
        for slot, pair in zip(slots, pairs, strict=True)
    )
    rules = {
        code: standard.document
        for code in sorted({standards[title] for _, title in pairs if title in standards} - {""})
        if (standard := planning_standard(code, as_of)) is not None
    }
    return Findings(regime.document, rules, found)


def automatic_on(day: date) -> tuple[str, ...]:
    """The findings that remove somebody by themselves under the regime of a day; none that no text says for sure."""
    bound = regime_on(day).bound("plan.automatic_removal")
    said = bound.value if bound is not None and bound.verified else ()
    return tuple(str(one) for one in said) if isinstance(said, tuple) else ()


def open_case(*, actor: Actor, as_of: date, number: int) -> CaseRow | None:
    """The case that is deciding about a review; None where none is, or the actor reads no cases."""
    if not actor.may(cases.READ):
        return None
    case = cases.case_of_subject(actor=actor, as_of=as_of, subject_kind=SUBJECT, subject_id=str(number))
    return case if case is not None and case.status != CaseStatus.ENDED else None


def open_review_of(*, actor: Actor, as_of: date, proposal_id: int) -> ReviewRow | None:
    """The open review that has taken up somebody of a unit's list and decides about them; None where none has."""
    actor.check_may(READ)
    taken = ReviewAddition.objects.filter(
        candidate__proposal_id=proposal_id, review__closed_on__isnull=True
    ).select_related("review__plan")
    found = taken.first()
    return None if found is None else _row(actor, as_of, found.review)


def reviews(*, actor: Actor, as_of: date, term: str = "") -> list[ReviewRow]:
    """Reviews of plans, newest first, with how many slots had each finding."""
    actor.check_may(READ)
    found = Review.objects.select_related("plan").order_by("-held_on", "-id")
    return [_row(actor, as_of, review) for review in (found.filter(plan__term=term) if term else found)]


def review(*, actor: Actor, as_of: date, number: int) -> ReviewRow:
    """One review; raises NotFound."""
    actor.check_may(READ)
    found = Review.objects.select_related("plan").filter(pk=number).first()
    if found is None:
        raise NotFound(str(number))
    return _row(actor, as_of, found)


def lines(*, actor: Actor, as_of: date, number: int, finding: str = "") -> list[ReviewLineRow]:
    """What a review found, within scope: by finding, then seat, then name."""
    found = ReviewLine.objects.filter(review_id=number).select_related("seat__title", "review")
    if finding:
        found = found.filter(finding=finding)
    rows = list(found.order_by("seat__title__order", "seat_id", "id"))
    seen = _seen(actor, as_of, [row.person_id for row in rows])
    people = {line.id: line for line in cadres.rows(actor=actor, as_of=as_of, ids=sorted(seen))}
    histories = organization.unit_name_histories(actor=actor, ids={row.seat.unit_id for row in rows})
    return [
        ReviewLineRow(
            row.id, line.name, line.code, line.position, line.unit, row.seat.title.name,
            name_on(histories.get(row.seat.unit_id, ()), row.review.held_on), row.finding,
            str(Finding(row.finding).label), row.decisive, row.automatic, row.decision, row.reason,
            row.political_state, str(PoliticalState(row.political_state).label) if row.political_state else "",
            row.political_on,
        )
        for row in rows
        if (line := people.get(row.person_id)) is not None
    ]  # fmt: skip


def additions(*, actor: Actor, as_of: date, number: int) -> list[AdditionRow]:
    """People whom a review proposes to add, within scope: by seat, then in the order they were put forward."""
    actor.check_may(READ)
    rows = list(
        ReviewAddition.objects.filter(review_id=number)
        .select_related("seat__title", "review")
        .order_by("seat__title__order", "seat_id", "id")
    )
    seen = _seen(actor, as_of, [row.person_id for row in rows])
    people = {line.id: line for line in cadres.rows(actor=actor, as_of=as_of, ids=sorted(seen))}
    histories = organization.unit_name_histories(actor=actor, ids={row.seat.unit_id for row in rows})
    return [
        AdditionRow(
            row.pk, row.person_id, line.name, line.code, line.position, line.unit, row.seat_id, row.seat.title.name,
            name_on(histories.get(row.seat.unit_id, ()), row.review.held_on), row.came_from,
            str(CameFrom(row.came_from).label), row.origin, row.reason, row.verdict, row.under, row.decision, row.said,
        )
        for row in rows
        if (line := people.get(row.person_id)) is not None
    ]  # fmt: skip


def earlier(*, actor: Actor, as_of: date, number: int) -> list[ReviewRow]:
    """The reviews of the same plan before this one, the newest first."""
    now = review(actor=actor, as_of=as_of, number=number)
    found = Review.objects.filter(plan_id=now.plan_id, held_on__lt=now.held_on).select_related("plan")
    return [_row(actor, as_of, one) for one in found.order_by("-held_on")]


def compared(
    *, actor: Actor, as_of: date, number: int, with_number: int = 0
) -> tuple[ReviewRow | None, list[ReviewChange]]:
    """An earlier review (else the one just before), and every slot added since, gone, or found otherwise.

    By kind (added, removed, changed), then title and code. None where there is no such earlier review.
    """
    known = earlier(actor=actor, as_of=as_of, number=number)
    before = next((row for row in known if not with_number or row.id == with_number), None)
    if before is None:
        return None, []
    kept = [
        {
            line.slot_line: line
            for line in ReviewLine.objects.filter(review_id=one).select_related("seat__title")
        }
        for one in (before.id, number)
    ]
    either = kept[0] | kept[1]
    differing = changes(*({str(line): row.finding for line, row in some.items()} for some in kept))
    seen = _seen(actor, as_of, [row.person_id for line, row in either.items() if str(line) in differing])
    people = {row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=sorted(seen))}
    units = organization.unit_name_histories(actor=actor, ids={row.seat.unit_id for row in either.values()})
    gone = [line for line in kept[0] if line not in kept[1]]
    outcomes = dict(Slot.objects.known_on().filter(line__in=gone).values_list("line", "outcome"))
    rows = []
    for line, row in either.items():
        pair = differing.get(str(line))
        if pair is not None and row.person_id in people:
            rows.append(
                ReviewChange(
                    CHANGED if all(pair) else ADDED if pair[1] else REMOVED, people[row.person_id].name,
                    people[row.person_id].code, row.seat.title.name,
                    name_on(units.get(row.seat.unit_id, ()), before.held_on), *map(_label, pair),
                    why=_label(outcomes.get(line) or "") if not pair[1] else "",
                )
            )  # fmt: skip
    order = (ADDED, REMOVED, CHANGED)
    return before, sorted(rows, key=lambda row: (order.index(row.kind), row.title, row.code))


def _label(finding: str) -> str:
    return str(Finding(finding).label) if finding else ""


def _seen(actor: Actor, as_of: date, people: Sequence[int]) -> set[int]:
    hidden = cadres.outside_scope(actor=actor, as_of=as_of, ids=sorted(set(people)), permission=READ)
    return set(people) - set(hidden)


def _slots_within(actor: Actor, as_of: date, plan_id: int) -> list[Slot]:
    found = Slot.objects.as_of(as_of).filter(plan_id=plan_id).select_related("seat__title").order_by("id")
    slots = list(found)
    people = sorted({slot.person_id for slot in slots})
    hidden = set(cadres.outside_scope(actor=actor, as_of=as_of, ids=people, permission=WRITE))
    return [slot for slot in slots if slot.person_id not in hidden]


def _states(slots: Sequence[Slot], as_of: date, titles: set[str], actor: Actor) -> dict[int, SlotState]:
    generation = snapshot.current()
    serving = set(
        generation.frame("managements").filter(snapshot.valid_on(as_of)).get_column("person_id").to_list()
    )
    held = generation.frame("positions").filter(snapshot.valid_on(as_of)).filter(
        pl.col("person_id").is_in(list({slot.person_id for slot in slots}))
    )  # fmt: skip
    since = {
        (person, seat): begun
        for person, seat, begun in held.group_by("person_id", "seat_id")
        .agg(pl.col("valid_from").min())
        .iter_rows()
    }
    units = organization.unit_names(actor=actor, as_of=as_of, ids={slot.seat.unit_id for slot in slots})
    return {
        slot.pk: SlotState(
            slot.valid_from, slot.seat.title.code in titles, slot.seat.unit_id in units, slot.person_id in serving,
            since.get((slot.person_id, slot.seat_id)),
        )
        for slot in slots
    }  # fmt: skip


def _members_again(title: str, standard: str, as_of: date) -> bool:
    """Members may be planned for the committee they sit in, unless the rule asks for higher posts only."""
    rule = planning_standard(standard, as_of)
    higher_only = rule is not None and any(part.key == "higher_post" for part in rule.open_parts())
    return group_of(title) != POSTS and not higher_only


def _row(actor: Actor, as_of: date, found: Review) -> ReviewRow:
    lines_ = list(
        ReviewLine.objects.filter(review=found).values_list("finding", "decision", "automatic", "person_id")
    )
    added = list(ReviewAddition.objects.filter(review=found).values_list("decision", "person_id"))
    seen = _seen(actor, as_of, [line[3] for line in lines_] + [line[1] for line in added])
    kept = [line for line in lines_ if line[3] in seen]
    coming = [decision for decision, person in added if person in seen]
    counts = Counter(line[0] for line in kept)
    return ReviewRow(
        id=found.pk,
        plan_id=found.plan_id,
        term=found.plan.term,
        held_on=found.held_on,
        document=found.document,
        rules=dict(found.rules),
        closed_on=found.closed_on,
        decision=found.decision,
        total=len(kept),
        counts=tuple(
            (code, str(Finding(code).label), counts[code]) for code in Finding.values if counts[code]
        ),
        removing=sum(decision == ReviewDecision.REMOVE for _, decision, _, _ in kept),
        undecided=sum(
            not decision and finding not in (Finding.STAYS, Finding.UNKNOWN)
            for finding, decision, _, _ in kept
        ),
        additions=len(coming),
        adding=coming.count(AdditionDecision.ADD),
        to_decide=coming.count(""),
        note=found.note,
    )
