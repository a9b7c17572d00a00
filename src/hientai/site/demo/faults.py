"""Faults planted in the records of the demo, so that the pages of data quality have work; then days of evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hientai.apps.cadres import services as cadres
from hientai.apps.integrity import selectors, services
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.site.demo.people import Person

COUNT = 24
REASON = "Lỗi cố ý của bản trình diễn"


def plant(people: Sequence[Person], ids: Sequence[int], actor: Actor) -> int:
    """Spoils a few files of people without a leading post; returns how many."""
    plain = [p for p in people if p.place is not None and not p.posts[-1].title.leads]
    plain = plain[7 :: max(1, len(plain) // COUNT)][:COUNT]
    for row, person in enumerate(plain):
        cadres.correct_biography(
            actor=actor, person_id=ids[person.number], because=REASON, **_fault(row, person)
        )
    return len(plain)


def _fault(row: int, person: Person) -> dict[str, object]:
    """In turn: party before 18, official before joining, no home, recruited too late for the first post."""
    born = person.born
    return (
        {"party_joined_on": date(born.year + 15, 5, 19), "party_official_on": date(born.year + 19, 5, 19)},
        {"party_joined_on": date(born.year + 30, 3, 3), "party_official_on": date(born.year + 29, 3, 3)},
        {"home_place": "", "home_unit_id": None},
        {"recruited_on": date.fromordinal(person.posts[0].begins + 400)},
    )[row % 4]


def evaluate_days(actor: Actor) -> None:
    """Evaluates the rules for the days of `keep_days`; what is found is kept beside the copy of the records."""
    for day in _days(actor):
        selectors.rules_evaluated(actor=actor, as_of=day)


def _days(actor: Actor) -> list[date]:
    return [actor.today - timedelta(days=days) for days in (180, 90, 30, 0)]


def keep_days(actor: Actor) -> None:
    """The evaluation of four days, and a campaign that began with the last; after everything else was committed."""
    with snapshot.one_copy():  # keeping a day changes nothing that is copied
        for day in _days(actor):
            services.keep_day(actor=replace(actor, today=day))
        services.open_campaign(
            actor=actor, title="Làm sạch dữ liệu trước 31/12",
            rules=["party_before_18", "party_official_first", "home_missing", "post_before_recruitment"],
            due_on=actor.today + timedelta(days=90),
        )  # fmt: skip
