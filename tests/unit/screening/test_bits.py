"""Packed bits say what the nullable column said, wherever the column begins and however long it is."""

from __future__ import annotations

import random

import polars as pl
import pytest

from hientai.engines.criteria.tree import All, AnyOf, Citation, Criterion, Not, Operator, Parameter
from hientai.engines.screening.bits import judged, nothing_known, packed, unpacked
from hientai.engines.screening.compile import verdict_expression
from hientai.engines.wording import Sentence

HERE = Citation("test")
DRAW = random.Random(7)


def column(size: int, answers: tuple[bool | None, ...] = (True, False, None)) -> pl.Series:
    return pl.Series("one", [DRAW.choice(answers) for _ in range(size)], dtype=pl.Boolean)


@pytest.mark.parametrize("size", [0, 1, 7, 8, 63, 64, 65, 130, 1000])
@pytest.mark.parametrize("answers", [(True, False, None), (True, False), (None,), (True,), (False, None)])
def test_what_is_packed_comes_back(size: int, answers: tuple[bool | None, ...]) -> None:
    given = column(size, answers)
    assert unpacked(packed(given), size, "one").equals(given, check_names=True, null_equal=True)


@pytest.mark.parametrize("first", [1, 3, 8, 13, 64, 65])
def test_a_column_that_begins_anywhere_is_packed_from_its_first_person(first: int) -> None:
    given = column(300).slice(first, 150)
    assert unpacked(packed(given), 150, "one").equals(given, null_equal=True)
    parts = pl.concat([column(70), given, column(5)], rechunk=False)
    assert unpacked(packed(parts), len(parts), "one").equals(parts, null_equal=True)


def test_nothing_known_is_unknown_for_everybody() -> None:
    assert unpacked(nothing_known(70), 70, "one").null_count() == 70


def leaf(code: str) -> Criterion:
    truth = Parameter("", True, "", HERE, True)
    return Criterion(code, Sentence(""), HERE, code, Operator.IS_TRUE, truth)


def test_rules_over_bits_are_those_over_columns() -> None:
    a, b, c = (leaf(code) for code in "abc")
    inner = AnyOf("x", Sentence(""), HERE, (b, Not("n", Sentence(""), HERE, c)))
    rule = All("r", Sentence(""), HERE, (a, inner))
    frame = pl.DataFrame({code: column(500) for code in "abc"})
    wanted = frame.select(verdict_expression(rule, lambda one: pl.col(one.fact)))  # type: ignore[arg-type]
    found = judged(rule, lambda one: packed(frame[one.fact]))
    assert found is not None and not (found.met & found.failed).any()
    assert unpacked(found, 500, "one").equals(wanted.to_series(), null_equal=True)
