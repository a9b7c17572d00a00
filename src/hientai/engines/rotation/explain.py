"""Why people stay and seats stay empty, and what each rule costs: read from the prices of the relaxation.

A price says what one more unit of a limit would bring. The loss of a move is what it takes at those prices
beyond what it brings; no plan that contains it is worth more than bound - loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hientai.engines.rotation.problem import Indices, MovePattern, Problem
from hientai.engines.rotation.programme import (
    ALWAYS,
    BUDGET_HULL,
    HELD_SEAT,
    SIDES_PER_ROUND,
    Programme,
    allowed_pairs,
    budget_sides,
    build,
    reachable_pairs,
)
from hientai.engines.rotation.relaxation import Relaxation, relax
from hientai.engines.rotation.result import EmptySeat, RulePrice, Unmoved
from hientai.engines.rotation.stop import Budget, Stop
from hientai.engines.rotation.verify import Move
from hientai.engines.wording import Sentence, say

RULE_NAMES = {
    "moves_per_round": say("số người chuyển trong một đợt"),
    "cost_per_round": say("kinh phí của một đợt"),
    "unit_leaving_share": say("số người rời một đơn vị trong một đợt"),
    "unit_vacancy_growth": say("số chỗ trống tăng thêm ở đơn vị"),
    "direction_minimum.up": say("số người chuyển lên cấp trên tối thiểu"),
    "direction_minimum.down": say("số người chuyển xuống cấp dưới tối thiểu"),
    "direction_minimum.side": say("số người chuyển ngang cấp tối thiểu"),
    "non_local_heads_minimum": say("số người đứng đầu không là người địa phương tối thiểu"),
    "relatives_apart": say("người thân không ở cùng đơn vị"),
    "not_together": say("những người không được ở cùng đơn vị"),
    "pinned": say("nước đi ấn định"),
    "forbidden": say("nước đi bị cấm"),
    "tenure": say("thời gian giữ vị trí tối thiểu"),
    "unit_balance.net_maximum": say("số người tăng thêm ở một đơn vị"),
    "unit_balance.net_minimum": say("số người giảm đi ở một đơn vị"),
    "province_balance.net_maximum": say("số người tăng thêm ở một tỉnh"),
    "province_balance.net_minimum": say("số người giảm đi ở một tỉnh"),
    "vacant_seat": say("vị trí trống có nhiều người cùng cần"),
    "held_seat": say("vị trí phải có người rời đi trước"),
}


def rule_name(rule: str) -> Sentence:
    """The rule in words."""
    if rule.startswith("must_move."):
        return say("nhóm phải chuyển “{name}”", name=rule.partition(".")[2])
    return RULE_NAMES.get(rule, Sentence(rule))


def _where(problem: Problem, programme: Programme, row: int) -> str:
    """Round, unit, seat or person that a row is about."""
    rule, key = programme.rule[int(programme.rule_of_row[row])], int(programme.key_of_row[row])
    width = problem.rules.rounds + 1
    if rule in ("unit_leaving_share", "unit_vacancy_growth"):
        return f"{problem.units.ids[key // width]}/{key % width}"
    if rule.startswith("unit_balance"):
        return problem.units.ids[key]
    if rule.startswith("province_balance"):
        return problem.provinces[key]
    if rule == "vacant_seat":
        return problem.seats.ids[key]
    if rule == HELD_SEAT:
        return f"{problem.seats.ids[key // width]}/{key % width}"
    return str(key) if rule in ("moves_per_round", "cost_per_round") else ""


def rule_prices(problem: Problem, programme: Programme, relaxation: Relaxation) -> tuple[RulePrice, ...]:
    """Prices of the side rules that bind, dearest first, per unit of the limit as rules.yaml states it."""
    paid: dict[tuple[str, str], float] = {}
    for row in np.flatnonzero(relaxation.prices > 1e-6).tolist():
        if programme.rule[int(programme.rule_of_row[row])] not in ALWAYS:
            for rule, where, part in _shared_out(problem, programme, row):
                paid[rule, where] = paid.get((rule, where), 0.0) + part * float(relaxation.prices[row])
    prices = [
        RulePrice(rule, where, round(price, 4)) for (rule, where), price in paid.items() if price > 1e-6
    ]
    return tuple(sorted(prices, key=lambda price: -price.price))


def _shared_out(problem: Problem, programme: Programme, row: int) -> list[tuple[str, str, float]]:
    """The rules behind a row, and how much of its price each bears per unit of its own limit.

    A row divided by the common divisor of its coefficients counts in that many units; a side of the
    budget's hull is a rounded sum of the limits on moves and on money.
    """
    rule = programme.rule[int(programme.rule_of_row[row])]
    if rule != BUDGET_HULL:
        return [(rule, _where(problem, programme, row), 1.0 / float(programme.divisor[row]))]
    when, number = divmod(int(programme.key_of_row[row]), SIDES_PER_ROUND)
    side, divisor = budget_sides(problem)[number], float(programme.divisor[row])
    shares = [("moves_per_round", side.moves), ("cost_per_round", side.money)]
    if problem.rules.moves_per_round is None:
        shares = shares[1:]
    return [(name, str(when), share / divisor) for name, share in shares if share > 1e-9]


def unmoved(
    problem: Problem, programme: Programme, relaxation: Relaxation, moves: tuple[Move, ...]
) -> tuple[Unmoved, ...]:
    """Everybody who could have moved by pairs.csv and stays, with the least losing move and what it lacks."""
    moved = {move[0] for move in moves}
    asked = np.unique(problem.pairs.person)
    best = _least_loss(programme, relaxation, len(problem.people.ids))
    found = []
    for person in asked.tolist():
        if person in moved:
            continue
        column = int(best[person])
        found.append(_without_any(problem, person) if column < 0
                     else _stays(problem, programme, relaxation, person, column))  # fmt: skip
    return tuple(found)


def _least_loss(programme: Programme, relaxation: Relaxation, people: int) -> Indices:
    """Per owner (people first) the column that costs least, -1 when there is none."""
    order = np.lexsort((-programme.gain, -relaxation.reduced))
    best = np.full(people + len(programme.shortfalls), -1, dtype=np.int64)
    best[programme.owner[order[::-1]]] = order[::-1]
    return best


def _without_any(problem: Problem, person: int) -> Unmoved:
    """No pair of this person survives the rules about single moves."""
    allowed = allowed_pairs(problem)
    own = np.flatnonzero(problem.pairs.person == person)
    if allowed[own].any():
        reason = say("Mọi vị trí phù hợp đều có người giữ không chuyển đi được")
    else:
        reason = say("Mọi nước đi đều bị cấm, chưa đủ thời gian giữ vị trí hoặc ngoài các đợt")
    top = own[np.argmax(problem.pairs.score[own])]
    seat, when = problem.seats.ids[problem.pairs.seat[top]], int(problem.pairs.round[top])
    return Unmoved(problem.people.ids[person], seat, when, int(problem.pairs.score[top]), 0.0, reason)


def _stays(
    problem: Problem, programme: Programme, relaxation: Relaxation, person: int, column: int
) -> Unmoved:
    start, end = programme.matrix.indptr[column], programme.matrix.indptr[column + 1]
    rows, values = programme.matrix.indices[start:end], programme.matrix.data[start:end]
    paid = relaxation.prices[rows] * values
    dear = _dearest(problem, programme, relaxation, rows, values)
    pair = int(programme.pair[column])
    loss = round(float(-relaxation.reduced[column]), 4) + 0.0
    name = problem.people.ids[person]
    if dear:
        reason = say("Nước đi gần nhất vướng {rule} {where}: phải trả {paid} điểm cho {score} điểm",
                     rule=rule_name(dear[0].rule), where=dear[0].where, paid=f"{paid[paid > 0].sum():.1f}",
                     score=int(programme.gain[column]))  # fmt: skip
    else:
        reason = say("Có phương án khác tốt bằng hoặc tốt hơn cho các vị trí này")
    seat = problem.seats.ids[problem.pairs.seat[pair]]
    return Unmoved(
        name, seat, int(problem.pairs.round[pair]), int(problem.pairs.score[pair]), loss, reason, dear
    )


def _dearest(
    problem: Problem, programme: Programme, relaxation: Relaxation, rows: Indices, values: Indices
) -> tuple[RulePrice, ...]:
    """The three rules that take most of a column, each with what it takes."""
    taken: dict[tuple[str, str], float] = {}
    for row, value in zip(rows.tolist(), values.tolist(), strict=True):
        amount = float(relaxation.prices[row]) * value
        if amount <= 1e-6:
            continue
        owners = _shared_out(problem, programme, row)
        units = [_per_move(problem, programme, rule, row, column_value=value) for rule, _, _ in owners]
        parts = [share * unit for (_, _, share), unit in zip(owners, units, strict=True)]
        for (rule, where, _), part in zip(owners, parts, strict=True):
            taken[rule, where] = taken.get((rule, where), 0.0) + amount * part / max(1e-12, sum(parts))
    dear = sorted(taken.items(), key=lambda item: -item[1])[:3]
    return tuple(RulePrice(rule, where, round(price, 4)) for (rule, where), price in dear)


def _per_move(problem: Problem, programme: Programme, rule: str, row: int, column_value: int) -> float:
    """Units of the rule's own limit that one move uses: money for the budget, else one."""
    cost = problem.rules.cost_per_round
    if (
        programme.rule[int(programme.rule_of_row[row])] != BUDGET_HULL
        or rule != "cost_per_round"
        or cost is None
    ):
        return 1.0
    sides = budget_sides(problem)
    side = sides[int(programme.key_of_row[row]) % SIDES_PER_ROUND]
    is_same = column_value * int(programme.divisor[row]) == side.first
    return float(cost.same_province if is_same else cost.other_province)


