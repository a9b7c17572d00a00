"""One page of a list whose total is already known, in the form Django's templates expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator

Row = TypeVar("Row")


class _Counted(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """A paginator that was told the total, so that it neither counts nor slices."""

    def __init__(self, total: int, size: int) -> None:
        super().__init__((), size)
        self.count: Any = total


def page_of(rows: Sequence[Row], total: int, number: int, size: int) -> Page:  # type: ignore[type-arg]
    """Page `number` (from 1) with its `rows`, of a list of `total` lines, `size` a page."""
    return Page(rows, number, _Counted(total, size))


def nearest_page(number: int, total: int, size: int) -> int:
    """`number` kept within the pages there are."""
    return max(1, min(number, -(-total // size) or 1))
