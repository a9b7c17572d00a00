"""What a scenario file says: the bodies of a province, how they are staffed, who succeeds whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Kind:
    """How bodies of one kind are staffed: places of leaders by title, and of the others (usual size, shares)."""

    code: str
    leaders: dict[str, int]
    size: int
    staff: dict[str, float]


@dataclass(frozen=True)
class Feeder:
    """Holders of `title` may fill a vacancy; within: the same `body`, `area`, `district` or `province`."""

    title: str
    within: str


@dataclass(frozen=True)
class Scenario:
    """A scenario file. content: the lists of bodies, read by `bodies`."""

    code: str
    province: str
    founded: date
    headcount: dict[str, int]
    kinds: dict[str, Kind]
    concurrent: dict[str, str]
    ladder: dict[str, tuple[Feeder, ...]]
    rotated: tuple[str, ...]
    ethnicity: dict[str, dict[str, float]]
    women: dict[str, float]
    content: dict[str, Any]


@cache
def read_scenario(name: str) -> Scenario:
    """The scenario in `<name>.yaml` beside this module."""
    content = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Scenario(
        code=content["code"],
        province=content["province"],
        founded=content["founded"],
        headcount=content["headcount"],
        kinds={code: Kind(code, **fields) for code, fields in content["kinds"].items()},
        concurrent=content["concurrent"],
        ladder={title: tuple(map(_feeder, feeders)) for title, feeders in content["ladder"].items()},
        rotated=tuple(content["rotated"]),
        ethnicity=content["ethnicity"],
        women=content["women"],
        content=content,
    )


def _feeder(text: str) -> Feeder:
    title, _, within = text.partition("@")
    return Feeder(title, within)
