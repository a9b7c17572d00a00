"""People whom no rule tells apart, put together, so that the solver sees few columns.

Two people with the same coefficients in every row are interchangeable: of each such class only the best are
ever needed, and those of equal score are one whole-number column. Nothing is lost: any slate maps to one of
at least the same objective, and the members of a column are taken in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hientai.engines.integer_program import Floats, Ints, Program
from hientai.engines.slate.rows import Row

_SEED_OF_KEYS = 20_251_122


@dataclass(frozen=True)
class Columns:
    """members: positions of people, column after column; start: where each column begins (one more
    at the end); size: how many of a column are free to choose; fixed: positions chosen in any case."""

    members: Ints
    start: Ints
    size: Ints
    fixed: Ints

    @property
    def first(self) -> Ints:
        """One member of each column, who stands for all."""
        return self.members[self.start[:-1]]

    def people(self, counts: Ints) -> Ints:
        """The positions chosen when column j gives counts[j] of its people."""
        taken = [self.members[s : s + n] for s, n in zip(self.start[:-1], counts, strict=True) if n]
        return np.sort(np.concatenate([self.fixed, *taken]))


def columns_of(
    rows: Sequence[Row],
    ranks: Ints,
    fixed: NDArray[np.bool_],
    barred: NDArray[np.bool_],
    scores: Ints | None = None,
    best_only: bool = True,
) -> Columns:
    """The columns of a problem.

    rows: what tells people apart; ranks: position of each person in the order of ids (ties); fixed, barred:
    who is chosen or left out in any case; scores: a key that grows with the score (None: scores do not
    matter); best_only: drop those of a class whom its rows can never let in.
    """
    n = len(ranks)
    keys = _class_keys(rows, n)
    free = np.flatnonzero(~fixed & ~barred)
    value = np.zeros(n, dtype=np.int64) if scores is None else scores
    order = free[np.lexsort((ranks[free], -value[free], keys[free]))]
    if best_only and len(order):
        order = order[_rank_in_run(keys[order]) < _most_of_class(rows, order, keys, fixed)]
    if not len(order):
        none = np.zeros(0, dtype=np.int64)
        return Columns(none, np.zeros(1, dtype=np.int64), none, np.flatnonzero(fixed))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (keys[order][1:] != keys[order][:-1]) | (value[order][1:] != value[order][:-1])
    start = np.append(np.flatnonzero(new), len(order))
    return Columns(order, start, np.diff(start), np.flatnonzero(fixed))


def _class_keys(rows: Sequence[Row], people: int) -> NDArray[np.uint64]:
    """Equal keys exactly where all coefficients are equal (a random linear form, then checked row by row)."""
    draw = np.random.default_rng(_SEED_OF_KEYS)
    while True:
        keys = np.zeros(people, dtype=np.uint64)
        for row, weight in zip(rows, draw.integers(1, 2**63, len(rows), dtype=np.uint64), strict=True):
            keys[row.people] += row.coefficients.astype(np.uint64) * weight
        if _keys_are_exact(rows, keys):
            return keys


def _keys_are_exact(rows: Sequence[Row], keys: NDArray[np.uint64]) -> bool:
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    leader = first[which]
    full = np.zeros(len(keys), dtype=np.int64)
    for row in rows:
        full[row.people] = row.coefficients
        if not np.array_equal(full, full[leader]):
            return False
        full[row.people] = 0
    return True


def _rank_in_run(keys: NDArray[np.uint64]) -> Ints:
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    lengths = np.diff(np.append(starts, len(keys)))
    ranks: Ints = np.arange(len(keys)) - np.repeat(starts, lengths)
    return ranks


def _most_of_class(
    rows: Sequence[Row], order: Ints, keys: NDArray[np.uint64], fixed: NDArray[np.bool_]
) -> Ints:
    """For each person of `order`: how many of the class the rows that only add up could ever let in."""
    most = np.full(len(keys), len(keys), dtype=np.int64)
    for row in rows:
        if row.high is None or (row.coefficients != 1).any():
            continue
        room = max(0, row.high - int(fixed[row.people].sum()))
        most[row.people] = np.minimum(most[row.people], room)
    result: Ints = most[order]
    return result


@dataclass(frozen=True)
class Matrix:
    """Rows over columns: entries, and the limits after the fixed people are counted."""

    row_of: Ints
    column_of: Ints
    values: Ints
    low: Floats
    high: Floats


def matrix_of(rows: Sequence[Row], columns: Columns, people: int) -> Matrix:
    """The rows over the columns of interchangeable people."""
    column_at = np.full(people, -1, dtype=np.int64)
    column_at[columns.first] = np.arange(len(columns.size))
    fixed = np.zeros(people, dtype=np.int64)
    fixed[columns.fixed] = 1
    row_of, column_of, values, low, high = [], [], [], [], []
    for i, row in enumerate(rows):
        at = column_at[row.people]
        inside = at >= 0
        column_of.append(at[inside])
        values.append(row.coefficients[inside])
        row_of.append(np.full(len(column_of[-1]), i, dtype=np.int64))
        given = int(row.coefficients @ fixed[row.people])
        low.append(-np.inf if row.low is None else row.low - given)
        high.append(np.inf if row.high is None else row.high - given)
    return Matrix(
        np.concatenate(row_of),
        np.concatenate(column_of),
        np.concatenate(values),
        np.array(low),
        np.array(high),
    )


def program_of(matrix: Matrix, columns: Columns, objective: Floats) -> Program:
    """The program that chooses how many of each column."""
    size = columns.size.astype(np.float64)
    return Program(
        objective=objective,
        lower=np.zeros(len(size)),
        upper=size,
        integer=np.ones(len(size), dtype=bool),
        row_lower=matrix.low,
        row_upper=matrix.high,
        row_of=matrix.row_of,
        column_of=matrix.column_of,
        values=matrix.values.astype(np.float64),
    )
