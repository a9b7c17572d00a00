"""Looks for a good plan and its proof: pools of promising columns, neighbourhoods, their core, the proof.

Two things run side by side. Here: a first plan from a small pool, then large-neighbourhood search (free a few hundred
people who compete for the same seats, let everybody else keep the round, solve that exactly) and, where that finds no
more, SCIP on the most promising columns whole. In child processes: SCIP, for small problems HiGHS too, on every column
that a better plan could still use; when it ends, the plan is proven or the bound is lower.
With a repeatable budget the same steps run one after the other, limited by nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from hientai.engines.rotation.mixed_integer import HIGHS, SCIP, Branching, branch
from hientai.engines.rotation.problem import Indices, Problem
from hientai.engines.rotation.programme import Programme
from hientai.engines.rotation.relaxation import Relaxation, beyond_mending
from hientai.engines.rotation.result import Progress
from hientai.engines.rotation.stop import LP_WORK, Budget
from hientai.engines.rotation.worker import Worker

FIRST_WIDTH = 10.0
PROOF_COLUMNS, FIRST_PROOF_COLUMNS = 15_000, 5_000
_NEIGHBOURHOOD, _SMALLEST = 200, 40  # people set free at first, and at least
_SECONDS, _PATIENCE = 6.0, 15  # of each, and how many in a row may be in vain
_NEIGHBOURHOOD_NODES = 1000
_WIDTHS = (6.0, 15.0, 30.0, 60.0)
_FIRST_OF_MANY = {"engine": HIGHS, "presolve": False, "seconds": 8.0, "nodes": 20}


@dataclass(eq=False)
class Search:
    """The state of one search; `taken` are the columns of the best plan, None before the first."""

    problem: Problem
    programme: Programme
    relaxation: Relaxation
    budget: Budget
    seed: int
    listener: Callable[[Progress, Search], None] | None = None
    taken: Indices | None = None
    value: int = 0
    bound: int = 0
    is_infeasible: bool = False
    _random: np.random.Generator = field(init=False)
    _proof_columns: int = PROOF_COLUMNS
    _reach: float = _NEIGHBOURHOOD
    _in_vain: int = 0
    _core_columns: int = field(init=False)

    def __post_init__(self) -> None:
        self.bound = self.relaxation.bound
        self._core_columns = FIRST_PROOF_COLUMNS
        # A small pool first, and three times as many columns once those outside it decide the bound.
        if self._is_wide():
            self._proof_columns = FIRST_PROOF_COLUMNS
        self._random = np.random.default_rng(self.seed)
        pair = np.maximum(self.programme.pair, 0)
        self._seat = np.where(self.programme.pair >= 0, self.problem.pairs.seat[pair], -1)

    @property
    def is_proven(self) -> bool:
        return self.taken is not None and self.value >= self.bound

    def run(self) -> None:
        """Searches until proven best, impossible, or the budget is over."""
        self._integral_relaxation()
        if self.is_proven:
            return
        if self._is_large():
            self._first_plan_of_many()
        else:
            self._first_plan()
        if self.is_proven or self.is_infeasible or self.budget.is_over():
            return
        if self.budget.is_repeatable:
            self._repeatable()
        else:
            self._side_by_side()

    def start_from(self, taken: Indices) -> None:
        """A plan known to be feasible, to be improved."""
        self._accept(taken, "warm_start")

    def _accept(self, taken: Indices, step: str) -> bool:
        value = self._value(taken)
        if self.taken is not None and value <= self.value:
            return False
        self.taken, self.value = taken, value
        self._tell(step)
        return True

    def _value(self, taken: Indices) -> int:
        """Gain of a plan less the price of the minima it misses."""
        total = int(self.programme.gain[taken].sum())
        short = np.flatnonzero(self.programme.pair < 0)
        if len(short):
            over = np.asarray(self.programme.matrix[:, taken].sum(axis=1)).ravel() - self.programme.limit
            for column in short:
                row = self.programme.matrix[:, [column]].nonzero()[0]
                total += int(self.programme.gain[column]) * max(0, int(over[row].max()))
        return total

    def _tell(self, step: str) -> None:
        if self.listener:
            moves = None if self.taken is None else moves_of(self.problem, self.programme, self.taken)
            value = None if self.taken is None else self.value
            self.listener(Progress(step, value, self.bound, moves, self.budget.used), self)

    def _lower(self, bound: float, step: str) -> None:
        # A solver's bound is a float: what it proves of whole numbers is the next one below, with room.
        whole = int(np.floor(bound + 1e-4))
        if whole < self.bound:
            self.bound = max(whole, self.value) if self.taken is not None else whole
            self._tell(step)

    def _is_large(self) -> bool:
        return len(self._pool(FIRST_WIDTH)) > 12_000

    def _is_wide(self) -> bool:
        return len(self._pool(FIRST_WIDTH)) > 1500

    def _pool(self, width: float) -> Indices:
        """Columns that cost at most `width` against the bound, the shortfalls always."""
        near = (self.relaxation.reduced >= -width) | (self.programme.pair < 0)
        return np.flatnonzero(near)

    def _integral_relaxation(self) -> None:
        """When the linear relaxation is whole (no side rule binds), it is the plan and the proof."""
        share = self.relaxation.share
        whole = np.rint(share)
        if np.abs(share - whole).max(initial=0.0) > 1e-6:
            return
        taken = np.flatnonzero((whole > 0) & (self.programme.pair >= 0))
        if self._keeps_rules(taken):
            self._accept(taken, "relaxation")

    def _keeps_rules(self, taken: Indices) -> bool:
        programme = self.programme
        over = np.asarray(programme.matrix[:, taken].sum(axis=1)).ravel() - programme.limit
        soft = programme.matrix[:, np.flatnonzero(programme.pair < 0)].nonzero()[0]
        over[soft] = 0
        return bool((over <= 0).all())

    def _use(self, found: Branching, step: str) -> bool:
        self.budget.spend(found.nodes)
        return found.taken is not None and self._accept(found.taken, step)

    def _first_plan(self) -> None:
        """A plan from the pool, then, where that is cheap, the proof over all columns that could matter."""
        # Several rounds leave the relaxation further from whole plans: the good ones are spread wider.
        width = FIRST_WIDTH if self.problem.rules.rounds == 1 or self._is_wide() else 4 * FIRST_WIDTH
        tries = 0
        while self.taken is None and not self.budget.is_over():
            pool = self._pool(width)
            allowance = (6.0 if len(pool) < 1500 else 15.0) * 2**tries
            found = self._first_branch(pool, allowance, width)
            self._use(found, "pool")
            everything = len(pool) == self.programme.columns
            if self.taken is None and everything and self._settle_feasibility():
                return
            if (
                not found.is_infeasible
            ):  # out of time, on a busy machine: more of it, and a wider pool only then
                tries += 1
            if found.is_infeasible or tries % 2 == 0:
                width *= 4.0
        one_round = self.problem.rules.rounds == 1 and len(self._candidates()) <= 6000
        if self.taken is not None and one_round:  # nearly an assignment: proved at the root
            left = self.budget.seconds_left() or 0.0
            found = branch(self.programme, self._candidates(), self.budget, seconds=0.6 * left, nodes=200,
                           seed=self.seed, hint=self.taken, **self._solver_of_one_round())  # fmt: skip
            self._conclude(found, float(self.value), "proof")

    def _first_branch(self, pool: Indices, seconds: float, width: float) -> Branching:
        """Big pools start from what the relaxation takes whole; if that is a dead end, from nothing."""
        options: dict[str, Any] = {"seconds": seconds, "nodes": 400, "seed": self.seed}
        first = options | _FIRST_OF_MANY
        if self.problem.rules.rounds == 1:
            first = options = options | self._solver_of_one_round()
        if len(pool) > 1500 and width == FIRST_WIDTH:
            fixed = np.flatnonzero((self.relaxation.share > 1 - 1e-6) & (self.programme.pair >= 0))
            free = pool[~np.isin(self.programme.owner[pool], self.programme.owner[fixed])]
            near = free[self.relaxation.reduced[free] >= -4.0]
            found = branch(self.programme, near, self.budget, fixed=fixed, **first)
            if found.taken is not None:
                return found
        return branch(self.programme, pool, self.budget, **options)

    def _solver_of_one_round(self) -> dict[str, Any]:
        """Who solves one round: a few hundred people are proved at the root by HiGHS, in half the time without
        its presolve; with thousands SCIP is ahead."""
        return {} if self._is_wide() else {"engine": HIGHS, "presolve": False}

    def _settle_feasibility(self) -> bool:
        """Every column was there and no plan came out: without limits on nodes, is there one?"""
        found = branch(self.programme, self._pool(np.inf), self.budget, engine=HIGHS, seed=self.seed)
        self._use(found, "pool")
        self.is_infeasible = found.is_infeasible
        return True

    def _candidates(self) -> Indices:
        """Columns that a plan better than the present one could use (reduced-cost fixing)."""
        return self._pool(float(self.relaxation.bound - self.value))

    def _conclude(self, found: Branching, outside: float, step: str) -> None:
        """Takes over plan and bound of a branching; none with a column outside passes `outside`."""
        before = self.value
        self._use(found, step)
        if found.is_infeasible:
            self._lower(max(outside, float(before)), step)
        elif np.isfinite(found.bound):
            self._lower(max(outside, found.bound, float(self.value)), step)

    def _repeatable(self) -> None:
        """Neighbourhoods until twelve in a row brought nothing, then the proof; small problems only that."""
        dry = 0 if self._is_wide() else 12
        while dry < 12 and not self.budget.is_over():
            dry = 0 if self._improve(None) else dry + 1
        while not self.budget.is_over() and not self.is_proven:
            before = (self.value, self.bound, self._proof_columns)
            width, columns = self._proof_pool()
            found = branch(self.programme, columns, self.budget, seed=self.seed, hint=self.taken)
            if self._settled(found, width) or before == (self.value, self.bound, self._proof_columns):
                return

    def _side_by_side(self) -> None:
        """The proof in processes of its own, neighbourhoods here; wider pools until nothing is outside."""
        lengths = iter((60.0,))
        while not self.budget.is_over() and not self.is_proven:
            width, columns = self._proof_pool()
            left = self.budget.seconds_left()
            length = next(lengths, np.inf)  # what a process finds is known only when it ends
            # Its answer must be here before the time is over, also on a busy machine.
            seconds = None if left is None else min(length, max(1.0, 0.98 * left - 2.0))
            found = self._run_beside(columns, seconds)
            if not found:
                return
            settled = [self._settled(answer, width) for answer in found]
            if any(settled):
                return

    def _run_beside(self, columns: Indices, seconds: float | None) -> list[Branching]:
        """What SCIP finds over `columns`, and HiGHS too where there is nothing else to do meanwhile."""
        engines = (SCIP,) if self._is_wide() else (SCIP, HIGHS)
        with ExitStack() as stack:
            workers = [
                stack.enter_context(Worker(self.programme, columns, seconds, engine=engine, seed=self.seed,
                                           hint=self.taken))
                for engine in engines
            ]  # fmt: skip
            while all(worker.is_running() for worker in workers):
                if self.budget.is_over() or self.is_proven:
                    break
                if not self._is_wide() or self.taken is None:
                    workers[0].wait(0.1)
                elif self._in_vain < _PATIENCE or len(columns) <= self._core_columns:
                    self._improve(_SECONDS)
                else:
                    self._search_core(seconds, workers[0])
            answers = [worker.answer() for worker in workers]
        return [answer for answer in answers if answer is not None]

    def _search_core(self, seconds: float | None, proof: Worker) -> None:
        """Neighbourhoods find no more: the most promising columns go to SCIP, all at once, as long as the proof runs.

        Once they are proved, the next time it is twice as many.
        """
        width, columns = self._nearest(self._core_columns)
        left = self.budget.seconds_left()
        seconds = seconds if left is None else max(1.0, 0.98 * left - 2.0)
        with Worker(self.programme, columns, seconds, engine=SCIP, seed=self.seed, hint=self.taken) as core:
            while core.is_running() and proof.is_running() and not self.budget.is_over():
                core.wait(0.1)
            found = core.answer()
        self._in_vain = 0
        if found is not None:
            self._conclude(found, self.relaxation.bound - width, "core")
            self._core_columns *= 2 if found.is_proven else 1

    def _settled(self, found: Branching, width: float) -> bool:
        """Takes over what the columns within `width` gave; whether no column outside can matter any more."""
        outside = self.relaxation.bound - width
        self._conclude(found, outside, "proof")
        complete = found.is_proven or found.is_infeasible
        is_bound_by_width = np.isfinite(found.bound) and found.bound < outside
        self._proof_columns *= 3 if complete or is_bound_by_width else 1
        return complete and outside <= self.value

    def _proof_pool(self) -> tuple[float, Indices]:
        """The widest pool that the proof can be given, and how wide it is."""
        width = float(self.relaxation.bound - self.value)
        if len(self._pool(width)) > self._proof_columns:
            return self._nearest(self._proof_columns)
        return width, self._pool(width)

    def _nearest(self, columns: int) -> tuple[float, Indices]:
        """About so many columns of the smallest reduced cost, and the width they have."""
        width = float(max(1.0, np.floor(np.sort(-self.relaxation.reduced)[columns])))
        return width, self._pool(width)

    def _improve(self, seconds: float | None) -> bool:
        """One neighbourhood: some people are free, everybody else who moves keeps the round but not the seat, and the
        rest stays; solved by HiGHS. Those solved in vain make the next one larger, those cut short smaller."""
        if self.taken is None:
            return False
        programme, owner = self.programme, self.programme.owner
        free = self._neighbours(int(self._reach * self._random.choice([0.7, 1.0, 1.5])))
        kept_round = np.full(len(free), -1, dtype=np.int64)
        kept_round[owner[self.taken]] = programme.round[self.taken]
        pool = self._pool(self._random.choice(_WIDTHS))
        may_matter = free[owner[pool]] | (programme.round[pool] == kept_round[owner[pool]])
        columns = np.union1d(pool[may_matter | (programme.pair[pool] < 0)], self.taken)
        found = branch(
            programme, columns, self.budget, engine=HIGHS, seconds=seconds, nodes=_NEIGHBOURHOOD_NODES,
            seed=int(self._random.integers(2**30)), hint=self.taken,
        )  # fmt: skip
        is_better = self._use(found, "neighbourhood")
        self._in_vain = 0 if is_better else self._in_vain + 1
        if not found.is_proven:
            self._reach = max(_SMALLEST, 0.8 * self._reach)
        elif not is_better:
            self._reach = min(len(self.problem.people.ids), 1.1 * self._reach)
        return is_better

    def _neighbours(self, size: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """People to free: from a random one along promising columns to the holders of those seats."""
        programme, people = self.programme, len(self.problem.people.ids)
        free = np.zeros(int(programme.owner.max()) + 1, dtype=np.bool_)
        assert self.taken is not None
        pool = self._pool(FIRST_WIDTH)
        pool = np.union1d(pool[programme.pair[pool] >= 0], self.taken)
        active = np.unique(programme.owner[pool])
        wanted = min(size, len(active), max(20, int(0.9 * len(active))))
        order = pool[self._random.permutation(len(pool))]
        source, target = programme.owner[order], self.problem.seats.holder[self._seat[order]]
        free[self._random.choice(active)] = True
        while free[:people].sum() < wanted:
            before = int(free[:people].sum())
            linked = np.flatnonzero(free[source] | ((target >= 0) & free[target]))
            new = linked[~(free[source[linked]] & ((target[linked] < 0) | free[target[linked]]))]
            for place in new[: max(1, wanted // 8)]:
                free[source[place]] = True
                if target[place] >= 0:
                    free[target[place]] = True
            if int(free[:people].sum()) == before:
                free[self._random.choice(active)] = True
        return free

    def _first_plan_of_many(self) -> None:
        """Large problems: most of what the nearly solved relaxation takes whole is taken; the rest is
        solved to one part in a thousand; a wider pool and fewer fixed moves when that is a dead end."""
        for whole, width in ((0.97, 2.0), (0.995, 4.0), (2.0, 4.0)):
            fixed, free = self._taken_whole(whole, self._pool(width))
            left = self.budget.seconds_left()
            found = branch(self.programme, free, self.budget, fixed=fixed, gap=1e-3, nodes=50,
                           seconds=None if left is None else 0.6 * left, seed=self.seed)  # fmt: skip
            if self._use(found, "pool") or self.budget.is_over():
                return

    def _taken_whole(self, least: float, pool: Indices) -> tuple[Indices, Indices]:
        """Columns of which the relaxation takes at least `least`, as far as the rest of the pool can go with them, and
        those of the pool whose owners are free. The relaxation is only nearly solved, and without the relatives."""
        programme = self.programme
        fixed = np.flatnonzero((self.relaxation.share > least) & (programme.pair >= 0))
        while True:
            free = pool[~np.isin(programme.owner[pool], programme.owner[fixed])]
            if not len(fixed):
                return fixed, free
            self.budget.spend(LP_WORK)
            broken = beyond_mending(programme, free, fixed)
            breaks = sparse.csr_array(programme.matrix[:, fixed])[broken].maximum(0).sum(axis=0) > 0
            if not breaks.any():
                return fixed, free
            fixed = fixed[~breaks]


def moves_of(problem: Problem, programme: Programme, taken: Indices) -> tuple[tuple[int, int, int], ...]:
    """The moves of chosen columns, by round, then person."""
    pairs = problem.pairs
    chosen = programme.pair[taken]
    found = zip(
        pairs.person[chosen].tolist(), pairs.seat[chosen].tolist(), pairs.round[chosen].tolist(), strict=True
    )
    return tuple(sorted(found, key=lambda move: (move[2], move[0])))
