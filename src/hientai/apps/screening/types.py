"""Answers of screening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import PersonRow
from hientai.engines.criteria.explain import ExplainedStandard
from hientai.engines.criteria.tree import Criterion, Standard
from hientai.engines.screening.screen import Counts, CriterionCounts
from hientai.engines.wording import Sentence

VERDICTS = [("met", _("Đạt")), ("not_met", _("Chưa đạt")), ("unknown", _("Chưa rõ"))]


@dataclass(frozen=True)
class ScreenedPerson:
    """One line of a screening list: who, the verdict, and which criteria stand behind it."""

    id: int
    code: str
    name: str
    position: str
    unit: str
    verdict: str
    behind: tuple[Sentence, ...]


@dataclass(frozen=True)
class LocalPart:
    """People judged by values that a unit set for itself: where, how many, the criteria with these values."""

    unit: str
    people: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class ScreeningAnswer:
    """One standard asked of everybody in the actor's scope (and the unit asked for) on a day.

    violations: how many do not meet it by verified values alone; only these may be called breaches.
    ids: person ids by verdict (`met`, `not_met`, `unknown`), ascending. standard: the version of the whole office;
    local: who is judged by values of a unit instead.
    """

    standard: Standard
    as_of: date
    counts: Counts
    violations: int
    by_criterion: tuple[CriterionCounts, ...]
    ids: Mapping[str, tuple[int, ...]]
    local: tuple[LocalPart, ...] = ()


@dataclass(frozen=True)
class ImpactKind:
    """Who gains, loses or becomes unknown: how many, and by which criterion."""

    kind: str
    count: int
    by_criterion: tuple[tuple[Criterion, int], ...]


@dataclass(frozen=True)
class ImpactCell:
    """One cell of the table before x after; `same` where nothing changes."""

    kind: str
    count: int
    same: bool


@dataclass(frozen=True)
class ImpactGroup:
    """The changes at one unit; unit_id None: nobody keeps their file."""

    unit_id: int | None
    name: str
    gains: int
    loses: int
    becomes_unknown: int
    base: int

    @property
    def unit_key(self) -> str:
        """The unit as an address names it; "0" where nobody keeps the file."""
        return str(self.unit_id or 0)

    @property
    def changes(self) -> int:
        """How many of its people change."""
        return self.gains + self.loses + self.becomes_unknown


@dataclass(frozen=True)
class NeededChange:
    """One change in words: what is, what would do, by which day time alone brings it, which course would."""

    label: Sentence
    found: Sentence
    needed: Sentence
    by_time: date | None
    course: Sentence | None
    is_missing: bool


@dataclass(frozen=True)
class AlmostPerson:
    """Somebody one criterion away: which one, what is found, what would do."""

    code: str
    name: str
    position: str
    unit: str
    criterion: Criterion
    found: Sentence
    required: Sentence
    by_time: date | None


@dataclass(frozen=True)
class AlmostAnswer:
    """Everybody one criterion away. by_criterion: how many each keeps away, and whether nothing can help."""

    standard: Standard
    as_of: date
    base: int
    by_criterion: tuple[tuple[Criterion, int, bool], ...]
    pairs: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class RegimesAnswer:
    """Some people under several versions of one standard; explained: by person code, in the order of `versions`."""

    code: str
    title: Sentence
    as_of: date
    versions: tuple[Standard, ...]
    people: tuple[PersonRow, ...]
    explained: Mapping[str, tuple[ExplainedStandard, ...]]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """One thing a search asks: a fact, an operator, a value as typed."""

    fact: str
    operator: str
    value: str = ""


@dataclass(frozen=True)
class FoundPerson:
    """A hit of a search with the reason: each condition and what was found."""

    code: str
    name: str
    position: str
    unit: str
    reasons: tuple[tuple[Sentence, Sentence], ...]


@dataclass(frozen=True)
class SearchAnswer:
    """A search as it was understood, over how many people; ids in the order of names; unknown: could not be told."""

    criteria: tuple[Criterion, ...]
    as_of: date
    base: int
    ids: tuple[int, ...]
    unknown: int


@dataclass(frozen=True)
class KeptSearch:
    """A search kept under a name."""

    id: int
    name: str
    owner: str
    is_own: bool
    shared: bool
    query: str


@dataclass(frozen=True)
class ComparedFact:
    """One fact of several people side by side; differs: they do not all have the same."""

    label: Sentence
    source: Sentence
    values: tuple[Sentence, ...]
    differs: bool


@dataclass(frozen=True)
class ComparedStandard:
    """One standard in force with the verdict of each person."""

    standard: Standard
    verdicts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Comparison:
    """People side by side. No order among them but the one in which they were asked for."""

    people: tuple[PersonRow, ...]
    facts: tuple[ComparedFact, ...]
    standards: tuple[ComparedStandard, ...]
