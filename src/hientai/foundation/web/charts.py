"""The geometry of the charts that templates draw: lengths in thousandths, no scripts, no images.

Each function takes plain numbers and returns a frozen dataclass for one component of templates/cotton/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FULL = 1000
Number = int | float | Fraction


@dataclass(frozen=True)
class Datum:
    """One thing to draw. value: not negative. url: the list behind the number. tone: "2", "3" or "muted"."""

    label: str
    value: Number
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart. length: thousandths of the width."""

    label: str
    value: Number
    url: str
    tone: str
    length: int


@dataclass(frozen=True)
class Bars:
    """For <c-bars>. target: where the mark stands, thousandths; None for no mark."""

    rows: tuple[Bar, ...]
    target: int | None


@dataclass(frozen=True)
class Band:
    """A part of a whole. start, length: thousandths; share: exact, None where the whole is nothing."""

    label: str
    value: Number
    url: str
    tone: str
    start: int
    length: int
    share: Fraction | None


@dataclass(frozen=True)
class Bands:
    """For <c-bands>."""

    parts: tuple[Band, ...]


@dataclass(frozen=True)
class PyramidRow:
    """One age band: how many on the left and right, how long to draw them (thousandths), and their lists."""

    label: str
    left: int
    right: int
    left_length: int
    right_length: int
    left_url: str = ""
    right_url: str = ""

    @property
    def left_start(self) -> int:
        """The left bar grows from the middle outward."""
        return FULL - self.left_length


@dataclass(frozen=True)
class Pyramid:
    """For <c-pyramid>."""

    rows: tuple[PyramidRow, ...]


@dataclass(frozen=True)
class Line:
    """For <c-sparkline>: points of a polyline in a field of 100 by 24, and the place of the last one."""

    points: str
    last_x: int
    last_y: int


def bars(data: Iterable[Datum], *, target: Number | None = None, longest: Number | None = None) -> Bars:
    """A bar chart. target: a value to mark; longest: value of a full bar, by default the largest shown."""
    shown = tuple(data)
    full = longest if longest is not None else max([*(d.value for d in shown), target or 0], default=0)
    return Bars(
        tuple(Bar(d.label, d.value, d.url, d.tone, _length(d.value, full)) for d in shown),
        None if target is None else _length(target, full),
    )


def bands(parts: Iterable[Datum]) -> Bands:
    """The parts of one whole side by side; drawn parts fill the width exactly."""
    shown = tuple(parts)
    whole = sum((Fraction(part.value) for part in shown), Fraction(0))
    drawn, before = [], Fraction(0)
    for part in shown:
        start, before = _length(before, whole), before + Fraction(part.value)
        share = Fraction(part.value) / whole if whole else None
        length = _length(before, whole) - start
        drawn.append(Band(part.label, part.value, part.url, part.tone, start, length, share))
    return Bands(tuple(drawn))


def pyramid(
    rows: Iterable[tuple[str, int, int]], urls: Mapping[str, tuple[str, str]] | None = None
) -> Pyramid:
    """An age pyramid from (label, left, right), the top row first; both sides share one scale.

    urls: label -> addresses of the lists behind the left and the right number.
    """
    shown = tuple(rows)
    full = max((max(left, right) for _, left, right in shown), default=0)
    return Pyramid(
        tuple(
            PyramidRow(
                label, left, right, _length(left, full), _length(right, full),
                *(urls or {}).get(label, ("", "")),
            )
            for label, left, right in shown
        )
    )  # fmt: skip


def sparkline(values: Sequence[Number]) -> Line:
    """A line of at least two values, first to last; the lowest at the bottom, the highest at the top."""
    if len(values) < 2:
        raise ValueError("a line needs two values")
    low, high = min(values), max(values)
    spread = high - low or 1
    places = [
        (round(3 + 94 * index / (len(values) - 1)), round(21 - 18 * float((value - low) / spread)))
        for index, value in enumerate(values)
    ]
    return Line(" ".join(f"{x},{y}" for x, y in places), *places[-1])


def _length(value: Number, full: Number) -> int:
    """Rounded; something is never drawn as nothing."""
    if not full or not value:
        return 0
    return max(1, round(FULL * Fraction(value) / Fraction(full)))
