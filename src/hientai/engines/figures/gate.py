"""The gate for reports that the program prints: no figure without unit, base, rounding and day, none that
contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hientai.engines.figures.arithmetic import rounded
from hientai.engines.figures.numbers import read_number
from hientai.engines.figures.spoken import spoken
from hientai.engines.wording import Sentence, say

RATIOS = frozenset({"share", "percent", "points", "times", "average"})
"""Units of figures that are one number over another: they need a base and a rounding."""


@dataclass(frozen=True)
class Figure:
    """One figure of a report.

    value: exact (a share is a fraction of one: 0.5802...); unit: persons, turns, bodies, seats, share,
    percent, points, times, average...; as_of: the day of a stock, or the half-open period [from, to) of a
    flow; base: in words what a ratio is of, and base_value its number; rounding: printed decimals (of the
    percentage for a share), None when the figure is printed exactly; printed: what the report prints, without
    unit, "" when it prints nothing.
    """

    label: str
    value: Fraction | int
    unit: str
    as_of: date | tuple[date, date] | None
    base: str = ""
    base_value: Fraction | int | None = None
    rounding: int | None = None
    printed: str = ""


@dataclass(frozen=True)
class PartsOf:
    """Labels of figures that are parts of another; complete: they are all of it."""

    total: str
    parts: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True)
class ReportDocument:
    """What a report prints, as far as the gate is concerned."""

    figures: tuple[Figure, ...]
    parts: tuple[PartsOf, ...] = ()


@dataclass(frozen=True)
class Problem:
    """label: the figure; code: machine word; sentence: what is wrong, for the developer and the officer."""

    label: str
    code: str
    sentence: Sentence


def gate(report: ReportDocument) -> tuple[Problem, ...]:
    """What keeps a report from being printed; empty when every figure states what it must and all agree."""
    problems: list[Problem] = []
    for figure in report.figures:
        problems.extend(_statements(figure))
        problems.extend(_printing(figure))
    problems.extend(_contradictions(report.figures))
    problems.extend(_sums(report))
    return tuple(problems)


def _statements(figure: Figure) -> Iterable[Problem]:
    name = figure.label
    if not figure.label.strip():
        yield Problem(name, "label_missing", say("Có số liệu không có tên"))
    if not figure.unit.strip():
        yield Problem(name, "unit_missing", say("{label}: chưa nêu đơn vị đếm", label=name))
    if figure.as_of is None:
        yield Problem(name, "as_of_missing", say("{label}: chưa nêu thời điểm số liệu", label=name))
    elif isinstance(figure.as_of, tuple) and figure.as_of[0] >= figure.as_of[1]:
        yield Problem(
            name, "period_reversed", say("{label}: kỳ số liệu có ngày đầu không trước ngày cuối", label=name)
        )
    if figure.unit in RATIOS:
        if not figure.base.strip():
            yield Problem(name, "base_missing", say("{label}: chưa nêu mẫu số của tỷ lệ", label=name))
        elif figure.base_value is not None and figure.base_value <= 0:
            yield Problem(
                name,
                "base_empty",
                say("{label}: mẫu số “{base}” bằng 0, không có tỷ lệ", label=name, base=figure.base),
            )
        if figure.rounding is None:
            yield Problem(name, "rounding_missing", say("{label}: chưa nêu cách làm tròn", label=name))
    elif Fraction(figure.value).denominator != 1 and figure.rounding is None:
        yield Problem(name, "rounding_missing", say("{label}: số lẻ chưa nêu cách làm tròn", label=name))
    if figure.rounding is not None and figure.rounding < 0:
        yield Problem(name, "rounding_negative", say("{label}: số chữ số thập phân âm", label=name))


def _printing(figure: Figure) -> Iterable[Problem]:
    if not figure.printed or (figure.rounding or 0) < 0:
        return
    try:
        printed, ulp = read_number(figure.printed.rstrip("% "))
    except ValueError:
        yield Problem(
            figure.label,
            "not_a_number",
            say("{label}: “{printed}” không phải là số", label=figure.label, printed=figure.printed),
        )
        return
    scale = 100 if figure.unit in ("share", "percent", "points") else 1
    exact = Fraction(figure.value) * scale
    step = Fraction(1, 10 ** (figure.rounding or 0))
    right = exact if figure.rounding is None else rounded(exact, step)
    if printed != right or (figure.rounding is not None and ulp != step):
        yield Problem(
            figure.label,
            "printed_differs",
            say(
                "{label}: in {printed}, đúng là {right}",
                label=figure.label,
                printed=figure.printed,
                right=spoken(right, figure.rounding),
            ),
        )


def _contradictions(figures: Sequence[Figure]) -> Iterable[Problem]:
    seen: dict[tuple[str, str, object, str], Fraction] = {}
    for figure in figures:
        key = figure.label, figure.unit, figure.as_of, figure.base
        value = Fraction(figure.value)
        if figure.label.strip() and seen.setdefault(key, value) != value:
            yield Problem(
                figure.label,
                "two_values",
                say("{label}: hai giá trị khác nhau ở cùng thời điểm", label=figure.label),
            )


def _sums(report: ReportDocument) -> Iterable[Problem]:
    by_label = {figure.label: figure for figure in report.figures}
    for parts in report.parts:
        missing = [label for label in (parts.total, *parts.parts) if label not in by_label]
        if missing:
            yield Problem(
                parts.total,
                "part_missing",
                say("{label}: không có số liệu “{part}”", label=parts.total, part=missing[0]),
            )
            continue
        total, items = by_label[parts.total], [by_label[label] for label in parts.parts]
        if any(item.as_of != total.as_of for item in items):
            yield Problem(
                total.label, "days_mixed", say("{label}: các phần có thời điểm khác nhau", label=total.label)
            )
        if any(item.unit != total.unit for item in items):
            yield Problem(
                total.label, "unit_mixed", say("{label}: cộng các đơn vị đếm khác nhau", label=total.label)
            )
        summed = sum((Fraction(item.value) for item in items), Fraction(0))
        if summed > total.value or (parts.complete and summed != total.value):
            yield Problem(
                total.label,
                "parts_do_not_close",
                say(
                    "{label}: các phần cộng lại {sum}, tổng là {total}",
                    label=total.label,
                    sum=spoken(summed),
                    total=spoken(Fraction(total.value)),
                ),
            )
