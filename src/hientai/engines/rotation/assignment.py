"""The pure assignment problem (nobody seated, one round, no side rule), by OR-Tools' linear assignment.

The proof is a set of whole seat prices with which nobody prefers another seat to the one given.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import linear_sum_assignment

from hientai.engines.rotation.problem import Indices, Problem
from hientai.engines.rotation.programme import PERSON, VACANT_SEAT, Programme


def is_pure(programme: Programme) -> bool:
    """Whether only "one move a person" and "one arrival a seat" are left of the rules."""
    return set(programme.rule) <= {PERSON, VACANT_SEAT} and not programme.shortfalls


def assign(problem: Problem, programme: Programme) -> tuple[Indices, int]:
    """Columns of the best assignment and a bound that proves it (equal to its value).

    People may stay without a seat. Where everybody can go everywhere and no score is negative, all people
    are placed; otherwise each person gets a stay arc of score 0 and each seat an arc "stays empty".
    """
    n, person = _numbered(programme.owner)
    m, seat = _numbered(problem.pairs.seat[programme.pair])
    complete = n == m and programme.columns == n * m and (programme.gain >= 0).all()
    tail, head, score, column = person, seat, programme.gain, np.arange(programme.columns)
    if not complete:
        # Left: people then one idler a seat; right: seats then one stay a person.
        none = np.full(programme.columns, -1)
        tail = np.concatenate([person, np.arange(n), n + np.arange(m), n + seat])
        head = np.concatenate([seat, m + np.arange(n), np.arange(m), m + person])
        score = np.concatenate([programme.gain, np.zeros(n + m + programme.columns, dtype=np.int64)])
        column = np.concatenate([column, np.full(n + m, -1), none])
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    arcs = solver.add_arcs_with_cost(tail, head, -score)
    if solver.solve() != solver.OPTIMAL:
        raise AssertionError("an assignment with stay arcs always has a solution")
    mate = np.array([solver.right_mate(left) for left in range(n)])
    chosen = _columns_of(tail, head, column, arcs, mate, n)
    return chosen, _proven_bound(programme, person, seat, chosen)


def _numbered(ids: Indices) -> tuple[int, Indices]:
    """How many different ones there are, and each by its place among them; counting, where sorting would cost more
    than solving."""
    place = np.cumsum(np.bincount(ids) > 0) - 1
    return int(place[-1]) + 1, place[ids]


def _columns_of(
    tail: Indices, head: Indices, column: Indices, arcs: Indices, mate: Indices, n: int
) -> Indices:
    real = column >= 0
    hit = real & (mate[np.minimum(tail, n - 1)] == head) & (tail < n)
    return np.sort(column[np.flatnonzero(hit)])


def _proven_bound(programme: Programme, person: Indices, seat: Indices, chosen: Indices) -> int:
    """Smallest seat prices at which every person is content; sum of prices and of what people keep.

    price[s] >= score(p, s) - (what p keeps now) for all p, by longest paths from 0. An empty seat whose
    price rises, or rounds without end, would show the assignment not to be best: the bound then exceeds it.
    """
    price = np.zeros(int(seat.max(initial=-1)) + 1, dtype=np.int64)
    people = int(person.max(initial=-1)) + 1
    given = np.full(people, -1)
    given[person[chosen]] = chosen
    mine = np.where(given >= 0, given, 0)
    small = len(price) <= np.iinfo(np.uint16).max  # numpy sorts short integers by their digits
    order = np.argsort(seat.astype(np.uint16) if small else seat, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(seat[order]) > 0])
    gain, wisher = programme.gain[order], person[order]
    for _ in range(people + len(price) + 1):
        keeps = np.where(given >= 0, programme.gain[mine] - price[seat[mine]], 0)
        wanted = np.maximum(price, np.maximum.reduceat(gain - keeps[wisher], starts))
        if (wanted == price).all():
            break
        price = wanted
    best = np.zeros(people, dtype=np.int64)
    np.maximum.at(best, wisher, gain - np.repeat(price, np.diff(np.r_[starts, len(order)])))
    return int(price.sum() + best.sum())
