"""A rotation result as plain values: the rows of moves.csv and the document of result.json."""

from __future__ import annotations

from typing import Any

from hientai.engines.rotation.explain import rule_name
from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result, RulePrice


def move_rows(problem: Problem, result: Result) -> list[tuple[str, str, int]]:
    """Rows of moves.csv: person, seat, round."""
    people, seats = problem.people.ids, problem.seats.ids
    return [(people[person], seats[seat], when) for person, seat, when in result.moves]


def result_document(problem: Problem, result: Result) -> dict[str, Any]:
    """The document of result.json.

    status, objective, bound, gap; aims with weight, value and bound; rounds with moves and cost; rules with
    value, limit, slack and price in each place; missing soft minima; unmoved people and empty seats with
    reasons; for an impossible problem conflict and relaxations.
    """
    document: dict[str, Any] = {
        "status": result.status,
        "objective": result.objective if result.report else None,
        "bound": result.bound if result.status != "infeasible" else None,
        "gap": result.gap if result.report else None,
        "moves": len(result.moves),
        "work": result.work,
        "aims": [
            {"name": stage.name, "weights": dict(stage.weights), "value": stage.value, "bound": stage.bound}
            for stage in result.stages
        ],
        "rounds": _rounds(problem, result),
        "rules": _rules(result),
        "missing": _missing(result),
        "unmoved": [
            {"person": u.person, "seat": u.seat, "round": u.round, "score": u.score, "loss": u.loss,
             "reason": str(u.reason), "rules": [_price(price) for price in u.rules]}
            for u in result.unmoved
        ],
        "empty_seats": [
            {"seat": e.seat, "price": e.price, "reason": str(e.reason)} for e in result.empty_seats
        ],
    }  # fmt: skip
    if result.status == "infeasible":
        document["conflict"] = [str(sentence) for sentence in result.conflict]
        document["relaxations"] = [
            {"rule": rule, "where": where, "by": by, "text": str(words)}
            for rule, where, by, words in result.relaxations
        ]
    return document


def _price(price: RulePrice) -> dict[str, Any]:
    return {"rule": price.rule, "where": price.where, "price": price.price}


def _rounds(problem: Problem, result: Result) -> list[dict[str, Any]]:
    people, seats = problem.people.ids, problem.seats.ids
    score = {}
    pairs = problem.pairs
    wanted = {move[0] for move in result.moves}
    for k, person in enumerate(pairs.person.tolist()):
        if person in wanted:
            score[person, int(pairs.seat[k]), int(pairs.round[k])] = int(pairs.score[k])
    return [
        {
            "round": r,
            "moves": [{"person": people[p], "seat": seats[s], "score": score[p, s, w]}
                      for p, s, w in result.moves if w == r],
        }
        for r in range(1, problem.rules.rounds + 1)
    ]  # fmt: skip


def _rules(result: Result) -> list[dict[str, Any]]:
    if result.report is None:
        return []
    price = {(p.rule, p.where): p.price for p in result.prices}
    return [
        {"rule": f.rule, "text": str(rule_name(f.rule)), "where": f.where, "sense": f.sense, "value": f.value,
         "limit": f.limit, "slack": f.slack, "soft": f.soft, "price": price.get((f.rule, f.where), 0.0)}
        for f in result.report.figures
    ]  # fmt: skip


def _missing(result: Result) -> list[dict[str, Any]]:
    if result.report is None:
        return []
    return [{"rule": f.rule, "where": f.where, "by": -f.slack} for f in result.report.missing]
