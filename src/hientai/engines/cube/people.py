"""Different people per code, where people have several rows: rows of one person lie together, and a row counts unless
an earlier one of the same person has the same code."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
MOST_COMPARED = (
    8  # rows of the same person a row is compared with, on average; beyond, pairs are sorted instead
)
OFTEN = 4  # where one row in so many has another so far before it, all rows are compared at once


class RowsOfPeople:
    """Rows in the order of people.

    order: places of all rows in that order; first: whether each begins a person; mask: which rows count at all.
    """

    def __init__(self, order: Places, first: NDArray[np.bool_], mask: NDArray[np.bool_] | None) -> None:
        number = np.cumsum(first, dtype=np.int32)
        if mask is not None:
            kept = mask[order]
            order, number = order[kept], number[kept]
        self.places = order
        self._person = number
        rows_each = np.bincount(number) if len(number) else np.zeros(1, dtype=np.int64)
        compared = int((rows_each * (rows_each - 1) // 2).sum())
        few = compared <= MOST_COMPARED * len(number)
        self._before = self._rows_before(int(rows_each.max())) if few else None

    def _rows_before(self, most: int) -> list[NDArray[Any]]:
        """For each distance: which rows have one of the same person so far before them.

        A Boolean for each row from that distance on, or, where few have, their places.
        """
        found: list[NDArray[Any]] = []
        for distance in range(1, most):
            same = self._person[distance:] == self._person[:-distance]
            few = int(same.sum()) * OFTEN < len(same)
            found.append(np.flatnonzero(same) + distance if few else same)
        return found

    def distinct(self, codes: NDArray[Any], size: int) -> NDArray[np.int64]:
        """For each code below `size` how many different people have it. codes: in the order of `places`."""
        if self._before is None:
            return self._by_sorting(codes, size)
        again = np.zeros(len(codes), dtype=np.bool_)
        equal = np.empty(len(codes), dtype=np.bool_)
        for distance, rows in enumerate(self._before, start=1):
            if rows.dtype != np.bool_:
                again[rows[codes[rows] == codes[rows - distance]]] = True
                continue
            here = equal[distance:]
            np.equal(codes[distance:], codes[:-distance], out=here)
            here &= rows
            again[distance:] |= here
        return np.bincount(codes[~again], minlength=size)

    def _by_sorting(self, codes: NDArray[Any], size: int) -> NDArray[np.int64]:
        pairs = np.sort(self._person.astype(np.int64) * max(size, 1) + codes)
        first = np.ones(len(pairs), dtype=np.bool_)
        first[1:] = pairs[1:] != pairs[:-1]
        return np.bincount(pairs[first] % max(size, 1), minlength=size)


def smallest(size: int) -> type[np.unsignedinteger[Any]]:
    """The type of the fewest bytes that holds every number below `size`."""
    return next(
        kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if size <= np.iinfo(kind).max + 1
    )
