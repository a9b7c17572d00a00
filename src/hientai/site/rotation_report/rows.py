"""The tables that workbook and page share: moves, rules, people who stay, empty seats, in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hientai.engines.rotation.explain import rule_name
from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.engines.wording import Sentence, say
from hientai.site.rotation_report.names import Names

STATUS = {
    "optimal": say("Phương án tốt nhất (đã chứng minh)"),
    "feasible": say("Phương án khả thi"),
}
UNLIMITED = say("không giới hạn")
AT_MOST, AT_LEAST = say("nhiều nhất"), say("ít nhất")

Cell = Sentence | str | int | float


@dataclass(frozen=True)
class Table:
    """Sheet or section title, column heads, rows; `room` is the column that tells what is left of a limit.

    is_always_open: a page does not fold it, however long, because it is what is printed and signed.
    """

    title: Sentence
    heads: tuple[Sentence, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Sentence | None = None
    room: int | None = None
    is_always_open: bool = False

    def is_tight(self, values: tuple[Cell, ...]) -> bool:
        """Whether a row has reached its limit."""
        room = None if self.room is None else values[self.room]
        return isinstance(room, int | float) and room <= 0


def number_in_words(value: float) -> str:
    """A number with a decimal comma and no more than one digit after it beyond a hundred."""
    return f"{value:.4g}".replace(".", ",") if abs(value) < 1000 else f"{value:.0f}"


def lead(result: Result) -> tuple[Sentence, Sentence]:
    """The plan and how sure we are of it, in two sentences for whoever decides."""
    people = say("Phương án chuyển {count} người.", count=len(result.moves))
    if result.status == "optimal":
        return people, say("Đã chứng minh: không phương án nào hợp quy tắc mà được nhiều điểm hơn.")
    return people, say(
        "Có thể còn phương án tốt hơn, nhưng không thể hơn quá {points} điểm ({share} %).",
        points=result.bound - result.objective,
        share=number_in_words(round(100 * result.gap, 3)),
    )


def summary(problem: Problem, result: Result) -> tuple[tuple[Sentence, Sentence | str], ...]:
    """The plan in a few lines: label and value."""
    missing = result.report.missing if result.report else ()
    people = say("{moved} trong {people} người, {rounds} đợt",
                 moved=len(result.moves), people=len(problem.people.ids), rounds=problem.rules.rounds)  # fmt: skip
    return (
        (say("Kết luận"), STATUS.get(result.status, result.status)),
        (say("Số người chuyển"), people),
        (say("Điểm của phương án"),
         say("{points}; không phương án nào vượt quá {bound}", points=result.objective, bound=result.bound)),
        *((say("Mục tiêu “{name}”", name=stage.name),
           say("{value}; nhiều nhất có thể: {bound}", value=stage.value, bound=stage.bound))
          for stage in result.stages if len(result.stages) > 1),
        *((say("Còn thiếu"), say("{rule}: thiếu {count}", rule=rule_name(f.rule), count=-f.slack)) for f in missing),
        (say("Người có thể chuyển nhưng ở lại"), str(len(result.unmoved))),
        (say("Vị trí trống sau phương án"), str(len(result.empty_seats))),
    )  # fmt: skip


def tables(problem: Problem, result: Result) -> tuple[Table, ...]:
    """Rounds, moves, rules at a glance and place by place, missing minima, unmoved people, empty seats."""
    names = Names(problem)
    return (
        _rounds(problem, result),
        _moves(problem, result, names),
        _rules_at_a_glance(result),
        _rules(result, names),
        _missing(result),
        _reasons(result),
        Table(
            say("Người ở lại"),
            (
                say("Người"),
                say("Vị trí gần nhất"),
                say("Đợt"),
                say("Điểm"),
                say("Thiệt nếu buộc đi"),
                say("Lý do"),
            ),
            tuple(
                (names.person_of(u.person), names.seat_of(u.seat), u.round, u.score, u.loss, u.reason)
                for u in result.unmoved
            ),
        ),
        Table(
            say("Vị trí trống"),
            (say("Vị trí"), say("Giá của vị trí"), say("Lý do")),
            tuple((names.seat_of(e.seat), e.price, e.reason) for e in result.empty_seats),
        ),
    )


def _rounds(problem: Problem, result: Result) -> Table:
    """One row a round: people, chains and money against what the rules allow."""
    figures = {(f.rule, f.where): f for f in (result.report.figures if result.report else ())}
    rows = []
    for when in range(1, problem.rules.rounds + 1):
        found = chains(problem, result, when)
        row: list[Cell] = [when, sum(len(people) for people, _ in found), len(found)]
        for rule in ("moves_per_round", "cost_per_round"):
            figure = figures.get((rule, str(when)))
            row.append(UNLIMITED if figure is None else f"{figure.value} / {figure.limit}")
        rows.append(tuple(row))
    heads = (say("Đợt"), say("Người chuyển"), say("Chuỗi"), say("Số người / mức"), say("Kinh phí / mức"))
    return Table(say("Các đợt"), heads, tuple(rows))


def _rules_at_a_glance(result: Result) -> Table:
    """One row a rule: in how many places it holds, in how many to the last unit, and the least room."""
    title = say("Quy tắc")
    if result.report is None:
        return Table(title, (), ())
    rows = []
    for rule in dict.fromkeys(figure.rule for figure in result.report.figures):
        own = [figure for figure in result.report.figures if figure.rule == rule]
        tight = sum(figure.slack <= 0 for figure in own)
        price = max((p.price for p in result.prices if p.rule == rule), default=0.0)
        first, least, most = own[0], min(f.value for f in own), max(f.value for f in own)
        level = say("tùy nơi") if len({figure.limit for figure in own}) > 1 else str(first.limit)
        reached = say("từ {least} đến {most}", least=least, most=most) if least < most else str(least)
        sense = AT_MOST if first.sense == "max" else AT_LEAST
        rows.append((rule_name(rule), say("{sense} {level}", sense=sense, level=level), reached,
                     min(figure.slack for figure in own), f"{tight} / {len(own)}", price))  # fmt: skip
    heads = (title, say("Mức"), say("Phương án"), say("Còn dư ít nhất"), say("Nơi đã chạm mức"),
             say("Giá cao nhất của một đơn vị"))  # fmt: skip
    note = say("Dòng vàng: có nơi đã chạm mức. Giá: nới mức thêm một đơn vị ở nơi đáng giá nhất thì phương án thêm "
               "được khoảng chừng ấy điểm; 0 là nới cũng không lợi.")  # fmt: skip
    return Table(title, heads, tuple(rows), note, room=3)


def _reasons(result: Result) -> Table:
    """How many stay for which reason, commonest first."""
    counts = Counter(rule_name(u.rules[0].rule) if u.rules else u.reason for u in result.unmoved)
    rows = tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))
    note = say(
        "Với mỗi người, xét vị trí ít thiệt nhất; đây là quy tắc hoặc chỗ mà việc chuyển ấy vướng nặng nhất."
    )
    return Table(say("Vì sao ở lại"), (say("Vướng nhất ở đâu"), say("Số người")), rows, note)


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


def _moves(problem: Problem, result: Result, names: Names) -> Table:
    held = problem.people.seat
    rows = tuple(
        (when, names.person(p), names.seat(int(held[p])) if held[p] >= 0 else "", names.seat(seat))
        for p, seat, when in result.moves
    )
    return Table(say("Nước đi"), (say("Đợt"), say("Người"), say("Từ"), say("Đến")), rows,
                 is_always_open=True)  # fmt: skip


def _rules(result: Result, names: Names) -> Table:
    """Every rule figure; places with the least room first within a rule."""
    title = say("Quy tắc từng nơi")
    if result.report is None:
        return Table(title, (), ())
    price = {(p.rule, p.where): p.price for p in result.prices}
    order = list(dict.fromkeys(figure.rule for figure in result.report.figures))
    figures = sorted(result.report.figures, key=lambda f: (order.index(f.rule), f.slack, f.where))
    rows = tuple(
        (rule_name(f.rule), names.place(f.where), AT_MOST if f.sense == "max" else AT_LEAST,
         f.limit, f.value, f.slack, price.get((f.rule, f.where), 0.0))
        for f in figures
    )  # fmt: skip
    heads = (say("Quy tắc"), say("Ở đâu"), say("Loại"), say("Mức"), say("Phương án"), say("Còn dư"),
             say("Giá của một đơn vị"))  # fmt: skip
    return Table(title, heads, rows, room=5)


def _missing(result: Result) -> Table:
    missing = result.report.missing if result.report else ()
    rows = tuple((rule_name(f.rule), f.limit, f.value, -f.slack) for f in missing)
    heads = (say("Mức tối thiểu"), say("Cần"), say("Đạt"), say("Thiếu"))
    return Table(say("Còn thiếu"), heads, rows)
