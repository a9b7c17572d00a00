"""Invented names, plausible for an ethnic group and a sex; never a name from the source articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import yaml

_FILE = Path(__file__).with_name("names.yaml")


@dataclass(frozen=True)
class NameStock:
    """What the names of one ethnic group and sex are made of; `reach`: running sums of family weights."""

    families: tuple[str, ...]
    reach: tuple[int, ...]
    middles: tuple[str, ...]
    givens: tuple[str, ...]

    def draw(self, chance: Random) -> str:
        family = chance.choices(self.families, cum_weights=self.reach)[0]
        return f"{family} {chance.choice(self.middles)} {chance.choice(self.givens)}"


def invented_name(ethnicity: str, sex: str, chance: Random) -> str:
    """A full name; groups without a stock of their own borrow the Kinh one."""
    stock = _stocks().get((ethnicity, sex)) or _stocks()["kinh", sex]
    name = stock.draw(chance)
    while name in forbidden_names():
        name = stock.draw(chance)
    return name


@cache
def forbidden_names() -> frozenset[str]:
    """Names of real people that the source articles print."""
    return frozenset(_content()["never"])


@cache
def _stocks() -> dict[tuple[str, str], NameStock]:
    found = {}
    for group, parts in _content()["groups"].items():
        families = tuple(parts["family"])
        reach = tuple(accumulate(parts["family"].values()))
        for sex in ("male", "female"):
            found[group, sex] = NameStock(
                families, reach, tuple(parts[sex]["middle"]), tuple(parts[sex]["given"])
            )
    return found


@cache
def _content() -> dict[str, Any]:
    return dict(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
