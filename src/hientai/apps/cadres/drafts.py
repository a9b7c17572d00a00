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
class CodeDraft:
    """One value of a code list."""

    list: str
    code: str
    name: str
    rank: int = 0
    order: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class CommendationDraft:
    title: str
    decided_on: date


@dataclass(frozen=True)
class HealthDraft:
    health_class: str
    valid_from: date


@dataclass(frozen=True)
class TextDraft:
    """What a list says word for word; kind: key of the list's field."""

    kind: str
    text: str
    valid_from: date


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
    commendations: tuple[CommendationDraft, ...] = ()
    health: tuple[HealthDraft, ...] = ()
    texts: tuple[TextDraft, ...] = ()


@dataclass(frozen=True)
class Reassignment:
    """What a reorganisation does to one person: posts that end, the seat that begins, who keeps the file.

    seat_id None: no seat follows. unit_id None: nobody keeps the file from then on, the person has left.
    tier "": as it was. keep_file: the file stays where it is.
    """

    person_id: int
    ends: tuple[int, ...] = ()
    seat_id: int | None = None
    unit_id: int | None = None
    tier: str = ""
    keep_file: bool = False

    def with_more(self, other: Reassignment) -> Reassignment:
        """Both for one person: all posts end, the one that says something about the file decides there."""
        says = other if self.keep_file else self
        return Reassignment(
            self.person_id, (*self.ends, *other.ends), self.seat_id or other.seat_id, says.unit_id, says.tier,
            says.keep_file,
        )  # fmt: skip


@dataclass(frozen=True)
class Following:
    """A state that begins on `on` in a history of one value: `row_id` is the version that holds that day, None when
    none does; until: the next version's first day; values: the new state."""

    row_id: int | None
    on: date
    values: dict[str, object]
    until: date | None = None


@dataclass(frozen=True)
class PersonChange:
    """All that a list changes in one file, seen at `version` of it (see `PersonOnFile.version`).

    corrections: biographical fields that were wrong or missing all along; changes: those that are otherwise from `on`.
    ending: positions that end on `on`; the other fields are added.
    """

    person_id: int
    version: str
    on: date
    biography_id: int
    corrections: dict[str, object] = field(default_factory=dict)
    changes: dict[str, object] = field(default_factory=dict)
    identities: tuple[str, ...] = ()
    ending: tuple[int, ...] = ()
    positions: tuple[PositionDraft, ...] = ()
    qualifications: tuple[QualificationDraft, ...] = ()
    ratings: tuple[RatingDraft, ...] = ()
    disciplines: tuple[DisciplineDraft, ...] = ()
    commendations: tuple[CommendationDraft, ...] = ()
    grade: Following | None = None
    health: Following | None = None
    texts: tuple[Following, ...] = ()
