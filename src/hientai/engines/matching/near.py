"""Who among many may be one of those asked for, by name and birth alone: found before anybody's numbers are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from hientai.engines.matching.blocks import is_shortened, slips_between


class NameAndBirth(NamedTuple):
    """name: as `search_key` folds it; month and day: 0 where they are not known."""

    name: str
    year: int
    month: int = 0
    day: int = 0


def near(asked: Sequence[NameAndBirth], known: Sequence[NameAndBirth]) -> list[tuple[int, int]]:
    """Pairs (index in asked, index in known) worth comparing, each once, in order.

    They share name and year, or a whole birthday and nearly the name: a slip or two, a middle name left out.
    """
    of_year: dict[tuple[str, int], list[int]] = defaultdict(list)
    of_day: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index, each in enumerate(asked):
        of_year[each.name, each.year].append(index)
        if each.day:
            of_day[each.year, each.month, each.day].append(index)
    found: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for other, (name, year, month, day) in enumerate(known):
        if (name, year) in of_year:
            found += [(index, other) for index in of_year[name, year]]
        if day and (year, month, day) in of_day:
            doubtful += [(i, other) for i in of_day[year, month, day] if asked[i].name != name]
    return sorted(found + _alike(asked, known, doubtful))


def _alike(
    asked: Sequence[NameAndBirth], known: Sequence[NameAndBirth], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    left, right = [asked[i].name for i, _ in pairs], [known[j].name for _, j in pairs]
    slipped = slips_between(left, right).tolist()
    return [
        pair
        for pair, one, two, slip in zip(pairs, left, right, slipped, strict=True)
        if slip or (one[:1] == two[:1] and one[-1:] == two[-1:] and is_shortened(one.split(), two.split()))
    ]
