"""Cases walked through the services as an office would: meetings, tellers, counts, papers, steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.procedures import selectors, services
from hientai.apps.procedures.types import CaseDraft, CasePage, NameDraft, Totals
from hientai.foundation.actor import Actor

PLANNING, APPOINTMENT = "planning.on_spot", "appointment.on_spot.public_employee"
TELLERS = ("huyen1", "canbo")


def opened(
    actor: Actor,
    province: Province,
    kind: str = APPOINTMENT,
    on: date = TODAY,
    people: int = 3,
    **more: object,
) -> CasePage:
    """A case in commune 1 of district 1, for the first people of the province."""
    names = tuple(NameDraft(person) for person in province.people[:people])
    draft = CaseDraft(kind, "Bổ nhiệm chức danh thử", province.units["T.H1.X1"], names, **more)
    case = services.open_case(actor=actor, draft=draft, on=on)
    return page(actor, case.code)


def page(actor: Actor, code: str) -> CasePage:
    return selectors.case(actor=actor, as_of=TODAY, code=code)


def give(actor: Actor, code: str, *papers: str, on: date = TODAY, signed_on: date | None = None) -> None:
    for paper in papers:
        services.give_paper(actor=actor, code=code, expected=page(actor, code).version, on=on, paper=paper,
                            signed_on=signed_on or on, number="01")  # fmt: skip


def meet(actor: Actor, code: str, summoned: int = 30, present: int = 30, on: date = TODAY) -> None:
    people = [(None, f"Người thứ {n}") for n in range(1, summoned + 1)]
    services.summon(
        actor=actor, code=code, expected=page(actor, code).version, on=on, meeting_on=on, people=people
    )
    sitting = page(actor, code).sitting
    assert sitting is not None
    lines = [one.id for one in sitting.people[:present]]
    services.hold_meeting(actor=actor, code=code, expected=page(actor, code).version, on=on, present=lines)


def tellers(actor: Actor, code: str) -> UUID:
    ballot = services.name_tellers(actor=actor, code=code, first=TELLERS[0], second=TELLERS[1])
    return ballot.token


def count(
    token: UUID, teller: str, votes: Sequence[int], issued: int = 30, valid: int = 30, attempt: int = 1
) -> None:
    actor = actor_named(teller)
    ballot = selectors.ballot_to_count(actor=actor, as_of=TODAY, token=token)
    said: Mapping[str, int] = {name.key: number for name, number in zip(ballot.names, votes, strict=True)}
    services.enter_count(actor=actor, token=token, attempt=attempt, totals=Totals(issued, valid, said))


def vote(actor: Actor, code: str, votes: Sequence[int], on: date = TODAY) -> None:
    """Both tellers read the same off the ballots, and the count is closed."""
    token = tellers(actor, code)
    for teller in TELLERS:
        count(token, teller, votes)
    services.close_ballot(actor=actor, code=code, expected=page(actor, code).version, on=on)


def finish(
    actor: Actor, code: str, outcome: str = "", ground: str = "", on: date = TODAY, **more: object
) -> CasePage:
    services.finish_step(actor=actor, code=code, expected=page(actor, code).version, on=on, outcome=outcome,
                         ground=ground, **more)  # fmt: skip
    return page(actor, code)


def own_papers(actor: Actor, code: str) -> None:
    step = page(actor, code).state.step
    give(actor, code, *(step.own_paper(kind) for kind in step.gives))


def ballot_step(actor: Actor, code: str, votes: Sequence[int], ground: str = "") -> CasePage:
    """A whole step with a ballot: called, met, counted, its papers in, ended."""
    meet(actor, code)
    vote(actor, code, votes)
    own_papers(actor, code)
    return finish(actor, code, ground=ground)
