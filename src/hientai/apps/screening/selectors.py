"""Questions of standards: everybody against one, one person explained, all facts of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

import polars as pl
from django.core.paginator import Page

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import PersonRow
from hientai.apps.organization import selectors as organization
from hientai.apps.regulations import selectors as regulations
from hientai.apps.screening.courses import course_for
from hientai.apps.screening.judging import Group, Judged, judge
from hientai.apps.screening.models import SavedSearch
from hientai.apps.screening.searching import criteria_of, searchable, standard_of
from hientai.apps.screening.types import (
    AlmostAnswer,
    AlmostPerson,
    ComparedFact,
    ComparedStandard,
    Comparison,
    Condition,
    FoundPerson,
    KeptSearch,
    LocalPart,
    NeededChange,
    RegimesAnswer,
    ScreenedPerson,
    ScreeningAnswer,
    SearchAnswer,
)
from hientai.engines.criteria.change import Change, smallest_changes
from hientai.engines.criteria.explain import ExplainedStandard
from hientai.engines.criteria.explain import explain as explained
from hientai.engines.criteria.future import criterion_outlook
from hientai.engines.criteria.judge import verdict_of
from hientai.engines.criteria.tree import Criterion, Standard, Verdict
from hientai.engines.criteria.wording import found_text, required_text
from hientai.engines.errors import BadInput
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.fact import Clock, Fact, Value
from hientai.engines.facts.snapshot import PERSON, Snapshot
from hientai.engines.screening.impact import Impact, Shift, together, with_fact
from hientai.engines.screening.impact import impact as compared
from hientai.engines.screening.screen import screen as screened
from hientai.engines.wording import Sentence, say
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.places import Units, by_place, place_of
from hientai.foundation.rules import in_force, rulebook
from hientai.foundation.snapshot.everybody import catalogue, facts_as_of, facts_of_person

RUN = "screening.run"
READ = cadres.READ
# The document that set the ages of 60 and 55, as the other side of a question about the schedule of retirement.
AGES_BEFORE_2021 = "Bộ luật 10/2012/QH13"
MOST_EXPLAINED, MOST_COMPARED = 10, 6
KINDS = ("gains", "loses", "becomes_unknown")
EVERYBODY, NO_UNIT = "everybody", 0
_VALUES = {verdict.value for verdict in Verdict}


def standards(*, actor: Actor, as_of: date) -> list[Standard]:
    """The standards in force on a day."""
    actor.check_may(RUN)
    return in_force(as_of)


def screen(*, actor: Actor, as_of: date, code: str, unit_id: int | None = None) -> ScreeningAnswer:
    """Everybody on file on `as_of` in the actor's scope, judged by the standard in force that day.

    Units with values of their own are judged by these. Raises BadInput when the standard is unknown or not in force
    that day.
    """
    judged = _everybody_judged(actor=actor, as_of=as_of, code=code, unit_id=unit_id)
    return ScreeningAnswer(
        standard=judged.standard,
        as_of=as_of,
        counts=judged.counts(),
        violations=judged.violations(),
        by_criterion=judged.by_criterion(),
        ids={verdict.value: judged.people(verdict) for verdict in Verdict},
        local=_local_parts(actor, as_of, judged),
    )


def _everybody_judged(*, actor: Actor, as_of: date, code: str, unit_id: int | None) -> Judged:
    actor.check_may(RUN)
    common = rulebook().standard(code, as_of)
    people = population(actor=actor, as_of=as_of, unit_id=unit_id, permission=RUN, facts=common.facts())
    return judge(common, people, as_of)


def _local_parts(actor: Actor, as_of: date, judged: Judged) -> tuple[LocalPart, ...]:
    """Who is judged by values of a unit, and which these are."""
    placed = [one for one in judged.groups if one.units and len(one.screening.persons)]
    ids = {unit for one in placed for unit in one.units}
    names = organization.unit_names(actor=actor, as_of=as_of, ids=ids) if ids else {}
    return tuple(
        LocalPart(names.get(one.units[-1], ""), len(one.screening.persons), _own_values(judged, one))
        for one in placed
    )


def _own_values(judged: Judged, group: Group) -> tuple[Criterion, ...]:
    return _differing(judged.standard, group.standard)


def _differing(common: Standard, own: Standard) -> tuple[Criterion, ...]:
    """The criteria whose value a unit has set for itself."""
    pairs = zip(common.criteria(), own.criteria(), strict=True)
    return tuple(mine for its, mine in pairs if mine.parameter != its.parameter)


def population(
    *, actor: Actor, as_of: date, unit_id: int | None, permission: str, facts: Iterable[str]
) -> Snapshot:
    """These facts of the people on file on `as_of` whom the actor may read, at or below a unit."""
    actor.check_may(permission)
    everybody = facts_as_of(as_of).about(facts)
    ids = snapshot.people_ids(scope=actor.scope(permission), as_of=as_of, unit_id=unit_id)
    return everybody.restricted_to(ids)


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
    judged = judge(answer.standard, kept, as_of)
    found = []
    for row in cadres.rows(actor=actor, as_of=as_of, ids=ids):
        verdict, behind = judged.verdict_of(row.id)
        said = tuple(criterion.sentence for criterion in behind)
        found.append(ScreenedPerson(row.id, row.code, row.name, row.position, row.unit, verdict.value, said))
    return found


def explain(*, actor: Actor, as_of: date, person_code: str, standard_code: str) -> ExplainedStandard:
    """One person against one standard, with citation, value, record and date for each criterion."""
    person_id = cadres.person_id_of(actor=actor, code=person_code)
    standard = rulebook(place_of(person_id, as_of)).standard(standard_code, as_of)
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
    known = in_force(as_of, place_of(person_id, as_of))
    return [explained(standard, values, catalogue(), as_of) for standard in known]


def impact(
    *, actor: Actor, as_of: date, code: str, before: str, after: str, unit_id: int | None = None
) -> Impact:
    """What document `after` changes against `before` for one standard, over everybody in scope on `as_of`.

    Either document may be in force that day or not. Units with values of their own are judged by these. Raises
    BadInput when one does not set the standard.
    """
    actor.check_may(RUN)

    def versions(units: Units) -> tuple[Standard, Standard]:
        asked = {"actor": actor, "as_of": as_of, "code": code, "units": units}
        return version_of(**asked, document=before), version_of(**asked, document=after)

    common = versions(())
    facts = common[0].facts() | common[1].facts()
    people = population(actor=actor, as_of=as_of, unit_id=unit_id, permission=RUN, facts=facts)
    placed = by_place(people.person_ids.to_list(), as_of)
    if len(placed) == 1 and not placed[0][0]:
        return _impact_on(people, *common)
    nobody = people.restricted_to([])
    parts = [_impact_on(people.restricted_to(kept), *versions(units)) for units, kept in placed]
    return together(_impact_on(nobody, *common), parts)


def _impact_on(people: Snapshot, earlier: Standard, later: Standard) -> Impact:
    """The impact on people under the same values."""
    return compared(earlier, later, people, _units_of(people, people.as_of))


def own_values_of_impact(
    *, actor: Actor, as_of: date, found: Impact, before: str, after: str
) -> tuple[LocalPart, ...]:
    """Which of the people compared are judged by values of a unit, and which these are."""
    placed = [(units, kept) for units, kept in by_place(found.persons.to_list(), as_of) if units and kept]
    ids = {unit for units, _ in placed for unit in units}
    names = organization.unit_names(actor=actor, as_of=as_of, ids=ids) if ids else {}
    parts = []
    for units, kept in placed:
        own: list[Criterion] = []
        for common, document in ((found.before, before), (found.after, after)):
            asked = {"actor": actor, "as_of": as_of, "code": common.code, "document": document}
            own += _differing(common, version_of(**asked, units=units))
        if own:
            parts.append(LocalPart(names.get(units[-1], ""), len(kept), tuple(own)))
    return tuple(parts)


def version_of(
    *, actor: Actor, as_of: date, code: str, document: str, units: tuple[int, ...] = ()
) -> Standard:
    """A standard as one document sets it, in force or not, as a draft would, or with people retiring at 60 and 55.

    units: those whose own values hold (`foundation.places`). Raises BadInput where nothing of the kind is there.
    """
    if document == AGES_BEFORE_2021:
        return with_fact(
            rulebook(units).standard(code, as_of),
            {"months_to_retirement": "months_to_age_60_55"},
            AGES_BEFORE_2021,
        )
    if (
        draft := regulations.draft_standard(actor=actor, as_of=as_of, code=document, standard=code)
    ) is not None:
        return draft
    return rulebook(units).standard_of(code, document, as_of)


def _units_of(people: Snapshot, as_of: date) -> pl.Series:
    """The unit that keeps the file of each person, in their order."""
    dated = ("valid_from", "valid_to")
    managed = (
        snapshot.current().frame("managements", PERSON, "unit_id", *dated).filter(snapshot.valid_on(as_of))
    )
    one_each = managed.select(PERSON, "unit_id").unique(PERSON, keep="first", maintain_order=True)
    found = people.frame.select(PERSON).join(one_each, on=PERSON, how="left", maintain_order="left")
    return found["unit_id"]


def impact_people(
    *, actor: Actor, as_of: date, found: Impact, kind: str, criterion: str = "", unit_id: int | None = None
) -> list[int]:
    """The people behind one number of an impact, by given name.

    kind: `gains`, `loses`, `becomes_unknown`, `everybody`, or a cell of the table as `met-not_met`; unit_id: whose file
    that unit itself keeps, `NO_UNIT` for files that none keeps. Raises NotFound on another kind.
    """
    actor.check_may(RUN)
    if kind in KINDS:
        shift: Shift = getattr(found, kind)
        ids = shift.blamed_on(criterion) if criterion else shift.persons
    elif kind == EVERYBODY:
        ids = found.persons
    else:
        before, _, after = kind.partition("-")
        if before not in _VALUES or after not in _VALUES:
            raise NotFound(kind)
        ids = found.people(Verdict(before), Verdict(after))
    if unit_id is not None and found.units is not None:
        units = pl.DataFrame({PERSON: found.persons, "unit": found.units})
        of_unit = pl.col("unit").is_null() if unit_id == NO_UNIT else pl.col("unit") == unit_id
        ids = ids.filter(ids.is_in(units.filter(of_unit)[PERSON].implode()))
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


def changes(
    *, actor: Actor, as_of: date, person_code: str, standard_code: str
) -> tuple[tuple[NeededChange, ...], ...]:
    """The smallest sets of changes that would make one person meet a standard, fewest first; empty where met or beyond
    reach."""
    person_id = cadres.person_id_of(actor=actor, code=person_code)
    known = facts_of_person(person_id, as_of)
    standard = rulebook(place_of(person_id, as_of)).standard(standard_code, as_of)
    sets = smallest_changes(standard, known.values, catalogue(), as_of, known.evidence)
    return tuple(tuple(map(_needed, one.changes)) for one in sets)


def _needed(change: Change) -> NeededChange:
    grows = change.fact.clock in (Clock.GROWS, Clock.RUNS)
    needed = found_text(change.fact, change.needed)
    return NeededChange(
        change.fact.label,
        found_text(change.fact, change.found),
        say("{value} trở lên", value=needed) if grows and change.fact.type.is_ordered else needed,
        change.by_time,
        course_for(change.fact, change.needed),
        change.found is None,
    )


def almost(*, actor: Actor, as_of: date, code: str, unit_id: int | None = None) -> AlmostAnswer:
    """Everybody in scope who would meet a standard if one criterion came out right."""
    judged = _everybody_judged(actor=actor, as_of=as_of, code=code, unit_id=unit_id)
    standard, frame = judged.standard, judged.almost()
    counted = dict(frame["criterion"].value_counts().iter_rows())
    criteria = tuple(
        (one, counted[one.key], _is_fixed(catalogue()[one.fact]))
        for one in standard.criteria()
        if one.key in counted
    )
    return AlmostAnswer(standard, as_of, judged.counts().base, criteria, tuple(frame.iter_rows()))


def _is_fixed(fact: Fact) -> bool:
    """Whether neither an act nor time brings a better answer."""
    return not fact.can_change and fact.clock not in (Clock.GROWS, Clock.RUNS, Clock.ENDS)


def almost_people(
    *, actor: Actor, as_of: date, answer: AlmostAnswer, criterion: str = "", page: int = 1, size: int = 50
) -> Page:
    """A page of those one criterion away, by given name; `criterion` keeps those whom it keeps away."""
    by_person = {person: key for person, key in answer.pairs if not criterion or key == criterion}
    ordered = snapshot.by_name(tuple(by_person))
    number = nearest_page(page, len(ordered), size)
    shown = ordered[(number - 1) * size : number * size]
    criteria = {
        (person, one.key): one
        for units, kept in by_place(shown, as_of)
        for one in rulebook(units).standard(answer.standard.code, as_of).criteria()
        for person in kept
    }
    facts = facts_as_of(as_of)
    rows = [
        _almost_row(row, criteria[row.id, by_person[row.id]], facts.of_person(row.id), as_of)
        for row in cadres.rows(actor=actor, as_of=as_of, ids=shown)
    ]
    return page_of(rows, len(ordered), number, size)


def _almost_row(
    row: PersonRow, criterion: Criterion, answers: Mapping[str, Value | None], as_of: date
) -> AlmostPerson:
    fact, found = catalogue()[criterion.fact], answers[criterion.fact]
    outlook = criterion_outlook(criterion, found, None, fact, as_of)
    return AlmostPerson(
        row.code, row.name, row.position, row.unit, criterion, found_text(fact, found),
        required_text(fact, criterion.operator.value, criterion.required), outlook.earliest,
    )  # fmt: skip


def under_regimes(
    *, actor: Actor, as_of: date, standard_code: str, documents: Sequence[str], people: Sequence[str]
) -> RegimesAnswer:
    """Up to ten people under several versions of one standard, each explained with its records.

    Codes that are nobody's in scope come back as `missing`. Raises BadInput for more than ten, or no document.
    """
    if len(people) > MOST_EXPLAINED:
        raise BadInput(
            "too_many_people", say("Nhiều nhất {most} người một lần.", most=MOST_EXPLAINED), "people"
        )
    versions = tuple(
        version_of(actor=actor, as_of=as_of, code=standard_code, document=document) for document in documents
    )
    if not versions:
        raise BadInput("no_document", say("Chọn ít nhất một văn bản."), "documents")
    rows: list[PersonRow] = []
    found: dict[str, tuple[ExplainedStandard, ...]] = {}
    missing = []
    for code in people:
        try:
            person_id = cadres.person_id_of(actor=actor, code=code)
        except NotFound:
            missing.append(code)
            continue
        known = facts_of_person(person_id, as_of)
        rows += cadres.rows(actor=actor, as_of=as_of, ids=[person_id])
        units = place_of(person_id, as_of)
        own = (
            versions
            if not units
            else tuple(
                version_of(actor=actor, as_of=as_of, code=standard_code, document=document, units=units)
                for document in documents
            )
        )
        found[rows[-1].code] = tuple(
            explained(version, known.values, catalogue(), as_of, known.evidence) for version in own
        )
    return RegimesAnswer(
        standard_code, versions[0].title, as_of, versions, tuple(rows), found, tuple(missing)
    )


def search(*, actor: Actor, as_of: date, conditions: Sequence[Condition]) -> SearchAnswer:
    """Everybody in scope who fulfils every condition, by given name; nobody is ranked. Raises BadInput."""
    criteria = criteria_of(conditions)
    standard = standard_of(criteria)
    people = population(actor=actor, as_of=as_of, unit_id=None, permission=RUN, facts=standard.facts())
    screening = screened([standard], people)
    ids = snapshot.by_name(screening.people(standard, Verdict.MET).to_list())
    counts = screening.counts(standard)
    return SearchAnswer(criteria, as_of, counts.base, tuple(ids), counts.unknown)


def found_people(*, actor: Actor, as_of: date, answer: SearchAnswer, page: int = 1, size: int = 50) -> Page:
    """A page of the hits, each with the reason."""
    number = nearest_page(page, len(answer.ids), size)
    shown = answer.ids[(number - 1) * size : number * size]
    facts = facts_as_of(as_of)
    rows = [
        FoundPerson(row.code, row.name, row.position, row.unit, _reasons(answer, facts.of_person(row.id)))
        for row in cadres.rows(actor=actor, as_of=as_of, ids=shown)
    ]
    return page_of(rows, len(answer.ids), number, size)


def _reasons(
    answer: SearchAnswer, answers: Mapping[str, Value | None]
) -> tuple[tuple[Sentence, Sentence], ...]:
    return tuple(
        (catalogue()[one.fact].label, found_text(catalogue()[one.fact], answers[one.fact]))
        for one in answer.criteria
    )


def saved_searches(*, actor: Actor, as_of: date) -> list[KeptSearch]:
    """The searches the actor kept and those others shared, by name."""
    actor.check_may(RUN)
    return [
        KeptSearch(
            row.pk, row.name, row.owner, row.user_id == actor.user_id, row.shared,
            urlencode([(key, one[key]) for one in row.conditions for key in ("fact", "operator", "value")]),
        )
        for row in SavedSearch.objects.visible_to(actor).order_by("name", "pk")
    ]  # fmt: skip


def compare(*, actor: Actor, as_of: date, people: Sequence[str]) -> Comparison:
    """Facts and standings of two to six people side by side, in the order asked for. Raises NotFound, BadInput."""
    actor.check_may(RUN)
    if not 2 <= len(people) <= MOST_COMPARED:
        raise BadInput("bad_number", say("So sánh từ 2 đến {most} người.", most=MOST_COMPARED), "people")
    ids = [cadres.person_id_of(actor=actor, code=code) for code in people]
    by_id = {row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=ids)}
    facts = facts_as_of(as_of)
    answers = [facts.of_person(person_id) for person_id in ids]
    lines = tuple(_compared(fact, [one[fact.code] for one in answers]) for fact in searchable())
    own = [in_force(as_of, place_of(person_id, as_of)) for person_id in ids]
    standings = tuple(_standing(versions, answers) for versions in zip(*own, strict=True))
    return Comparison(tuple(by_id[person_id] for person_id in ids), lines, standings)


def _compared(fact: Fact, values: Sequence[Value | None]) -> ComparedFact:
    return ComparedFact(
        fact.label, fact.source, tuple(found_text(fact, value) for value in values), len(set(values)) > 1
    )


def _standing(
    versions: Sequence[Standard], answers: Sequence[Mapping[str, Value | None]]
) -> ComparedStandard:
    """The verdict of each person by the version that holds for them."""
    found = []
    for standard, one in zip(versions, answers, strict=True):
        verdict = verdict_of(standard, one)
        found.append((verdict.value, verdict is verdict_of(standard, one, confirmed=True)))
    return ComparedStandard(versions[0], tuple(found))
