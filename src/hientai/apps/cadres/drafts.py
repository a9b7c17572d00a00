"""What a person to be entered looks like: frozen input of the services, filled by imports, forms and demos."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hientai.apps.cadres.types import Born, PositionKind


@dataclass(frozen=True)
class PositionDraft:
    """A seat held during [valid_from, valid_to)."""

    seat_id: int
    valid_from: date
    valid_to: date | None = None
    kind: str = PositionKind.FULL_TIME
    source: str = ""


@dataclass(frozen=True)
class QualificationDraft:
    """kind and level are codes of the code lists; valid_from: awarded, or first known."""

    kind: str
    level: str
    valid_from: date
    field: str = ""
    institution: str = ""


@dataclass(frozen=True)
class RatingDraft:
    year: int
    rating: str


@dataclass(frozen=True)
class DisciplineDraft:
    form: str
    decided_on: date
    expires_on: date | None = None


@dataclass(frozen=True)
class GradeDraft:
    grade: str
    valid_from: date
    step: int | None = None
    coefficient: Decimal | None = None


@dataclass(frozen=True)
class ManagementDraft:
    """Which unit keeps the file and which authority manages the person, from a day on."""

    unit_id: int
    tier: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class PersonDraft:
    """Somebody to be entered with all that is known. `biography` holds further fields of BiographicalRecord."""

    full_name: str
    sex: str
    born: Born
    management: tuple[ManagementDraft, ...]
    identities: tuple[str, ...] = ()
    biography: dict[str, object] = field(default_factory=dict)
    positions: tuple[PositionDraft, ...] = ()
    qualifications: tuple[QualificationDraft, ...] = ()
    ratings: tuple[RatingDraft, ...] = ()
    disciplines: tuple[DisciplineDraft, ...] = ()
    grades: tuple[GradeDraft, ...] = ()
    code: str = ""
