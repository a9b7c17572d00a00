"""The tables that workbook and page share: moves, rules, people who stay, empty seats, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from hientai.engines.rotation.explain import rule_name
from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result

STATUS = {
    "optimal": "Phương án tốt nhất (đã chứng minh)",
    "feasible": "Phương án khả thi",
}


@dataclass(frozen=True)
class Table:
    """Sheet or section title, column heads, rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


def summary(problem: Problem, result: Result) -> tuple[tuple[str, str], ...]:
    """The plan in a few lines: label and value."""
    return (
        ("Kết luận", STATUS.get(result.status, result.status)),
        ("Số nước đi", str(len(result.moves))),
        ("Số đợt", str(problem.rules.rounds)),
        ("Điểm của phương án", str(result.objective)),
        ("Không phương án nào vượt quá", str(result.bound)),
        ("Cách tốt nhất nhiều nhất", f"{result.gap:.3%}"),
        *((f"Mục tiêu “{stage.name}”", f"{stage.value} / {stage.bound}") for stage in result.stages[1:]),
        ("Người có thể chuyển nhưng ở lại", str(len(result.unmoved))),
        ("Vị trí trống sau phương án", str(len(result.empty_seats))),
    )


def tables(problem: Problem, result: Result) -> tuple[Table, ...]:
    """Moves, rules, missing minima, unmoved people, empty seats."""
    return (
        _moves(problem, result),
        _rules(result),
        _missing(result),
        Table(
            "Người ở lại",
            ("Người", "Nước đi gần nhất", "Đợt", "Điểm", "Thiệt nếu buộc đi", "Lý do"),
            tuple((u.person, u.seat, u.round, u.score, u.loss, str(u.reason)) for u in result.unmoved),
        ),
        Table(
            "Vị trí trống",
            ("Vị trí", "Giá của vị trí", "Lý do"),
            tuple((e.seat, e.price, str(e.reason)) for e in result.empty_seats),
        ),
    )


def chains(problem: Problem, result: Result, when: int) -> list[tuple[list[int], bool]]:
    """The moves of one round as chains of people: each enters the seat that the next one leaves.

    The flag says whether the last one enters the seat that the first one left (a cycle).
    """
    moves = {person: seat for person, seat, moved in result.moves if moved == when}
    follows = {
        person: int(problem.seats.holder[seat])
        for person, seat in moves.items()
        if int(problem.seats.holder[seat]) in moves
    }
    starts = [person for person in sorted(moves) if person not in set(follows.values())]
    seen: set[int] = set()
    found: list[tuple[list[int], bool]] = []
    for start in [*starts, *sorted(moves)]:
        if start in seen:
            continue
        chain, person = [], start
        while person not in seen:
            seen.add(person)
            chain.append(person)
            person = follows.get(person, person)
        found.append((chain, follows.get(chain[-1]) == chain[0]))
    return found


def place_of(problem: Problem, seat: int) -> str:
    """A seat with its unit."""
    return f"{problem.seats.ids[seat]} ({problem.units.ids[int(problem.seats.unit[seat])]})"


def _moves(problem: Problem, result: Result) -> Table:
    people = problem.people
    rows = tuple(
        (when, people.ids[p], place_of(problem, int(people.seat[p])) if people.seat[p] >= 0 else "",
         place_of(problem, seat))
        for p, seat, when in result.moves
    )  # fmt: skip
    return Table("Nước đi", ("Đợt", "Người", "Từ", "Đến"), rows)


def _rules(result: Result) -> Table:
    """Every rule figure; places with the least room first within a rule."""
    if result.report is None:
        return Table("Quy tắc", (), ())
    price = {(p.rule, p.where): p.price for p in result.prices}
    order = list(dict.fromkeys(figure.rule for figure in result.report.figures))
    figures = sorted(result.report.figures, key=lambda f: (order.index(f.rule), f.slack, f.where))
    rows = tuple(
        (str(rule_name(f.rule)), f.where, "nhiều nhất" if f.sense == "max" else "ít nhất", f.limit, f.value,
         f.slack, price.get((f.rule, f.where), 0.0))
        for f in figures
    )  # fmt: skip
    heads = ("Quy tắc", "Ở đâu", "Loại", "Mức", "Phương án", "Còn dư", "Giá của một đơn vị")
    return Table("Quy tắc", heads, rows)


def _missing(result: Result) -> Table:
    missing = result.report.missing if result.report else ()
    rows = tuple((str(rule_name(f.rule)), f.limit, f.value, -f.slack) for f in missing)
    return Table("Còn thiếu", ("Mức tối thiểu", "Cần", "Đạt", "Thiếu"), rows)
