"""Why a problem has no plan: a smallest set of rules that cannot hold together, and the cheapest loosening.

The smallest set comes from a deletion filter over whole rules ("moves per round", "pinned move 3"): leave
one out; if the rest is still impossible, it was not needed. What remains is minimal: without any one of its
rules a plan exists. Impossibility is asked of the linear relaxation first and of SCIP when that says yes.
The cheapest loosening is a plan that misses limits by as few units as possible, all units counting alike.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from hientai.engines.rotation.explain import rule_name
from hientai.engines.rotation.mixed_integer import branch
from hientai.engines.rotation.problem import Problem, Rules
from hientai.engines.rotation.programme import ALWAYS, BUDGET_HULL, Programme, build
from hientai.engines.rotation.relaxation import relax
from hientai.engines.rotation.stop import Budget, Stop
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True)
class Conflict:
    """rules: the smallest set; sentences: the same in words; relaxations: (rule, where, by, words)."""

    rules: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    relaxations: tuple[tuple[str, str, int, Sentence], ...]


def explain_conflict(problem: Problem) -> Conflict:
    """The conflict of a problem without a plan. Empty when there is a plan after all."""
    names = _rule_groups(problem.rules)
    if _possible(problem, frozenset(names)):
        return Conflict((), (), ())
    needed = list(names)
    for name in names:
        rest = [other for other in needed if other != name]
        if not _possible(problem, frozenset(rest)):
            needed = rest
    sentences = tuple(_in_words(problem, name) for name in needed)
    return Conflict(tuple(needed), sentences, _cheapest(problem))


def _rule_groups(rules: Rules) -> list[str]:
    """Names of the rules that are there, hard ones only, in the order of rules.yaml's description."""
    soft = {name for name, _ in rules.soft}
    names = [key for key in ("moves_per_round", "cost_per_round", "unit_leaving_share", "unit_vacancy_growth",
                             "non_local_heads_minimum", "tenure", "unit_balance", "province_balance")
             if getattr(rules, key) is not None and key not in soft]  # fmt: skip
    names += [f"direction_minimum.{name}" for name, _ in rules.direction_minimum
              if f"direction_minimum.{name}" not in soft]  # fmt: skip
    names += ["relatives_apart"] if rules.relatives_apart else []
    names += [f"must_move.{group.name}" for group in rules.must_move if f"must_move.{group.name}" not in soft]
    names += [f"not_together.{number}" for number in range(len(rules.not_together))]
    names += [f"pinned.{number}" for number in range(len(rules.pinned))]
    return names + [f"forbidden.{number}" for number in range(len(rules.forbidden))]


