"""The gate: no printed report without unit, base, rounding and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.figures.arithmetic import rounded
from hientai.engines.figures.gate import Figure, PartsOf, ReportDocument, gate
from hientai.engines.figures.spoken import spoken

DAY = date(2020, 10, 14)
WOMEN = Figure("Tỷ lệ nữ", Fraction(47, 81), "share", DAY, "nhân sự được giới thiệu", 81, 2, "58,02")
STAFF = Figure("Cán bộ", 45, "persons", DAY)


def codes(*figures: Figure, parts: tuple[PartsOf, ...] = ()) -> list[str]:
    return [problem.code for problem in gate(ReportDocument(figures, parts))]


def test_complete_figures_pass():
    assert codes(WOMEN, STAFF, Figure("Lượt", 12, "turns", (date(2015, 1, 1), date(2020, 1, 1)))) == []


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (replace(STAFF, label=" "), "label_missing"),
        (replace(STAFF, unit=""), "unit_missing"),
        (replace(STAFF, as_of=None), "as_of_missing"),
        (replace(STAFF, as_of=(DAY, DAY)), "period_reversed"),
        (replace(STAFF, value=Fraction(9, 2)), "rounding_missing"),
        (replace(STAFF, printed="54"), "printed_differs"),
        (replace(STAFF, printed="bốn lăm"), "not_a_number"),
        (replace(WOMEN, base=""), "base_missing"),
        (replace(WOMEN, base_value=0), "base_empty"),
        (replace(WOMEN, rounding=None, printed=""), "rounding_missing"),
        (replace(WOMEN, rounding=-1), "rounding_negative"),
        (replace(WOMEN, printed="58,20"), "printed_differs"),
        (replace(WOMEN, printed="58,0"), "printed_differs"),
        (replace(WOMEN, printed="58,02%", value=Fraction(47, 82)), "printed_differs"),
    ],
)
def test_figure_that_does_not_state_what_it_must_is_stopped(figure: Figure, code: str):
    assert codes(figure) == [code]


def test_two_values_of_one_figure_on_one_day_are_stopped():
    assert codes(STAFF, replace(STAFF, value=46)) == ["two_values"]
    assert codes(STAFF, replace(STAFF, value=46, as_of=date(2021, 1, 1))) == []


@pytest.mark.parametrize(
    ("parts", "complete", "expected"),
    [
        ((15, 30), True, []),
        ((15, 29), True, ["parts_do_not_close"]),
        ((15, 29), False, []),
        ((15, 31), False, ["parts_do_not_close"]),
    ],
)
def test_parts_must_close_when_they_are_all(parts: tuple[int, int], complete: bool, expected: list[str]):
    items = [Figure(f"phần {index}", value, "persons", DAY) for index, value in enumerate(parts)]
    group = PartsOf("Cán bộ", ("phần 0", "phần 1"), complete)
    assert codes(STAFF, *items, parts=(group,)) == expected


def test_parts_of_another_unit_or_day_or_none_are_stopped():
    turns, later = Figure("lượt", 45, "turns", DAY), Figure("sau", 45, "persons", date(2021, 1, 1))
    assert codes(STAFF, turns, parts=(PartsOf("Cán bộ", ("lượt",)),)) == ["unit_mixed"]
    assert codes(STAFF, later, parts=(PartsOf("Cán bộ", ("sau",)),)) == ["days_mixed"]
    assert codes(STAFF, parts=(PartsOf("Cán bộ", ("không có",)),)) == ["part_missing"]


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 3))
def test_rightly_rounded_print_passes_and_one_unit_more_does_not(num: int, den: int, digits: int):
    value, ulp = Fraction(num, den), Fraction(1, 10**digits)
    right = rounded(value * 100, ulp)
    figure = Figure("x", value, "share", DAY, "mẫu", den, digits)
    assert codes(replace(figure, printed=spoken(right, digits))) == []
    assert codes(replace(figure, printed=spoken(right + ulp, digits))) == ["printed_differs"]
