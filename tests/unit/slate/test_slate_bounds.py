"""How counts and shares are read, on both sides of every boundary."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.amounts import Count, Share, read_amount
from hientai.engines.errors import BadInput
from hientai.engines.slate import solve
from hientai.engines.slate.farey import share_at_least, share_at_most
from hientai.engines.slate.reading import read_problem


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (3, Count(3)),
        (0, Count(0)),
        (1, Count(1)),
        (0.0, Count(0)),
        (3.0, Count(3)),
        (0.15, Share(Fraction(3, 20))),
        (Decimal("0.15"), Share(Fraction(3, 20))),
        (1e-3, Share(Fraction(1, 1000))),
        ("1/3", Share(Fraction(1, 3))),
        ("3 / 3", Share(Fraction(1))),
        ("0%", Share(Fraction(0))),
        ("15%", Share(Fraction(3, 20))),
        (" 14,5 % ", Share(Fraction(29, 200))),
        ("100%", Share(Fraction(1))),
    ],
)
def test_a_bound_is_read_as_the_manual_says(written, read):
    assert read_amount(written, True, "") == read


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (1.0, "one_person_or_everybody"),
        (-1, "negative_amount"),
        (-0.1, "negative_amount"),
        (2.5, "bad_amount"),
        ("3", "bad_amount"),
        ("101%", "share_above_one"),
        ("4/3", "share_above_one"),
        ("1/0", "bad_amount"),
        ("", "bad_amount"),
        (True, "not_a_number"),
        (None, "not_a_number"),
        ([1], "not_a_number"),
        (float("nan"), "not_finite"),
        (float("inf"), "not_finite"),
        (Decimal("NaN"), "not_finite"),
        (Decimal("1e400"), "number_out_of_range"),
        (Decimal("1e-400"), "number_out_of_range"),
        (10**60, "number_out_of_range"),
    ],
)
def test_an_unclear_bound_is_refused(written, code):
    with pytest.raises(BadInput) as refused:
        read_amount(written, True, "rules[0].min")
    assert (refused.value.code, refused.value.where) == (code, "rules[0].min")


def test_a_share_without_a_base_is_refused_and_a_count_is_not():
    with pytest.raises(BadInput) as refused:
        read_amount(0.15, False, "")
    assert refused.value.code == "share_without_base"
    assert read_amount(1.0, False, "") == Count(1)


def people(women: int, men: int, **scores: int) -> list[dict]:
    return [{"id": f"f{i}", "score": scores.get("f", 1), "traits": {"sex": "F"}} for i in range(women)] + [
        {"id": f"m{i}", "score": scores.get("m", 2), "traits": {"sex": "M"}} for i in range(men)
    ]


def women_chosen(bound: dict, choose: int) -> int:
    problem = {
        "people": people(9, 9),
        "choose": choose,
        "rules": [{"name": "women", "where": {"sex": "F"}, **bound}],
    }
    result = solve(read_problem(problem))
    return sum(one.startswith("f") for one in result.best.chosen)


@pytest.mark.parametrize(
    ("share", "choose", "women"),
    [
        ("1/3", 9, 3),  # exactly a third is enough
        ("1/3", 8, 3),  # 8/3 = 2.67: two would be less than a third
        ("1/3", 7, 3),
        ("1/3", 6, 2),
        (0.15, 7, 2),  # 1.05 is more than one
        (0.3, 9, 3),
        (0.1, 9, 1),
        ("34%", 9, 4),  # one third is less than 34 %
    ],
)
def test_a_least_share_is_never_rounded_down(share, choose, women):
    assert women_chosen({"of": "chosen", "min": share}, choose) == women


@pytest.mark.parametrize(
    ("share", "choose", "men"), [("1/3", 9, 3), ("1/3", 8, 2), ("33%", 9, 2), ("34%", 9, 3)]
)
def test_a_most_share_is_never_rounded_up(share, choose, men):
    problem = {
        "people": people(9, 9),
        "choose": choose,
        "rules": [{"name": "men", "where": {"sex": "M"}, "of": "chosen", "max": share}],
    }
    result = solve(read_problem(problem))
    assert sum(one.startswith("m") for one in result.best.chosen) == men


def test_a_share_of_a_subset_counts_only_members_of_that_subset():
    rows = [("a", 9, "F", 30), ("b", 8, "F", 50), ("c", 1, "F", 30), ("d", 7, "M", 30), ("e", 6, "M", 30)]
    problem = {
        "people": [{"id": i, "score": s, "traits": {"sex": x, "age": a}} for i, s, x, a in rows],
        "choose": 3,
        "rules": [{"name": "young women", "where": {"age": {"lt": 40}}, "of": {"sex": "F"}, "min": "51%"}],
    }
    # a, b, d would be best, but half of its women are young: young men do not help.
    assert set(solve(read_problem(problem)).best.chosen) == {"a", "d", "e"}


def test_a_share_of_nobody_holds():
    problem = {
        "people": people(2, 3),
        "choose": 3,
        "rules": [{"name": "r", "where": {"sex": "M"}, "of": {"sex": "F"}, "min": "1/2"}],
    }
    result = solve(read_problem(problem))
    assert set(result.best.chosen) == {"m0", "m1", "m2"}
    assert (result.rules[0].base, result.rules[0].value) == (0, None)


@given(st.fractions(0, 1, max_denominator=10**6), st.integers(1, 60))
def test_small_terms_mean_the_same_for_every_count_and_base(part, largest):
    least, most = share_at_least(part, largest), share_at_most(part, largest)
    assert most <= part <= least
    assert least.denominator <= largest and most.denominator <= largest
    for base in range(1, largest + 1):
        for count in {int(part * base) - 1, int(part * base), int(part * base) + 1, int(part * base) + 2}:
            assert (count >= part * base) == (count >= least * base)
            assert (count <= part * base) == (count <= most * base)