def _with_only(rules: Rules, kept: frozenset[str]) -> Rules:
    """The rules in `kept`, and the number of rounds."""

    def listed(prefix: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(value for number, value in enumerate(values) if f"{prefix}.{number}" in kept)

    return Rules(
        rounds=rules.rounds,
        moves_per_round=rules.moves_per_round if "moves_per_round" in kept else None,
        cost_per_round=rules.cost_per_round if "cost_per_round" in kept else None,
        unit_leaving_share=rules.unit_leaving_share if "unit_leaving_share" in kept else None,
        unit_vacancy_growth=rules.unit_vacancy_growth if "unit_vacancy_growth" in kept else None,
        direction_minimum=tuple(
            pair for pair in rules.direction_minimum if f"direction_minimum.{pair[0]}" in kept
        ),
        non_local_heads_minimum=rules.non_local_heads_minimum if "non_local_heads_minimum" in kept else None,
        relatives_apart="relatives_apart" in kept,
        pinned=listed("pinned", rules.pinned),
        forbidden=listed("forbidden", rules.forbidden),
        must_move=tuple(group for group in rules.must_move if f"must_move.{group.name}" in kept),
        not_together=listed("not_together", rules.not_together),
        tenure=rules.tenure if "tenure" in kept else None,
        unit_balance=rules.unit_balance if "unit_balance" in kept else None,
        province_balance=rules.province_balance if "province_balance" in kept else None,
    )


def _possible(problem: Problem, kept: frozenset[str]) -> bool:
    """Whether some plan keeps the rules in `kept`."""
    smaller = dataclasses.replace(problem, rules=_with_only(problem.rules, kept))
    programme = build(smaller)
    if (programme.limit >= 0).all():
        return True  # nobody moves
    programme = dataclasses.replace(programme, gain=np.zeros_like(programme.gain))
    if programme.columns == 0:
        return False
    relaxation = relax(programme, Budget(Stop()))
    if relaxation is None:
        return False
    used = np.flatnonzero(relaxation.share > 1e-6)
    if branch(programme, used, Budget(Stop())).taken is not None:
        return True
    return branch(programme, np.arange(programme.columns), Budget(Stop())).taken is not None


def _in_words(problem: Problem, name: str) -> Sentence:
    rules, base, _, number = problem.rules, *name.rpartition(".")
    if base in ("pinned", "forbidden"):
        ban = (rules.pinned if base == "pinned" else rules.forbidden)[int(number)]
        person = problem.people.ids[ban.person] if ban.person >= 0 else "*"
        seat = problem.seats.ids[ban.seat] if ban.seat >= 0 else "*"
        return say("{rule}: {person} → {seat} đợt {round}", rule=rule_name(base), person=person, seat=seat,
                   round=ban.round or "*")  # fmt: skip
    if base == "not_together":
        people = ", ".join(problem.people.ids[person] for person in rules.not_together[int(number)])
        return say("{rule}: {people}", rule=rule_name(base), people=people)
    if name in ("unit_balance", "province_balance"):
        return say("{rule}", rule=rule_name(f"{name}.net_maximum"))
    limit: object = dict(rules.direction_minimum).get(number) if base == "direction_minimum" else None
    limit = (
        {group.name: group.at_least for group in rules.must_move}.get(number, limit)
        if base == "must_move"
        else limit
    )
    limit = getattr(rules, name, limit)
    if name == "cost_per_round" and rules.cost_per_round:
        limit = rules.cost_per_round.limit
    if isinstance(limit, int | float) and not isinstance(limit, bool):
        return say("{rule}: {limit}", rule=rule_name(name), limit=limit)
    return rule_name(name)


def _cheapest(problem: Problem) -> tuple[tuple[str, str, int, Sentence], ...]:
    """The plan that misses side rules by the fewest units in all, and what it misses."""
    free = dataclasses.replace(problem.rules, forbidden=(), tenure=None, soft=())
    programme = build(dataclasses.replace(problem, rules=free), skip=frozenset([BUDGET_HULL]))
    always = [programme.rule.index(name) for name in ALWAYS if name in programme.rule]
    elastic = np.flatnonzero(~np.isin(programme.rule_of_row, always))
    count = len(elastic)
    room = np.asarray(programme.matrix.maximum(0).sum(axis=1)).ravel() - programme.limit
    less_one = (np.full(count, -1, dtype=np.int64), (elastic, np.arange(count)))
    slack = sparse.csc_array(sparse.coo_array(less_one, shape=(len(programme.limit), count)))
    top = int(programme.owner.max(initial=-1)) + 1
    wide = Programme(
        np.concatenate([programme.pair, np.full(count, -1)]),
        np.concatenate([programme.owner, top + np.arange(count)]),
        np.concatenate([programme.round, np.zeros(count, dtype=np.int64)]),
        np.concatenate([np.zeros(programme.columns, dtype=np.int64), np.full(count, -1)]),
        np.concatenate([programme.upper, np.maximum(1, room[elastic])]),
        sparse.csc_array(sparse.hstack([programme.matrix, slack])),
        programme.limit, programme.rule, programme.rule_of_row, programme.key_of_row, programme.divisor,
    )  # fmt: skip
    found = branch(wide, np.arange(wide.columns), Budget(Stop()), nodes=2000)
    if found.taken is None:
        return ()
    over = np.asarray(programme.matrix[:, found.taken].sum(axis=1)).ravel() - programme.limit
    answer = []
    for row in elastic[over[elastic] > 0].tolist():
        rule, by = (
            programme.rule[int(programme.rule_of_row[row])],
            _beyond(problem, programme, row, int(over[row])),
        )
        words = say("nới {rule} thêm {by}", rule=rule_name(rule), by=by)
        answer.append((rule, str(int(programme.key_of_row[row])), by, words))
    return tuple(answer)


def _beyond(problem: Problem, programme: Programme, row: int, over: int) -> int:
    """By how much the limit stated in rules.yaml must grow when a row is passed by `over` of its own units."""
    cost = problem.rules.cost_per_round
    if programme.rule[int(programme.rule_of_row[row])] != "cost_per_round" or cost is None:
        return over
    return (int(programme.limit[row]) + over) * int(programme.divisor[row]) - cost.limit
