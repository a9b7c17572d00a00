"""One page of a list, with what is needed to turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """rows: the lines shown; total: of the whole list; number: from 1; size: lines a page."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_line(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_line(self) -> int:
        return min(self.number * self.size, self.total)
