"""Finds lists whose whole stands in an earlier sentence: "Kỷ luật 48 đảng viên. Hình thức: khiển trách 29,
..."."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hientai.engines.figures.findings import Slip
from hientai.engines.figures.grammar import Reading, Span, is_count
from hientai.engines.figures.groups import Group, Mention, Tie, bullet_of, items_of
from hientai.engines.figures.numbers import FIGURES, Bound
from hientai.engines.figures.partitions import are_disjoint, complete_among
from hientai.engines.figures.slips import likely_sum_slip
from hientai.engines.figures.units import Match, Unit, match

_FARTHEST_PARAGRAPHS = 3
_FARTHEST_LINES = 14
_SLIPS = frozenset({Slip.TRANSPOSED, Slip.ONE_DIGIT, Slip.OFF_BY_ONE})


def implied_groups(readings: Sequence[Reading], groups: Sequence[Group]) -> list[Group]:
    """Complete or disjoint lists without a whole of their own, tied to the earlier count that they make.

    A list that makes no earlier count is tied only to one that is known as a whole and that it misses by a
    slip of the pen; otherwise it states nothing.
    """
    taken = {id(part.number) for group in groups for part in group.parts}
    known = {group.whole.number.value for group in groups if len(group.parts) > 1}
    found: list[Group] = []
    for position, reading in enumerate(readings):
        for sentence in reading.sentences:
            numbers = [number for number in reading.level(sentence) if number.kind in FIGURES]
            items = items_of(reading, sentence, numbers)
            if group := _tied(items, taken, readings, position, known, _FARTHEST_PARAGRAPHS):
                found.append(group)
    found.extend(_line_lists(readings, taken, known))
    return found


def _line_lists(readings: Sequence[Reading], taken: set[int], known: set[Fraction]) -> Iterable[Group]:
    """Lines with the same mark, one count each."""
    position = 0
    while position < len(readings):
        mark = bullet_of(readings[position].text)
        stop = position + 1
        while mark in ("-", "a") and stop < len(readings) and bullet_of(readings[stop].text) == mark:
            stop += 1
        if stop - position >= 2:
            firsts = [_first_count(readings[line]) for line in range(position, min(stop, position + 30))]
            items = tuple(item for item in firsts if item is not None)
            if len(items) == len(firsts) and (
                group := _tied(items, taken, readings, position, known, _FARTHEST_LINES)
            ):
                yield group
        position = stop


def _first_count(reading: Reading) -> Mention | None:
    first = reading.sentences[0] if reading.sentences else Span(0, 0)
    items = items_of(reading, first, [number for number in reading.level(first) if number.kind in FIGURES])
    return items[0] if items else None


def _tied(
    items: tuple[Mention, ...],
    taken: set[int],
    readings: Sequence[Reading],
    position: int,
    known: set[Fraction],
    reach: int,
) -> Group | None:
    items = tuple(item for item in items if id(item.number) not in taken)
    labels = [item.label for item in items]
    if len(items) < 2 or any(item.number.bound is not Bound.EXACT for item in items):
        return None
    complete = len(complete_among(labels)) == len(items)
    if not complete and not (len(items) >= 3 and are_disjoint(labels)):
        return None
    parts = [item.number.value for item in items]
    wholes = _wholes(items, readings, position, reach)
    for whole in wholes:
        if whole.number.value == sum(parts):
            return Group(whole, items, Tie.IMPLIED)
    for whole in wholes:
        total = whole.number.value
        slip = likely_sum_slip(parts, total) if abs(total - sum(parts)) * 5 <= total else None
        sure = total in known or _stands_alone(whole, items[0])
        if sure and slip and slip.slip in _SLIPS:
            return Group(whole, items, Tie.IMPLIED)
    return None


def _stands_alone(whole: Mention, first: Mention) -> bool:
    """Whether the whole is the only figure of the sentence right before the list."""
    reading = whole.reading
    if reading is not first.reading or not whole.number.unit:
        return False
    sentence = reading.sentence_of(whole.number.start)
    alone = [n for n in reading.numbers if n.kind in FIGURES and reading.sentences[sentence].holds(n.start)]
    return sentence + 1 == reading.sentence_of(first.number.start) and len(alone) == 1


def _wholes(
    items: tuple[Mention, ...], readings: Sequence[Reading], position: int, reach: int
) -> list[Mention]:
    """Counts before the list, nearest first, that could be its whole."""
    first = items[0]
    largest = max(item.number.value for item in items)
    found: list[Mention] = []
    for distance in range(reach + 1):
        if position - distance < 0:
            break
        reading = readings[position - distance]
        for number in reversed(reading.numbers):
            before = distance > 0 or number.end <= first.number.start
            if (
                before
                and is_count(number)
                and number.bound is Bound.EXACT
                and number.value > largest
                and _may_add(number.unit, items)
            ):
                found.append(
                    Mention(
                        reading, number, reading.text[max(0, number.start - 50) : number.unit_end].strip()
                    )
                )
    return found


def _may_add(unit: Unit | None, items: tuple[Mention, ...]) -> bool:
    return all(match(item.number.unit, unit) in (Match.SAME, Match.OPEN) for item in items)
