"""What one answer about one person rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hientai.engines.facts.fact import Value


@dataclass(frozen=True)
class Evidence:
    """The record, its day, and the day by which time counts (see `Reading`); None where no record speaks."""

    record: str | None = None
    day: date | None = None
    anchor: date | None = None


@dataclass(frozen=True)
class KnownPerson:
    """All facts of one person as of a day, each with its evidence."""

    person_id: int
    as_of: date
    values: Mapping[str, Value | None]
    evidence: Mapping[str, Evidence]
