"""The geometry of competency charts: one line a competency, in SVG units, for templates. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hientai.apps.workforce.types import GapLine, Outcome, UnitGap
from hientai.rulebook.workforce import LEVELS

LABEL, STEP, ROW, TOP = 230, 56, 34, 26
BAR = 14
WIDE = STEP * LEVELS
_PARTS = (Outcome.MET, Outcome.BELOW, Outcome.UNKNOWN)


@dataclass(frozen=True)
class PersonRow:
    """One competency of one person. length: of the bar, 0 when unknown; mark: where the required level stands."""

    line: GapLine
    y: int
    length: int
    mark: int | None

    @property
    def text_y(self) -> int:
        return self.y + 18

    @property
    def bar_y(self) -> int:
        return self.y + 8


@dataclass(frozen=True)
class Part:
    """People of one outcome in a bar."""

    outcome: str
    number: int
    x: int
    width: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class UnitBar:
    """One competency in a unit: parts that fill the bar exactly."""

    line: UnitGap
    y: int
    parts: tuple[Part, ...]

    @property
    def text_y(self) -> int:
        return self.y + 20

    @property
    def bar_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class Chart:
    """Rows with the size of the sheet; ticks: (x, level) of the scale, none for a chart of shares."""

    rows: tuple[PersonRow, ...] | tuple[UnitBar, ...]
    ticks: tuple[tuple[int, int], ...]
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.height - 4


def person_chart(lines: Sequence[GapLine]) -> Chart:
    """A bar as long as the assessed level, a mark at the required one, on a scale from 0 to 5."""
    rows = tuple(
        PersonRow(
            line, TOP + number * ROW, STEP * line.assessed.level if line.assessed else 0,
            None if line.required is None else LABEL + STEP * line.required,
        )
        for number, line in enumerate(lines)
    )  # fmt: skip
    ticks = tuple((LABEL + STEP * level, level) for level in range(1, LEVELS + 1))
    return Chart(rows, ticks, LABEL + WIDE + 20, TOP + ROW * len(rows) + 8)


def unit_chart(gaps: Sequence[UnitGap]) -> Chart:
    """A bar a competency, divided into who meets, who falls short and who was not assessed."""
    rows = tuple(UnitBar(gap, TOP + number * ROW, _parts(gap)) for number, gap in enumerate(gaps))
    return Chart(rows, (), LABEL + WIDE + 20, TOP + ROW * len(rows) + 8)


def _parts(gap: UnitGap) -> tuple[Part, ...]:
    parts, before = [], 0
    for outcome in _PARTS:
        number = gap.number(outcome)
        start = WIDE * before // gap.asked
        before += number
        if number:
            parts.append(Part(outcome, number, LABEL + start, max(1, WIDE * before // gap.asked - start)))
    return tuple(parts)
