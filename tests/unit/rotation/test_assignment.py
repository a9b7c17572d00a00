"""The pure assignment case is solved directly and proved by seat prices."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from tests.unit.rotation.tiny import problem

from hientai.engines.rotation import Problem, solve


def assignment(scores: np.ndarray, absent: float = 0.0) -> Problem:  # type: ignore[type-arg]
    n, m = scores.shape
    gone = np.random.default_rng(5).random((n, m)) < absent
    pairs = [(p, s, 1, int(scores[p, s])) for p in range(n) for s in range(m) if not gone[p, s]]
    return problem([(0, 0, -1)] * m, list(range(n)), pairs, {"rounds": 1})


def test_a_complete_assignment_is_proven_best() -> None:
    scores = np.random.default_rng(1).integers(0, 1000, (30, 30))
    rows, columns = linear_sum_assignment(scores, maximize=True)
    result = solve(assignment(scores))
    assert (result.status, result.objective, result.bound) == (
        "optimal",
        *[int(scores[rows, columns].sum())] * 2,
    )


def test_people_who_only_hurt_stay_out() -> None:
    scores = np.random.default_rng(2).integers(-500, 500, (20, 26))
    padded = np.hstack([scores, np.zeros((20, 20), dtype=int)])
    rows, columns = linear_sum_assignment(padded, maximize=True)
    result = solve(assignment(scores))
    assert (result.status, result.objective) == ("optimal", int(padded[rows, columns].sum()))


def test_missing_pairs_are_never_used() -> None:
    scores = np.random.default_rng(3).integers(1, 100, (25, 20))
    gone = np.random.default_rng(5).random((25, 20)) < 0.7
    padded = np.hstack([np.where(gone, -10_000, scores), np.zeros((25, 25), dtype=int)])
    rows, columns = linear_sum_assignment(padded, maximize=True)
    result = solve(assignment(scores, absent=0.7))
    assert (result.status, result.objective) == ("optimal", int(padded[rows, columns].sum()))
