"""Tiny rotation problems, written in place or drawn by Hypothesis, and their slow exact answer."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st

from hientai.engines.rotation import Problem, verify
from hientai.engines.rotation.problem import Pairs, People, Seats, Units
from hientai.engines.rotation.rules_file import rules_from_tree


def problem(
    seats: list[tuple[int, int, int]],
    people: list[int],
    pairs: list[tuple[int, int, int, int]],
    rules: dict[str, Any],
    *,
    levels: list[int] | None = None,
    provinces: list[int] | None = None,
    home: list[int] | None = None,
    relatives: list[tuple[int, int]] = (),  # type: ignore[assignment]
    tenure: list[int] | None = None,
) -> Problem:
    """seats: (unit, head, holder or -1); people: number of them; pairs: (person, seat, round, score)."""
    count = max(unit for unit, _, _ in seats) + 1
    units = Units(
        tuple(f"u{k}" for k in range(count)),
        np.array(levels or [3] * count),
        np.array(provinces or [0] * count),
    )
    table = np.array(seats, dtype=np.int64)
    places = Seats(tuple(f"s{k}" for k in range(len(seats))), table[:, 0], table[:, 1] == 1, table[:, 2])
    seat = np.full(len(people), -1)
    for place, (_, _, holder) in enumerate(seats):
        if holder >= 0:
            seat[holder] = place
    unit = np.where(seat >= 0, places.unit[np.maximum(seat, 0)], -1)
    folk = People(
        tuple(f"p{k}" for k in range(len(people))), seat, unit, np.array(home or [0] * len(people)),
        np.array(list(relatives), dtype=np.int64).reshape(-1, 2), None if tenure is None else np.array(tenure),
    )  # fmt: skip
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 4)
    away = folk.home_province[rows[:, 0]] != units.province[places.unit[rows[:, 1]]]
    allowed = Pairs(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], away)
    names = tuple(str(k) for k in range(int(units.province.max()) + 1))
    return Problem(units, places, folk, allowed, rules_from_tree(rules, folk, places, allowed), names)


def best_by_enumeration(tiny: Problem) -> int | None:
    """The objective of the best feasible set of moves, tried one after the other; None when there is none."""
    moves = list(
        zip(tiny.pairs.person.tolist(), tiny.pairs.seat.tolist(), tiny.pairs.round.tolist(), strict=True)
    )
    best: int | None = None
    for size in range(min(len(tiny.people.ids), len(moves)) + 1):
        for chosen in combinations(moves, size):
            report = verify(tiny, chosen)
            if report.is_feasible and (best is None or report.objective > best):
                best = report.objective
    return best


@st.composite
def tiny_problems(draw: st.DrawFn) -> Problem:
    """Up to four people, five seats, three units, two rounds, eight pairs, any mixture of rules."""
    count, units, rounds = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 2))
    free = draw(st.integers(0, 2))
    holders = draw(st.permutations([*range(count), *[-1] * free]))
    seats = [(draw(st.integers(0, units - 1)), draw(st.integers(0, 1)), holder) for holder in holders]
    seats.append((units - 1, 0, -1))
    possible = [
        (person, seat, when)
        for person in range(count)
        for seat in range(len(seats))
        for when in range(1, rounds + 1)
        if seats[seat][2] != person
    ]
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, max_size=8))
    pairs = [(*move, draw(st.integers(-5, 30))) for move in chosen]
    return problem(
        seats, list(range(count)), pairs, draw(_rules(count, rounds, pairs)),
        levels=[draw(st.integers(1, 3)) for _ in range(units)],
        provinces=[draw(st.integers(0, 1)) for _ in range(units)],
        home=[draw(st.integers(0, 1)) for _ in range(count)],
        relatives=[(a, b) for a in range(count) for b in range(a + 1, count) if draw(st.booleans())],
        tenure=[draw(st.integers(0, 30)) for _ in range(count)],
    )  # fmt: skip


@st.composite
def _rules(
    draw: st.DrawFn, count: int, rounds: int, pairs: list[tuple[int, int, int, int]]
) -> dict[str, Any]:
    rules: dict[str, Any] = {"rounds": rounds}
    people = st.lists(st.sampled_from([f"p{k}" for k in range(count)]), unique=True, min_size=1)
    options: dict[str, st.SearchStrategy[Any]] = {
        "moves_per_round": st.integers(0, 3),
        "cost_per_round": st.fixed_dictionaries(
            {"limit": st.integers(0, 70), "same_province": st.just(10), "other_province": st.just(35)}),
        "unit_leaving_share": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        "unit_vacancy_growth": st.integers(0, 2),
        "direction_minimum": st.dictionaries(st.sampled_from(["up", "down", "side"]), st.integers(0, 2)),
        "non_local_heads_minimum": st.integers(0, 2),
        "relatives_apart": st.booleans(),
        "not_together": st.lists(people, max_size=2),
        "must_move": st.lists(people.map(lambda names: {"people": names, "at_least": 1}), max_size=1),
        "tenure": st.fixed_dictionaries(
            {"minimum_months": st.integers(0, 24), "months_per_round": st.integers(0, 12)}),
        "unit_balance": st.fixed_dictionaries({"net_minimum": st.integers(-2, 0), "net_maximum": st.integers(0, 2)}),
        "province_balance": st.fixed_dictionaries({"net_maximum": st.integers(0, 2)}),
        "forbidden": people.map(lambda names: [{"person": names[0]}]),
    }  # fmt: skip
    for name, strategy in options.items():
        if draw(st.integers(0, 3)) == 0:
            rules[name] = draw(strategy)
    if pairs and draw(st.integers(0, 5)) == 0:
        person, seat, when, _ = draw(st.sampled_from(pairs))
        rules["pinned"] = [{"person": f"p{person}", "seat": f"s{seat}", "round": when}]
    soft = [f"direction_minimum.{name}" for name in rules.get("direction_minimum", {})]
    soft += ["non_local_heads_minimum"] if "non_local_heads_minimum" in rules else []
    rules["soft"] = {name: draw(st.integers(1, 40)) for name in soft if draw(st.booleans())}
    return rules
