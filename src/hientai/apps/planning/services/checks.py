"""What every act on plans checks first: reach, state, reason, freeze; and the verdict of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import FrozenWork, SeatRow
from hientai.apps.planning.judging import Judged, judge
from hientai.apps.planning.models import Plan, Proposal
from hientai.apps.planning.types import ProposalState
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

WRITE, PROPOSE = "planning.write", "planning.propose"
BATCH = 5000


def plan_of_term(term: str) -> Plan:
    """The plan of a term; raises NotFound."""
    plan = Plan.objects.filter(term=term).first()
    if plan is None:
        raise NotFound(term)
    return plan


def seat_in_use(actor: Actor, seat_id: int, on: date) -> SeatRow:
    """A seat that stands on a day; raises NotFound."""
    found = organization.seats(actor=actor, as_of=on, ids=[seat_id])
    if not found:
        raise NotFound(str(seat_id))
    return found[0]


def own_proposal(actor: Actor, proposal_id: int, permission: str = PROPOSE) -> Proposal:
    """The proposal, locked so that two decisions at once come one after the other; NotFound outside the scope."""
    proposal = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound(str(proposal_id))
    check_units(actor, [proposal.unit_id], permission)
    return proposal


def check_state(proposal: Proposal, *allowed: ProposalState) -> None:
    """Raises Refused when the list is in none of these states."""
    if proposal.state not in allowed:
        raise Refused(
            "wrong_state",
            say("Danh sách đang ở trạng thái “{state}”, không làm được việc này.",
                state=str(proposal.get_state_display())),
            "proposal",
        )  # fmt: skip


def check_reason(reason: str) -> None:
    """Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("reason_missing", say("Phải ghi lý do."), "reason")


def check_decision(decision: str) -> None:
    """Raises Refused where no document is named."""
    if not decision.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của văn bản phê duyệt."), "decision")


def check_not_frozen(actor: Actor, unit_ids: Sequence[int], on: date) -> None:
    """Raises Refused where a freeze of planning stands on one of the units or above it."""
    organization.check_not_frozen(actor=actor, as_of=on, kind=FrozenWork.PLANNING, unit_ids=unit_ids)


def check_scope(actor: Actor, person_ids: Sequence[int], permission: str = WRITE) -> None:
    """Raises NotFound when somebody is outside the actor's scope, as if there were no such person."""
    outside = cadres.outside_scope(actor=actor, as_of=actor.today, ids=person_ids, permission=permission)
    if outside:
        raise NotFound(str(outside[0]))


def check_units(actor: Actor, unit_ids: Sequence[int], permission: str) -> None:
    """Raises NotFound when a unit is outside the actor's scope."""
    outside = organization.units_outside_scope(
        actor=actor, as_of=actor.today, ids=unit_ids, permission=permission
    )
    if outside:
        raise NotFound(str(min(outside)))


def judged_by_standards(
    actor: Actor, pairs: Sequence[tuple[int, str]], on: date
) -> dict[tuple[int, str], Judged]:
    """Verdicts of the planning standards of a day: (person id, title code) -> verdict."""
    standards = {title.code: title.standard for title in organization.titles(actor=actor, as_of=on)}
    return judge(pairs, {title: standards.get(title, "") for _, title in pairs}, on)


def sentences_of(judged: Judged) -> str:
    """The criteria behind a verdict in words."""
    return "; ".join(str(criterion.sentence) for criterion in judged.behind)
