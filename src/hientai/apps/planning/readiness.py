"""How ready planned people are, and what they lack: pure, verdicts of standards in, prospects out.

Ready now: every measured criterion is met. After one term or two: what is missing comes with time, by training or by
papers within that span. Not: something no time brings. A criterion whose fact is not recorded decides nothing and is
named, so that somebody looks; so does one whose value nobody confirmed against its text. What a standard has but nobody
can measure (`open_parts`) is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hientai.engines.criteria.tree import Criterion, Operator, Standard, Verdict
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Clock, FactType
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.screening.screen import Screening, screen
from hientai.engines.wording import Sentence, say

TERM_MONTHS = 60
"""One term of office is five years (Law on Cadres; the planning documents count a full term as 60 months)."""
TRAINING: Mapping[str, Sentence] = {
    "political_theory_rank": say("Đào tạo, bồi dưỡng lý luận chính trị"),
    "professional_rank": say("Đào tạo chuyên môn"),
    "state_management_rank": say("Bồi dưỡng quản lý nhà nước"),
    "foreign_language_rank": say("Bồi dưỡng ngoại ngữ"),
    "informatics_rank": say("Bồi dưỡng tin học"),
    "defence_security_rank": say("Bồi dưỡng quốc phòng và an ninh"),
}
"""Facts that a course changes, and what the course is called."""
_PAPERS = {"dossier_complete", "dossier_missing", "declaration_overdue", "political_conclusion"}
_BY_PLANNING = {"in_plan", "planned_slots", "planned_rank", "planned_for_higher"}
_YEARLY = {"rating_last", "rating_preceding_year", "rating_lowest_3_years"}


class Level(StrEnum):
    NOW = "now"
    ONE_TERM = "one_term"
    TWO_TERMS = "two_terms"
    NOT = "not"


class Remedy(StrEnum):
    """What closes a gap."""

    TIME = "time"
    TRAINING = "training"
    PAPERS = "papers"
    NONE = "none"


@dataclass(frozen=True)
class Gap:
    """A criterion not met. months: how long at least until it can be; None for training, papers and never."""

    criterion: Criterion
    remedy: Remedy
    months: int | None = None

    @property
    def course(self) -> Sentence | None:
        return TRAINING.get(self.criterion.fact)


@dataclass(frozen=True)
class Prospect:
    """How ready one person is for one title, by confirmed values. unknown: criteria nobody could judge; gaps: what is
    missing, also by values that were not confirmed (`doubtful`), which decide nothing."""

    level: Level
    gaps: tuple[Gap, ...] = ()
    unknown: tuple[Criterion, ...] = ()

    @property
    def doubtful(self) -> bool:
        return any(not gap.criterion.parameter.verified for gap in self.gaps)

    @property
    def courses(self) -> tuple[Sentence, ...]:
        return tuple(dict.fromkeys(gap.course for gap in self.gaps if gap.course is not None))


def prospects(
    pairs: Iterable[tuple[int, str]], standards: Mapping[str, Sequence[Standard]], facts: Snapshot
) -> dict[tuple[int, str], Prospect]:
    """The prospect of each (person id, title code). standards: what each title asks; facts: of these people at least.

    People that `facts` does not have are left out. Raises BadInput where a standard names an unknown fact.
    """
    asked = {standard.key: standard for several in standards.values() for standard in several}
    screening = screen(list(asked.values()), facts)
    known = set(screening.persons.to_list())
    values = _Values(facts)
    return {
        (person, title): _prospect(person, standards.get(title, ()), screening, values, facts.catalogue)
        for person, title in pairs
        if person in known
    }


class _Values:
    """Facts of one person, looked up when first asked for."""

    def __init__(self, facts: Snapshot) -> None:
        self._facts = facts
        self._kept: dict[int, Mapping[str, object]] = {}

    def of(self, person: int) -> Mapping[str, object]:
        if person not in self._kept:
            self._kept[person] = self._facts.of_person(person)
        return self._kept[person]


def _prospect(
    person: int, standards: Sequence[Standard], screening: Screening, values: _Values, catalogue: Catalogue
) -> Prospect:
    gaps: dict[tuple[object, ...], Gap] = {}
    unknown: dict[str, Criterion] = {}
    for standard in standards:
        verdict = screening.verdict_of(standard, person)
        if verdict is Verdict.MET:
            continue
        for criterion in screening.criteria_behind(standard, person, verdict):
            if criterion.fact in _BY_PLANNING:
                continue
            if verdict is Verdict.UNKNOWN:
                unknown.setdefault(criterion.fact, criterion)
            else:
                gaps.setdefault(criterion.comparison, _gap(criterion, values.of(person), catalogue))
        if verdict is Verdict.NOT_MET:
            silent = [c for c in standard.criteria() if values.of(person).get(c.fact) is None]
            unknown |= {criterion.fact: criterion for criterion in silent if criterion.fact not in unknown}
    found = tuple(gaps.values())
    confirmed = [gap for gap in found if gap.criterion.parameter.verified]
    return Prospect(_level(confirmed), found, tuple(unknown.values()))


def _gap(criterion: Criterion, values: Mapping[str, object], catalogue: Catalogue) -> Gap:
    if criterion.fact in TRAINING:
        return Gap(criterion, Remedy.TRAINING)
    if criterion.fact in _PAPERS:
        return Gap(criterion, Remedy.PAPERS)
    fact, found = catalogue[criterion.fact], values.get(criterion.fact)
    if fact.clock is Clock.ENDS or criterion.fact in _YEARLY:
        return Gap(criterion, Remedy.TIME, 12)
    grows = fact.clock is Clock.GROWS and criterion.operator in (Operator.AT_LEAST, Operator.ABOVE)
    if grows and isinstance(found, int) and isinstance(criterion.required, int | float):
        missing = int(criterion.required) - found + (criterion.operator is Operator.ABOVE)
        return Gap(criterion, Remedy.TIME, missing * (12 if fact.type is FactType.YEARS else 1))
    return Gap(criterion, Remedy.NONE)


def _level(gaps: Sequence[Gap]) -> Level:
    if not gaps:
        return Level.NOW
    if any(gap.remedy is Remedy.NONE for gap in gaps):
        return Level.NOT
    longest = max(gap.months or 0 for gap in gaps)
    if longest <= TERM_MONTHS:
        return Level.ONE_TERM
    return Level.TWO_TERMS if longest <= 2 * TERM_MONTHS else Level.NOT