def empty_seats(
    problem: Problem, programme: Programme, relaxation: Relaxation, moves: tuple[Move, ...]
) -> tuple[EmptySeat, ...]:
    """Seats that are empty after the plan, and what one more candidate for them could bring at most."""
    entered = {move[1] for move in moves}
    left = {move[0] for move in moves}
    price: dict[int, float] = {}
    width = problem.rules.rounds + 1
    for rule, divisor in (("vacant_seat", 1), (HELD_SEAT, width)):
        for row in programme.rows_of(rule).tolist():
            seat = int(programme.key_of_row[row]) // divisor
            price[seat] = price.get(seat, 0.0) + float(relaxation.prices[row])
    wanted = set(problem.pairs.seat.tolist())
    found = []
    for seat, holder in enumerate(problem.seats.holder.tolist()):
        if seat in entered or (holder >= 0 and holder not in left):
            continue
        worth = round(price.get(seat, 0.0), 4)
        if seat not in wanted:
            reason = say("Không có ai đủ điều kiện vào vị trí này")
        elif worth > 0:
            reason = say(
                "Người phù hợp được dùng ở chỗ khác có lợi hơn; vị trí đáng {price} điểm",
                price=f"{worth:.1f}",
            )
        else:
            reason = say("Đưa thêm người vào đây không làm phương án tốt hơn")
        found.append(EmptySeat(problem.seats.ids[seat], worth, reason))
    return tuple(found)


