"""Questions of standards: everybody against one, one person explained, all facts of one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
from django.core.paginator import Page

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.regulations import selectors as regulations
from hientai.apps.screening.types import ScreenedPerson, ScreeningAnswer
from hientai.engines.criteria.explain import ExplainedStandard
from hientai.engines.criteria.explain import explain as explained
from hientai.engines.criteria.tree import Standard, Verdict
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.screening.impact import Impact, Shift, with_fact
from hientai.engines.screening.impact import impact as compared
from hientai.engines.screening.screen import Screening
from hientai.engines.screening.screen import screen as screened
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.rules import in_force, rulebook
from hientai.foundation.snapshot.everybody import catalogue, facts_as_of, facts_of_person

RUN = "screening.run"
READ = cadres.READ
# The document that set the ages of 60 and 55, as the other side of a question about the schedule of retirement.
AGES_BEFORE_2021 = "Bộ luật 10/2012/QH13"
KINDS = ("gains", "loses", "becomes_unknown")
_VALUES = {verdict.value for verdict in Verdict}


def standards(*, actor: Actor, as_of: date) -> list[Standard]:
    """The standards in force on a day."""
    actor.check_may(RUN)
    return in_force(as_of)


def screen(*, actor: Actor, as_of: date, code: str, unit_id: int | None = None) -> ScreeningAnswer:
    """Everybody on file on `as_of` in the actor's scope, judged by the standard in force that day.

    Raises BadInput when the standard is unknown or not in force that day.
    """
    standard = rulebook().standard(code, as_of)
    screening = screened([standard], population(actor=actor, as_of=as_of, unit_id=unit_id, permission=RUN))
    return ScreeningAnswer(
        standard=standard,
        as_of=as_of,
        counts=screening.counts(standard),
        violations=len(screening.violations(standard)),
        by_criterion=screening.by_criterion(standard),
        ids={verdict.value: tuple(screening.people(standard, verdict).to_list()) for verdict in Verdict},
    )


def population(*, actor: Actor, as_of: date, unit_id: int | None, permission: str) -> Snapshot:
    """Facts of the people on file on `as_of` whom the actor may read, at or below a unit."""
    actor.check_may(permission)
    everybody = facts_as_of(as_of)
    ids = snapshot.people_ids(scope=actor.scope(permission), as_of=as_of, unit_id=unit_id)
    frame = everybody.frame.filter(pl.col(PERSON).is_in(ids.implode()))
    return Snapshot(frame, everybody.catalogue, as_of)


def people(
    *, actor: Actor, as_of: date, answer: ScreeningAnswer, verdict: str = "", page: int = 1, size: int = 50
) -> Page:
    """A page of the people judged, by given name; `verdict` keeps those of one verdict."""
    ids = answer.ids[verdict] if verdict else tuple(i for found in answer.ids.values() for i in found)
    ordered = snapshot.by_name(ids)
    number = nearest_page(page, len(ordered), size)
    shown = ordered[(number - 1) * size : number * size]
    return page_of(lines(actor=actor, as_of=as_of, answer=answer, ids=shown), len(ordered), number, size)


def everybody(
    *, actor: Actor, as_of: date, answer: ScreeningAnswer, verdict: str = ""
) -> list[ScreenedPerson]:
    """The whole list that `people` pages through."""
    ids = answer.ids[verdict] if verdict else tuple(i for found in answer.ids.values() for i in found)
    return lines(actor=actor, as_of=as_of, answer=answer, ids=snapshot.by_name(ids))


def lines(*, actor: Actor, as_of: date, answer: ScreeningAnswer, ids: Sequence[int]) -> list[ScreenedPerson]:
    """List lines with the criteria behind each verdict."""
    facts = facts_as_of(as_of)
    kept = Snapshot(facts.frame.filter(pl.col(PERSON).is_in(list(ids))), facts.catalogue, as_of)
    screening = screened([answer.standard], kept)
    return [
        ScreenedPerson(
            row.id, row.code, row.name, row.position, row.unit, *_verdict(screening, answer.standard, row.id)
        )
        for row in cadres.rows(actor=actor, as_of=as_of, ids=ids)
    ]


def _verdict(screening: Screening, standard: Standard, person_id: int) -> tuple[str, tuple]:
    verdict = screening.verdict_of(standard, person_id)
    behind = () if verdict is Verdict.MET else screening.criteria_behind(standard, person_id, verdict)
    return verdict.value, tuple(criterion.sentence for criterion in behind)


def explain(*, actor: Actor, as_of: date, person_code: str, standard_code: str) -> ExplainedStandard:
    """One person against one standard, with citation, value, record and date for each criterion."""
    person_id = cadres.person_id_of(actor=actor, code=person_code)
    standard = rulebook().standard(standard_code, as_of)
    known = facts_of_person(person_id, as_of)
    return explained(standard, known.values, catalogue(), as_of, known.evidence)


def facts(*, actor: Actor, as_of: date, person_code: str) -> KnownPerson:
    """Every catalogue fact of one person, with the record and day behind it."""
    return facts_of_person(cadres.person_id_of(actor=actor, code=person_code), as_of)


def fact_names(*, actor: Actor, as_of: date, known: KnownPerson) -> dict[str, str]:
    """What the unit, the seat and the title among the facts are called that day: a number means nothing to a reader."""
    unit, seat = known.values.get("main_unit"), known.values.get("main_seat")
    found: dict[str, str] = {}
    if isinstance(unit, int):
        found["main_unit"] = organization.unit_names(actor=actor, as_of=as_of, ids=[unit]).get(unit, "")
    for row in organization.seats(actor=actor, as_of=as_of, ids=[seat] if isinstance(seat, int) else []):
        found |= {"main_seat": f"{row.title}, {row.unit}", "main_title": row.title}
    return {code: name for code, name in found.items() if name}


def standing(*, actor: Actor, as_of: date, person_code: str) -> list[ExplainedStandard]:
    """One person against every standard in force on `as_of`, in the order of the rulebook; without the records behind.

    Looks the person up among the facts of everybody, which are kept for the day, so that the page stays quick.
    """
    person_id = cadres.person_id_of(actor=actor, code=person_code)
    values = facts_as_of(as_of).of_person(person_id)
    return [explained(standard, values, catalogue(), as_of) for standard in in_force(as_of)]


def impact(
    *, actor: Actor, as_of: date, code: str, before: str, after: str, unit_id: int | None = None
) -> Impact:
    """What document `after` changes against `before` for one standard, over everybody in scope on `as_of`.

    Either document may be in force that day or not. Raises BadInput when one does not set the standard.
    """
    people = population(actor=actor, as_of=as_of, unit_id=unit_id, permission=RUN)
    earlier = version_of(actor=actor, as_of=as_of, code=code, document=before)
    later = version_of(actor=actor, as_of=as_of, code=code, document=after)
    return compared(earlier, later, people, _units_of(people, as_of))


def version_of(*, actor: Actor, as_of: date, code: str, document: str) -> Standard:
    """A standard as one document sets it, in force or not, as a draft would, or with people retiring at 60 and 55.

    Raises BadInput where nothing of the kind is there.
    """
    if document == AGES_BEFORE_2021:
        return with_fact(
            rulebook().standard(code, as_of),
            {"months_to_retirement": "months_to_age_60_55"},
            AGES_BEFORE_2021,
        )
    if (
        draft := regulations.draft_standard(actor=actor, as_of=as_of, code=document, standard=code)
    ) is not None:
        return draft
    return rulebook().standard_of(code, document, as_of)


def _units_of(people: Snapshot, as_of: date) -> pl.Series:
    """The unit that keeps the file of each person, in their order."""
    managed = snapshot.current().frame("managements").filter(snapshot.valid_on(as_of))
    one_each = managed.select(PERSON, "unit_id").unique(PERSON, keep="first", maintain_order=True)
    found = people.frame.select(PERSON).join(one_each, on=PERSON, how="left", maintain_order="left")
    return found["unit_id"]


def impact_people(
    *, actor: Actor, as_of: date, found: Impact, kind: str, criterion: str = "", unit_id: int | None = None
) -> list[int]:
    """The people behind one number of an impact, by given name.

    kind: `gains`, `loses`, `becomes_unknown`, or a cell of the table as `met-not_met`. Raises NotFound on another.
    """
    actor.check_may(RUN)
    if kind in KINDS:
        shift: Shift = getattr(found, kind)
        ids = shift.blamed_on(criterion) if criterion else shift.persons
    else:
        before, _, after = kind.partition("-")
        if before not in _VALUES or after not in _VALUES:
            raise NotFound(kind)
        ids = found.people(Verdict(before), Verdict(after))
    if unit_id is not None and found.units is not None:
        units = pl.DataFrame({PERSON: found.persons, "unit": found.units})
        ids = ids.filter(ids.is_in(units.filter(pl.col("unit") == unit_id)[PERSON].implode()))
    return snapshot.by_name(ids.to_list())


def documents_of(*, actor: Actor, as_of: date, code: str) -> list[tuple[str, str]]:
    """What a standard can be compared under: (slug, number) of documents that set it, by day, then drafts."""
    actor.check_may(RUN)
    found = [(one.slug, one.code) for one in rulebook().documents if code in one.standards]
    found += [
        (draft.slug, draft.code)
        for draft in regulations.drafts(actor=actor, as_of=as_of)
        if code in draft.standards
    ]
    return [*found, (AGES_BEFORE_2021, AGES_BEFORE_2021)]


def every_standard(*, actor: Actor, as_of: date) -> list[Standard]:
    """The newest version of every standard of the rulebook, in force or not."""
    actor.check_may(RUN)
    book = rulebook()
    return [book.versions(code)[-1] for code in book.standard_codes]
