"""Duties to declare of the demo: a year that is finished and drawn, one under way, and those a procedure asks for.

Only who owes a declaration and the day of each step; nothing was ever declared. One was filed late and one was handed
over late, so that the page has something to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import selectors, services
from hientai.apps.dossiers.drawing import digest_of
from hientai.apps.dossiers.models import Declaration
from hientai.apps.dossiers.types import DeclarationKind, DeclarationStep
from hientai.foundation.actor import Actor
from hientai.site.demo.people import Person

PEOPLE = 60
SEED = "27 04 11 36 19 42"  # the numbers "drawn in public"


def enter_declarations(people: Sequence[Person], ids: Sequence[int], today: date) -> int:
    """Enters the duties through the services; returns how many."""
    officer = actor_of(User.objects.get(username="bantochuc"), today)
    leading = [p for p in people if p.place is not None and p.posts[-1].title.leads]
    ranked = sorted(leading, key=lambda p: (-p.posts[-1].title.rank, p.number))[:PEOPLE]
    chosen = [ids[person.number] for person in ranked]
    if not chosen:
        return 0
    made = _finished(officer, chosen, today.year - 1)
    made += _under_way(officer, chosen, today)
    return made + _asked_by_a_procedure(officer, chosen[-5:], today)


def _open(
    officer: Actor, kind: str, year: int, people: Sequence[int], event: date | None = None
) -> list[int]:
    posts = cadres.posts_that_lead(actor=officer, as_of=officer.today, ids=people)
    owing = [(person, *posts[person]) for person in people if person in posts]
    services.open_declarations(actor=officer, kind=kind, year=year, people=owing, event=event)
    found = Declaration.objects.filter(kind=kind, year=year, opened_on=officer.today)
    return list(found.order_by("id").values_list("id", flat=True))


def _finished(officer: Actor, people: Sequence[int], year: int) -> int:
    """All filed, all but one in time; checked, handed over, published; the lots drawn in January; half verified."""
    owed = _open(replace(officer, today=date(year, 11, 10)), DeclarationKind.ANNUAL, year, people)
    if not owed:  # nobody leads any more in a scenario whose city ended before
        return 0
    drawn_on = date(year + 1, 1, 26)
    then = replace(officer, today=drawn_on)
    late, rest = owed[:1], owed[1:]
    _record(then, rest, DeclarationStep.FILED, date(year, 12, 18))
    _record(then, late, DeclarationStep.FILED, date(year + 1, 1, 5))
    for step, days in (
        (DeclarationStep.CHECKED, 6),
        (DeclarationStep.HANDED_OVER, 15),
        (DeclarationStep.PUBLISHED, 19),
    ):
        _record(then, rest, step, date(year, 12, 18) + timedelta(days=days))
        _record(then, late, step, date(year + 1, 1, 5) + timedelta(days=days))
    listed = selectors.declarants(actor=then, as_of=drawn_on, year=year)
    drawn = services.draw_lots(actor=then, year=year, digest=digest_of(one.code for one in listed), seed=SEED)
    taken = Declaration.objects.filter(year=year, kind=DeclarationKind.ANNUAL, person__code__in=drawn.chosen)
    verified = list(taken.order_by("id").values_list("id", flat=True))
    done = replace(officer, today=date(year + 1, 6, 20))
    _record(done, verified[: len(verified) // 2], DeclarationStep.VERIFIED, date(year + 1, 6, 12))
    return len(owed)


def _under_way(officer: Actor, people: Sequence[int], today: date) -> int:
    """Opened two weeks ago, due by the end of the year; a third filed; one late to hand over, one to publish."""
    owed = _open(
        replace(officer, today=today - timedelta(days=40)), DeclarationKind.ANNUAL, today.year, people
    )
    third = owed[: len(owed) // 3]
    _record(officer, third, DeclarationStep.FILED, today - timedelta(days=26))
    _record(officer, third, DeclarationStep.CHECKED, today - timedelta(days=21))
    _record(officer, third[1:], DeclarationStep.HANDED_OVER, today - timedelta(days=10))
    _record(officer, third[2:], DeclarationStep.PUBLISHED, today - timedelta(days=7))
    return len(owed)


def _asked_by_a_procedure(officer: Actor, people: Sequence[int], today: date) -> int:
    begins = today + timedelta(days=14)
    owed = _open(officer, DeclarationKind.PROCEDURE, today.year, people, begins)
    _record(officer, owed[:2], DeclarationStep.FILED, today)
    return len(owed)


def _record(officer: Actor, ids: Sequence[int], step: DeclarationStep, on: date) -> None:
    if ids:
        services.record_step(actor=officer, declaration_ids=ids, step=step.value, on=on)