@dataclass(frozen=True)
class MoveCost:
    """What a move costs: no plan with it (forced) or without it (forbidden) passes `bound`."""

    bound: int
    cost: int
    is_possible: bool


def bound_of(problem: Problem) -> int | None:
    """The bound of the linear relaxation of a problem, None when it has no plan."""
    found = relax(build(problem), Budget(Stop()))
    return None if found is None else found.bound


def cost_of(problem: Problem, move: MovePattern, forced: bool, objective: int) -> MoveCost:
    """What forcing or forbidding one move would cost against `objective`, a plan's or a bound's value."""
    alive = np.flatnonzero(reachable_pairs(problem, allowed_pairs(problem)))
    pairs = problem.pairs
    hit = (
        (pairs.person[alive] == move.person)
        & (pairs.seat[alive] == move.seat)
        & (pairs.round[alive] == move.round)
    )
    programme = build(problem, alive if forced else alive[~hit])
    extra = 0
    if forced:
        if not hit.any():
            return MoveCost(0, objective, False)
        column = int(np.flatnonzero(hit)[0])
        others = np.flatnonzero((programme.owner != programme.owner[column]) | (programme.pair < 0))
        extra = int(programme.gain[column])
        taken = np.asarray(programme.matrix[:, [column]].todense()).ravel()
        programme = _only(programme, others, programme.limit - taken)
    found = relax(programme, Budget(Stop()))
    if found is None:
        return MoveCost(0, objective, False)
    return MoveCost(found.bound + extra, max(0, objective - found.bound - extra), True)


def _only(programme: Programme, columns: Indices, limit: Indices) -> Programme:
    return Programme(
        programme.pair[columns], programme.owner[columns], programme.round[columns], programme.gain[columns],
        programme.upper[columns], programme.matrix[:, columns], limit, programme.rule, programme.rule_of_row,
        programme.key_of_row, programme.divisor, programme.shortfalls,
        programme.tally[columns] if len(programme.tally) else programme.tally,
    )  # fmt: skip
