"""Answers of screening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from hientai.engines.criteria.tree import Standard
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
