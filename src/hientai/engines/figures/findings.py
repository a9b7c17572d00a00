"""What the checker answers: one finding per share and per sum, each with its verdict, arithmetic and
place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from hientai.engines.wording import Sentence


class Verdict(StrEnum):
    """How a printed figure stands to the exact one.

    EXACT: equal; ROUNDED: rounded half up at its last printed digit; TRUNCATED: cut at its last printed
    digit;
    FORCED: one unit off in the last digit so that a whole set of shares prints as exactly 100;
    WRONG: none of these; BASE_MISSING: what it is a share of is not stated; UNIT_MIXED: persons added to
    turns.
    """

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    FORCED = "forced"
    WRONG = "wrong"
    BASE_MISSING = "base_missing"
    UNIT_MIXED = "unit_mixed"


FAULTS = frozenset({Verdict.WRONG, Verdict.UNIT_MIXED})
"""Verdicts that make a check fail."""


class Slip(StrEnum):
    """The likely cause of a wrong figure."""

    TRANSPOSED = "transposed"
    ONE_DIGIT = "one_digit"
    LAST_DIGIT = "last_digit"
    ROUNDED_UP = "rounded_up"
    NEIGHBOURING_BASE = "neighbouring_base"
    OTHER_DAY = "other_day"
    OTHER_COUNT = "other_count"
    COUNT_OR_BASE = "count_or_base"
    COMPLEMENT = "complement"
    DECIMAL_SHIFT = "decimal_shift"
    SURPLUS_BASE = "surplus_base"
    POINTS = "points"
    REST_MISSING = "rest_missing"
    PART_NAMED_ELSEWHERE = "part_named_elsewhere"
    COUNTED_TWICE = "counted_twice"
    OFF_BY_ONE = "off_by_one"
    PART_ABOVE_WHOLE = "part_above_whole"
    PERSONS_AND_TURNS = "persons_and_turns"
    WRONG_DIRECTION = "wrong_direction"


@dataclass(frozen=True)
class Likely:
    """slip: the machine word; sentence: the same in words, with the figure that would be right."""

    slip: Slip
    sentence: Sentence


@dataclass(frozen=True)
class Place:
    """name: "đoạn 3", "bảng 2, hàng 4", "Sheet1!B4"; passage: index of the paragraph or cell in the document,
    -1 when there is none; start, end: its characters in that passage; row, column: the cell of a table, else
    -1."""

    name: str
    passage: int = -1
    start: int = 0
    end: int = 0
    row: int = -1
    column: int = -1


@dataclass(frozen=True)
class Base:
    """A number that would serve as base: its value, what it is called and where it stands."""

    value: Fraction
    label: str = ""
    where: str = ""


class Relation(StrEnum):
    """What a share says: part of a whole, so many times, change against a base, surplus over seats."""

    SHARE = "share"
    TIMES = "times"
    CHANGE = "change"
    SURPLUS = "surplus"


@dataclass(frozen=True)
class ShareFinding:
    """One printed percentage or multiple, judged.

    printed: as in the source; value: the printed share as a fraction (58,02% is 5802/10000; 1,4 lần is
    14/10);
    num, den: what it is computed from, None when the source does not say; digits: printed decimals;
    bases: numbers that would fit when the base is missing; fitting: smallest and largest whole base that
    fits;
    given: the printed number as a JSON input gave it, None elsewhere.
    """

    label: str
    printed: str
    value: Fraction
    num: Fraction | None
    den: Fraction | None
    where: Place
    verdict: Verdict
    explanation: Sentence
    relation: Relation = Relation.SHARE
    digits: int = 0
    likely: Likely | None = None
    bases: tuple[Base, ...] = ()
    fitting: tuple[int, int] | None = None
    in_points: bool = False
    given: int | float | None = None

    @property
    def exact(self) -> Fraction | None:
        """The exact share, None when it cannot be computed."""
        if self.num is None or not self.den:
            return None
        return self.num / self.den


class Closing(StrEnum):
    """WHOLE: the parts are said to be all of the total; PARTS: some of it ("trong đó"); CHANGE: old + change
    = new;
    SHARES: printed shares that should make the total within rounding; RANK: a rank among so many."""

    WHOLE = "whole"
    PARTS = "parts"
    CHANGE = "change"
    SHARES = "shares"
    RANK = "rank"


@dataclass(frozen=True)
class SumFinding:
    """One printed total and its parts, judged. `rest` is total minus sum where the parts need not be all of
    it."""

    label: str
    parts: tuple[Fraction, ...]
    total: Fraction
    where: Place
    verdict: Verdict
    explanation: Sentence
    closing: Closing = Closing.WHOLE
    likely: Likely | None = None
    part_labels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def sum(self) -> Fraction:
        return sum(self.parts, Fraction(0))

    @property
    def rest(self) -> Fraction:
        return self.total - self.sum


@dataclass(frozen=True)
class Unclaimed:
    """A figure that no share or sum speaks of: listed, not judged."""

    text: str
    value: Fraction
    unit: str
    where: Place


@dataclass(frozen=True)
class Findings:
    """Everything found in one document, in reading order."""

    shares: tuple[ShareFinding, ...] = ()
    sums: tuple[SumFinding, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = field(default=())

    @property
    def faults(self) -> int:
        """How many findings are faults (wrong, or persons added to turns)."""
        verdicts = [share.verdict for share in self.shares] + [total.verdict for total in self.sums]
        return sum(verdict in FAULTS for verdict in verdicts)
