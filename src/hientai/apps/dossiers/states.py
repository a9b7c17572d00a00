"""Where papers stand on a day: read in a fixed number of statements for any number of dossiers, judged in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hientai.apps.dossiers import models
from hientai.apps.dossiers.types import WORST_FIRST, Cell, Outcome, PaperState
from hientai.engines.interval import last_day
from hientai.rulebook.dossiers import DossierTemplate, PaperKind


@dataclass(frozen=True, slots=True)
class Part:
    """The newest version of one part of a line with the newest word on it."""

    version_id: int
    outcome: str
    valid_to: date | None


@dataclass(frozen=True)
class Standing:
    """What is on file on a day: parts by (dossier, item), and the lines that are waived."""

    parts: dict[tuple[int, str], list[Part]]
    waived: frozenset[tuple[int, str]]


def standing(dossiers: Iterable[int], as_of: date) -> Standing:
    """The newest versions, appraisals and waivers of `as_of`; three statements."""
    ids = list(dossiers)
    newest = list(
        models.PaperVersion.objects.filter(dossier_id__in=ids, received_on__lte=as_of)
        .order_by("dossier_id", "item", "part", "-number")
        .distinct("dossier_id", "item", "part")
        .values_list("id", "dossier_id", "item", "valid_to")
    )
    outcomes = dict(
        models.Appraisal.objects.filter(
            version_id__in=[version for version, *_ in newest], appraised_on__lte=as_of
        )
        .order_by("version_id", "-id")
        .distinct("version_id")
        .values_list("version_id", "outcome")
    )
    parts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    for version, dossier, item, valid_to in newest:
        parts[dossier, item].append(Part(version, outcomes.get(version, ""), valid_to))
    waivers = (
        models.Waiver.objects.filter(dossier_id__in=ids, decided_on__lte=as_of)
        .order_by("dossier_id", "item", "-id")
        .distinct("dossier_id", "item")
        .values_list("dossier_id", "item", "granted")
    )
    return Standing(parts, frozenset((dossier, item) for dossier, item, granted in waivers if granted))


def cells(
    template: DossierTemplate, dossier: int, known: Standing, as_of: date, needed_on: date | None
) -> tuple[Cell, ...]:
    """The line of the board of one dossier, in the order of the template."""
    return tuple(_cell(kind, dossier, known, as_of, needed_on) for kind in template.papers)


def _cell(kind: PaperKind, dossier: int, known: Standing, as_of: date, needed_on: date | None) -> Cell:
    parts = known.parts.get((dossier, kind.code), [])
    state = state_of(kind, parts, is_waived=(dossier, kind.code) in known.waived, as_of=as_of)
    ends = min((part.valid_to for part in parts if part.valid_to), default=None)
    early = state == PaperState.ACCEPTED and ends is not None and needed_on is not None and ends <= needed_on
    return Cell(kind.code, state, last_day(ends), early, len(parts))


def state_of(kind: PaperKind, parts: Sequence[Part], *, is_waived: bool, as_of: date) -> PaperState:
    """The worst of the parts; a waiver stands where not every part is accepted."""
    found = [_state_of_part(part, as_of) for part in parts]
    worst = min(found, key=WORST_FIRST.__getitem__, default=None)
    if is_waived and worst != PaperState.ACCEPTED:
        return PaperState.WAIVED
    if worst is not None:
        return worst
    return PaperState.MISSING if kind.required else PaperState.OPTIONAL


def _state_of_part(part: Part, as_of: date) -> PaperState:
    if part.outcome == Outcome.RETURNED:
        return PaperState.RETURNED
    if part.valid_to is not None and part.valid_to <= as_of:
        return PaperState.EXPIRED
    return PaperState.ACCEPTED if part.outcome == Outcome.ACCEPTED else PaperState.AWAITING
