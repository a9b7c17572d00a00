"""The figures that published articles print, computed from the records of the scenario that tells their story.

A scenario's module offers FIGURES; a figure that no capability computes yet is named in NOT_YET, so that nobody takes
silence for agreement. To add a scenario: write its module, and add it to SCENARIOS.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hientai.foundation.actor import Actor

SCENARIOS: Mapping[str, str] = {"ha-long": "ha_long"}


@dataclass(frozen=True)
class Computed:
    """What the records say. value: rounded as printed; exact: not rounded; ok: agrees with the source.

    people: ids behind the figure, one for each turn or person it counts; address: the page that lists them.
    """

    value: Any
    exact: Any
    ok: bool
    people: tuple[int, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class SourceFigure:
    """One figure of a source. printed: as the source prints it; definition: what is counted, in which unit."""

    id: str
    printed: str
    definition: str
    report: str
    compute: Callable[[Actor, date], Computed]


@dataclass(frozen=True)
class Scenario:
    """The figures of one scenario, asked as of `as_of` where nobody names another day."""

    as_of: date
    figures: tuple[SourceFigure, ...]
    not_yet: tuple[str, ...] = field(default=())


def scenario(name: str) -> Scenario:
    """The figures of a scenario; KeyError where no such scenario has any."""
    module = importlib.import_module(f"{__name__}.{SCENARIOS[name]}")
    found: Scenario = module.SCENARIO
    return found
