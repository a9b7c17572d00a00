"""Charts draw what the numbers say."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.foundation.web.charts import Datum, bands, bars, pyramid, sparkline

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=8)


def data(values: list[int]) -> list[Datum]:
    return [Datum(f"row {index}", value) for index, value in enumerate(values)]


def test_the_longest_bar_fills_the_width_and_half_of_it_is_half_as_long() -> None:
    assert [row.length for row in bars(data([40, 80, 0])).rows] == [500, 1000, 0]


def test_a_target_above_every_bar_makes_room_for_its_mark() -> None:
    chart = bars(data([40]), target=80)
    assert (chart.rows[0].length, chart.target) == (500, 1000)


def test_without_a_target_no_mark_is_drawn() -> None:
    assert bars(data([40])).target is None


def test_one_person_among_many_is_still_seen() -> None:
    assert bars(data([1, 90_000])).rows[0].length == 1


def test_no_rows_and_rows_of_nothing_draw_nothing() -> None:
    assert bars([]).rows == ()
    assert [row.length for row in bars(data([0, 0])).rows] == [0, 0]


@given(COUNTS)
def test_bands_lie_side_by_side_and_fill_the_width(values: list[int]) -> None:
    parts = bands(data(values)).parts
    assert parts[0].start == 0
    for left, right in pairwise(parts):
        assert left.start + left.length == right.start
    assert parts[-1].start + parts[-1].length == (1000 if sum(values) else 0)


@given(COUNTS)
def test_shares_of_bands_add_up_to_the_whole(values: list[int]) -> None:
    shares = [part.share for part in bands(data(values)).parts]
    if sum(values):
        assert sum(share for share in shares if share is not None) == 1
    else:
        assert shares == [None] * len(values)


def test_share_of_a_band_is_exact() -> None:
    assert bands(data([1, 2])).parts[0].share == Fraction(1, 3)


def test_both_sides_of_a_pyramid_share_one_scale_and_meet_in_the_middle() -> None:
    row, other = pyramid([("50-54", 200, 100), ("45-49", 50, 0)]).rows
    assert (row.left_start, row.left_length, row.right_length) == (0, 1000, 500)
    assert (other.left_start, other.left_length, other.right_length) == (750, 250, 0)


def test_a_line_runs_from_left_to_right_and_rises_with_the_value() -> None:
    line = sparkline([1, 3, 2])
    assert line.points == "3,21 50,3 97,12"
    assert (line.last_x, line.last_y) == (97, 12)


def test_a_line_of_equal_values_is_level() -> None:
    assert sparkline([5, 5]).points == "3,21 97,21"


def test_one_value_is_not_a_line() -> None:
    with pytest.raises(ValueError, match="two values"):
        sparkline([1])
