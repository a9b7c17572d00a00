"""Answers of screening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

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
class ScreeningAnswer:
    """One standard asked of everybody in the actor's scope (and the unit asked for) on a day.

    violations: how many do not meet it by verified values alone; only these may be called breaches.
    ids: person ids by verdict (`met`, `not_met`, `unknown`), ascending.
    """

    standard: Standard
    as_of: date
    counts: Counts
    violations: int
    by_criterion: tuple[CriterionCounts, ...]
    ids: Mapping[str, tuple[int, ...]]


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
