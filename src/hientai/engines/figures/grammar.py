"""How a paragraph hangs together: sentences, brackets, clauses, and which numbers stand on which level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hientai.engines.figures.numbers import Kind, Number, numbers_in
from hientai.engines.figures.units import Family, counts

_STOP = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-ỸĐ\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TX|TT|ThS|Ths|TS|PGS|GS|BS|KS|CN|Ô|B|Đ/c|đ/c|Q|P|H|T|St|No|tr|vs|v\.v|[IVX]{1,5}"
    r"|\d{1,2}(?:\.\d{1,2}){0,2})\.?$"
)
_OPENERS, _CLOSERS = "([", ")]"
_DEEPEST = 8


@dataclass(frozen=True)
class Span:
    """Characters [start, end) of a paragraph."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


@dataclass(frozen=True)
class Bracket:
    """A bracketed stretch: open and close are the positions of the brackets; depth 1 is the outermost."""

    open: int
    close: int
    depth: int

    @property
    def inside(self) -> Span:
        return Span(self.open + 1, self.close)


class Reading:
    """One paragraph with its numbers and structure, computed once.

    text: cleaned (NFC); index: position of the paragraph in the draft; name: where it stands.
    """

    def __init__(self, text: str, index: int = 0, name: str = "") -> None:
        self.text = text
        self.index = index
        self.name = name

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return numbers_in(self.text)

    @cached_property
    def brackets(self) -> tuple[Bracket, ...]:
        """Closed brackets in order of opening; unbalanced ones and those deeper than 8 are plain text."""
        stack: list[int] = []
        found: list[Bracket] = []
        for hit in re.finditer(r"[()\[\]]", self.text):
            if hit.group() in _OPENERS:
                stack.append(hit.start())
            elif stack and self.text[stack[-1]] == _OPENERS[_CLOSERS.index(hit.group())]:
                opened = stack.pop()
                if len(stack) < _DEEPEST:
                    found.append(Bracket(opened, hit.start(), 0))
        found.sort(key=lambda bracket: bracket.open)
        return tuple(_with_depths(found))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences by their stops; a stop after an abbreviation, an item number or inside brackets is
        none."""
        spans, start = [], 0
        outer = [bracket for bracket in self.brackets if bracket.depth == 1]
        for hit in _STOP.finditer(self.text):
            stop = hit.start()
            if _ABBREVIATION.search(self.text[max(start, stop - 12) : stop]) and hit.group().strip() == ".":
                continue
            if any(bracket.open < stop < bracket.close for bracket in outer):
                continue
            spans.append(Span(start, hit.end()))
            start = hit.end()
        if start < len(self.text):
            spans.append(Span(start, len(self.text)))
        return tuple(spans)

    def sentence_of(self, position: int) -> int:
        """Which sentence holds the position."""
        for number, span in enumerate(self.sentences):
            if position < span.end:
                return number
        return max(0, len(self.sentences) - 1)

    def bracket_of(self, position: int) -> Bracket | None:
        """The innermost bracket around the position."""
        around = [bracket for bracket in self.brackets if bracket.open < position < bracket.close]
        return max(around, key=lambda bracket: bracket.depth) if around else None

    def level(self, span: Span) -> list[Number]:
        """Numbers of the span that stand in no bracket inside the span."""
        inner = [
            bracket for bracket in self.brackets if span.start <= bracket.open and bracket.close <= span.end
        ]
        return [
            number
            for number in self.numbers
            if span.holds(number.start)
            and not any(bracket.open < number.start < bracket.close for bracket in inner)
        ]

    def flat(self, span: Span) -> str:
        """The text of the span with its brackets blanked out, positions kept."""
        text = list(self.text[span.start : span.end])
        for bracket in self.brackets:
            if span.start <= bracket.open and bracket.close <= span.end:
                for position in range(
                    bracket.open - span.start, min(len(text), bracket.close + 1 - span.start)
                ):
                    text[position] = " "
        return "".join(text)


def _with_depths(brackets: list[Bracket]) -> list[Bracket]:
    open_ones: list[Bracket] = []
    deep: list[Bracket] = []
    for bracket in brackets:
        while open_ones and open_ones[-1].close < bracket.open:
            open_ones.pop()
        open_ones.append(bracket)
        deep.append(Bracket(bracket.open, bracket.close, len(open_ones)))
    return deep


def is_count(number: Number) -> bool:
    """Whether the number states an amount that may be a part, a whole, a numerator or a base: a count of
    whole things, money, an area or a length."""
    if number.kind is Kind.MEASURE or not counts(number.unit):
        return (
            number.kind in (Kind.MEASURE, Kind.RATIO)
            and number.unit is not None
            and number.unit.family in _MEASURED
        )
    return number.kind in (Kind.COUNT, Kind.RATIO)


_MEASURED = frozenset({Family.MONEY, Family.MEASURE})
