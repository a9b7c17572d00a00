"""Checks files of procedures one by one, each fault with file, line and key, where the loader stops at the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from hientai.engines.ballots.published import published_rules
from hientai.engines.errors import BadInput
from hientai.engines.procedure import Definition, faults, read_definition
from hientai.engines.wording import say
from hientai.rulebook.findings import Findings, Place
from hientai.rulebook.procedures import HOLIDAYS, calendar, check_sources
from hientai.rulebook.reading import read_yaml

_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


@dataclass(frozen=True)
class CheckedProcedure:
    """A definition that could be read, and its file; days half-open."""

    file: str
    code: str
    kind: str
    document: str
    valid_from: date
    valid_to: date | None


def check_procedures(folder: Path, findings: Findings) -> tuple[CheckedProcedure, ...]:
    """The definitions in `folder` by kind and first day, if there is such a folder; what is out of order is noted."""
    read: list[tuple[Definition, Place]] = []
    for file in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{file.name}"
        raw, place = read_yaml(file, name, findings)
        if raw is None:
            continue
        if file.name == HOLIDAYS:
            _check_holidays(folder, place, findings)
        elif (definition := _definition(raw, place, findings)) is not None:
            read.append((definition, place))
    read.sort(key=lambda one: (one[0].kind, one[0].valid_from, one[0].code))
    _check_regimes(read, findings)
    return tuple(
        CheckedProcedure(place.file, one.code, one.kind, one.document, one.valid_from, one.valid_to)
        for one, place in read
    )


def _definition(raw: object, place: Place, findings: Findings) -> Definition | None:
    rules = published_rules()
    try:
        definition = read_definition(raw, rules, place.file)
        check_sources(definition, place.file)
    except BadInput as error:
        findings.add(error.code, _place_of(error.where, place), error.message)
        return None
    except (ValueError, TypeError, AttributeError, ZeroDivisionError):
        findings.add(
            "bad_value", place, say("Một giá trị trong tệp không đúng kiểu; so với một quy trình có sẵn.")
        )
        return None
    for number, said in enumerate(faults(definition, rules)):
        findings.add(
            "unsound_procedure", place.at("steps") if number == 0 else place.at("steps", number), said
        )
    return definition


def _check_holidays(folder: Path, place: Place, findings: Findings) -> None:
    try:
        calendar(folder)
    except BadInput as error:
        findings.add(error.code, _place_of(error.where.removeprefix(f"{HOLIDAYS}: "), place), error.message)


def _check_regimes(read: list[tuple[Definition, Place]], findings: Findings) -> None:
    codes: dict[str, str] = {}
    for definition, place in read:
        if definition.code in codes:
            findings.add(
                "duplicate_procedure", place.at("code"),
                say("Hai tệp cùng mã quy trình “{code}”.", code=definition.code),
            )  # fmt: skip
        codes[definition.code] = place.file
    for (earlier, _), (later, place) in pairwise(read):
        if earlier.kind == later.kind and (earlier.valid_to is None or later.valid_from < earlier.valid_to):
            findings.add(
                "overlapping_regimes", place.at("in_force", "from"),
                say(
                    "Chồng lấn: {earlier} và {later} cùng có hiệu lực từ {day}.",
                    earlier=earlier.code, later=later.code, day=later.valid_from.isoformat(),
                ),
            )  # fmt: skip


def _place_of(where: str, root: Place) -> Place:
    """`procedures/a.yaml.steps[2].ballot` as a place in the file; the root where nothing is named."""
    path = where.removeprefix(root.file).lstrip(".: ")
    steps = [int(part[1:-1]) if part.startswith("[") else part for part in _STEP.findall(path)]
    place = root
    for step in steps:
        place = place.at(step)
    return place
