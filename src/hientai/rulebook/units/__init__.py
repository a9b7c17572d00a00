"""The administrative units of Viet Nam before and from 2025-07-01, which became which, and the history we know.

The tables are built by tools/build_units.py; README.md beside them says from what, under which licence.
`history.yaml` is made by hand: what was otherwise before mid-2025, each entry with its decision and `sure`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
REFORM = date(2025, 7, 1)


@dataclass(frozen=True)
class Area:
    """A province, district or commune: official code, name with its kind ("Xã Sín Thầu"), code of the area above.

    Codes of provinces, districts and communes have 2, 3 and 5 digits. From 2025-07-01 a commune stands below
    a province directly.
    """

    code: str
    name: str
    above: str = ""


@dataclass(frozen=True)
class Successor:
    """Commune `before` went to commune `after`, whole or (not main) in part; "D" + code: a district without any."""

    before: str
    after: str
    main: bool


@dataclass(frozen=True)
class Areas:
    """One state of the country: provinces, districts (none from 2025-07-01) and communes by code."""

    provinces: dict[str, Area]
    districts: dict[str, Area]
    communes: dict[str, Area]


@cache
def areas_before() -> Areas:
    """As of mid-2025, before the reform: 63 provinces, 696 districts, 10,035 communes."""
    return Areas(_areas("before-provinces"), _areas("before-districts"), _areas("before-communes"))


@cache
def areas_after() -> Areas:
    """From 2025-07-01: 34 provinces and 3,321 communes."""
    return Areas(_areas("after-provinces"), {}, _areas("after-communes"))


@cache
def successors() -> tuple[Successor, ...]:
    """Every pair (commune before, commune after); each commune before has exactly one main successor."""
    return tuple(Successor(before, after, main == "1") for before, after, main in _rows("successors"))


@cache
def history() -> tuple[dict[str, Any], ...]:
    """The entries of history.yaml: what changed before mid-2025 among the units that the scenarios need."""
    return tuple(yaml.safe_load((FOLDER / "history.yaml").read_text(encoding="utf-8"))["changes"])


@cache
def title_wishes() -> dict[str, tuple[str, ...]]:
    """Title before the reform -> titles its holders are proposed for, in order; not confirmed by any document."""
    content = yaml.safe_load((FOLDER / "titles-2025.yaml").read_text(encoding="utf-8"))
    return {title: tuple(wishes) for title, wishes in content["wishes"].items()}


def _areas(name: str) -> dict[str, Area]:
    return {row[0]: Area(row[0], row[-1], row[1] if len(row) == 3 else "") for row in _rows(name)}


def _rows(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return list(rows)
