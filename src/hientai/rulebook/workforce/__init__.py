"""Job positions and competencies as data: groups by decree, and a framework of competencies with five levels each.

`groups.yaml` says which groups each decree divides job positions into and during which days it is in force;
`competencies.yaml` is the framework. Whatever nobody read in the text of the document says `verified: false`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

FOLDER = Path(__file__).parent
LEVELS = 5
STAFF = ("civil_servant", "public_employee")


@dataclass(frozen=True)
class JobGroup:
    """A group of job positions under one decree. catalogue: how many positions the decree lists, None where unknown."""

    code: str
    name: str
    verified: bool
    catalogue: int | None = None


@dataclass(frozen=True)
class Decree:
    """A decree on job positions, in force during [valid_from, valid_to). staff: one of `STAFF`."""

    code: str
    title: str
    staff: str
    valid_from: date
    valid_to: date | None
    verified: bool
    source: str
    groups: dict[str, JobGroup]

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Competency:
    """A competency with what each of its five levels means, the lowest first."""

    code: str
    name: str
    group: str
    about: str
    levels: tuple[str, ...]
    order: int


@dataclass(frozen=True)
class Framework:
    """Groups by code, competencies by code in their order, and whether anybody compared it with a text."""

    groups: dict[str, str]
    competencies: dict[str, Competency]
    verified: bool
    source: str


@cache
def decrees(file: Path = FOLDER / "groups.yaml") -> dict[str, Decree]:
    """The decrees by number. Raises BadInput `bad_workforce_file` for a missing, unknown or odd field."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {code: _decree(code, dict(fields), file.name) for code, fields in content["decrees"].items()}


def _decree(code: str, fields: dict[str, Any], file: str) -> Decree:
    where = f"{file}: {code}"
    groups = fields.pop("groups", None) or {}
    try:
        made = {key: JobGroup(key, **group) for key, group in groups.items()}
        found = Decree(code, valid_to=fields.pop("valid_to", None), groups=made, **fields)
    except TypeError as error:
        raise _bad(where, say("Thiếu hoặc thừa trường: {field}.", field=str(error))) from error
    if not made or found.staff not in STAFF:
        raise _bad(where, say("Nghị định phải nêu đối tượng và ít nhất một nhóm."))
    if found.valid_to is not None and found.valid_to <= found.valid_from:
        raise _bad(where, say("Nghị định hết hiệu lực trước khi có hiệu lực."))
    return found


@cache
def framework(file: Path = FOLDER / "competencies.yaml") -> Framework:
    """The framework. Raises BadInput `bad_workforce_file` where a competency lacks five levels or a group."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = {}
    for order, (code, fields) in enumerate(content["competencies"].items(), 1):
        where = f"{file.name}: {code}"
        try:
            made = Competency(code, order=order, **{**fields, "levels": tuple(fields["levels"])})
        except (KeyError, TypeError) as error:
            raise _bad(where, say("Thiếu hoặc thừa trường: {field}.", field=str(error))) from error
        if len(made.levels) != LEVELS or not all(made.levels) or made.group not in content["groups"]:
            raise _bad(where, say("Năng lực phải thuộc một nhóm và có đủ năm mức có lời mô tả."))
        found[code] = made
    return Framework(content["groups"], found, content["verified"], content["source"])


def _bad(where: str, sentence: Any) -> BadInput:
    return BadInput("bad_workforce_file", sentence, where)
