"""The tables that workbook and page share: moves, rules, people who stay, empty seats, in plain words."""

from __future__ import annotations

from collections import Counter
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
    note: str = ""


def number_in_words(value: float) -> str:
    """A number with a decimal comma and no more than one digit after it beyond a hundred."""
    return f"{value:.4g}".replace(".", ",") if abs(value) < 1000 else f"{value:.0f}"


def lead(result: Result) -> str:
    """The plan and how sure we are of it, in two sentences for whoever decides."""
    people = f"Phương án chuyển {len(result.moves)} người."
    if result.status == "optimal":
        return f"{people} Đã chứng minh: không phương án nào hợp quy tắc mà được nhiều điểm hơn."
    return (
        f"{people} Có thể còn phương án tốt hơn, nhưng không thể hơn quá {result.bound - result.objective} "
        f"điểm ({number_in_words(round(100 * result.gap, 3))} %)."
    )


def summary(problem: Problem, result: Result) -> tuple[tuple[str, str], ...]:
    """The plan in a few lines: label and value."""
    missing = result.report.missing if result.report else ()
    return (
        ("Kết luận", STATUS.get(result.status, result.status)),
        ("Số người chuyển", f"{len(result.moves)} trong {len(problem.people.ids)} người, {problem.rules.rounds} đợt"),
        ("Điểm của phương án", f"{result.objective}; không phương án nào vượt quá {result.bound}"),
        *((f"Mục tiêu “{stage.name}”", f"{stage.value}; nhiều nhất có thể: {stage.bound}")
          for stage in result.stages if len(result.stages) > 1),
        *(("Còn thiếu", f"{rule_name(f.rule)}: thiếu {-f.slack}") for f in missing),
        ("Người có thể chuyển nhưng ở lại", str(len(result.unmoved))),
        ("Vị trí trống sau phương án", str(len(result.empty_seats))),
    )  # fmt: skip


def tables(problem: Problem, result: Result) -> tuple[Table, ...]:
    """Rounds, moves, rules at a glance and place by place, missing minima, unmoved people, empty seats."""
    return (
        _rounds(problem, result),
        _moves(problem, result),
        _rules_at_a_glance(result),
        _rules(result),
        _missing(result),
        _reasons(result),
        Table(
            "Người ở lại",
            ("Người", "Vị trí gần nhất", "Đợt", "Điểm", "Thiệt nếu buộc đi", "Lý do"),
            tuple(
                (u.person, u.seat, u.round, u.score, u.loss, _sentence(str(u.reason))) for u in result.unmoved
            ),
        ),
        Table(
            "Vị trí trống",
            ("Vị trí", "Giá của vị trí", "Lý do"),
            tuple((e.seat, e.price, _sentence(str(e.reason))) for e in result.empty_seats),
        ),
    )


def _rounds(problem: Problem, result: Result) -> Table:
    """One row a round: people, chains and money against what the rules allow."""
    figures = {(f.rule, f.where): f for f in (result.report.figures if result.report else ())}
    rows = []
    for when in range(1, problem.rules.rounds + 1):
        found = chains(problem, result, when)
        row: list[str | int | float] = [when, sum(len(people) for people, _ in found), len(found)]
        for rule in ("moves_per_round", "cost_per_round"):
            figure = figures.get((rule, str(when)))
            row.append("không giới hạn" if figure is None else f"{figure.value} / {figure.limit}")
        rows.append(tuple(row))
    heads = ("Đợt", "Người chuyển", "Chuỗi", "Số người / mức", "Kinh phí / mức")
    return Table("Các đợt", heads, tuple(rows))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def place_in_words(where: str) -> str:
    """ "u7/2" is unit u7 in round 2, "3" round 3."""
    name, _, when = where.rpartition("/")
    if name and when.isdigit():
        return f"{name}, đợt {when}"
    return f"đợt {where}" if where.isdigit() else where


def _rules_at_a_glance(result: Result) -> Table:
    """One row a rule: in how many places it holds, in how many to the last unit, and the least room."""
    if result.report is None:
        return Table("Quy tắc", (), ())
    rows = []
    for rule in dict.fromkeys(figure.rule for figure in result.report.figures):
        own = [figure for figure in result.report.figures if figure.rule == rule]
        tight = sum(figure.slack <= 0 for figure in own)
        price = max((p.price for p in result.prices if p.rule == rule), default=0.0)
        only = own[0]
        rows.append((
            _sentence(str(rule_name(rule))),
            ("nhiều nhất " if only.sense == "max" else "ít nhất ")
            + (str(only.limit) if len({figure.limit for figure in own}) == 1 else "tùy nơi"),
            str(only.value) if len(own) == 1 else f"từ {min(f.value for f in own)} đến {max(f.value for f in own)}",
            min(figure.slack for figure in own), f"{tight} / {len(own)}", price,
        ))  # fmt: skip
    heads = (
        "Quy tắc",
        "Mức",
        "Phương án",
        "Còn dư ít nhất",
        "Nơi đã chạm mức",
        "Giá cao nhất của một đơn vị",
    )
    note = ("Dòng vàng: có nơi đã chạm mức. Giá: nới mức thêm một đơn vị ở nơi đáng giá nhất thì phương án "
            "thêm được khoảng chừng ấy điểm; 0 là nới cũng không lợi.")  # fmt: skip
    return Table("Quy tắc", heads, tuple(rows), note)


def _reasons(result: Result) -> Table:
    """How many stay for which reason, commonest first."""
    counts = Counter(
        _sentence(str(rule_name(u.rules[0].rule))) if u.rules else _sentence(str(u.reason))
        for u in result.unmoved
    )
    rows = tuple(
        (reason, count) for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    note = (
        "Với mỗi người, xét vị trí ít thiệt nhất; đây là quy tắc hoặc chỗ mà việc chuyển ấy vướng nặng nhất."
    )
    return Table("Vì sao ở lại", ("Vướng nhất ở đâu", "Số người"), rows, note)


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
        return Table("Quy tắc từng nơi", (), ())
    price = {(p.rule, p.where): p.price for p in result.prices}
    order = list(dict.fromkeys(figure.rule for figure in result.report.figures))
    figures = sorted(result.report.figures, key=lambda f: (order.index(f.rule), f.slack, f.where))
    rows = tuple(
        (_sentence(str(rule_name(f.rule))), place_in_words(f.where),
         "nhiều nhất" if f.sense == "max" else "ít nhất", f.limit, f.value, f.slack,
         price.get((f.rule, f.where), 0.0))
        for f in figures
    )  # fmt: skip
    heads = ("Quy tắc", "Ở đâu", "Loại", "Mức", "Phương án", "Còn dư", "Giá của một đơn vị")
    return Table("Quy tắc từng nơi", heads, rows)


def _missing(result: Result) -> Table:
    missing = result.report.missing if result.report else ()
    rows = tuple((str(rule_name(f.rule)), f.limit, f.value, -f.slack) for f in missing)
    return Table("Còn thiếu", ("Mức tối thiểu", "Cần", "Đạt", "Thiếu"), rows)
