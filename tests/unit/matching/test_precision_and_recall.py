"""Planted doubles are found, strangers are left alone."""

import pytest
from benchmarks.matching import ERRORS, population

from hientai.engines.matching import Likeness, find_pairs


@pytest.mark.long
def test_doubles_among_ten_thousand_invented_people_are_found_with_few_false_pairs() -> None:
    records, plants = population(people=10_000, doubles=0.05, seed=7)
    truth = {tuple(sorted((plant.first, plant.second))): plant.error for plant in plants}
    found = {(pair.first, pair.second): pair.likeness for pair in find_pairs(records)}
    assert set(truth.values()) == set(ERRORS)
    sure = [pair for pair, likeness in found.items() if likeness is not Likeness.POSSIBLE]
    assert sum(pair in truth for pair in sure) >= 0.98 * len(sure)
    assert sum(pair in truth for pair in found) >= 0.93 * len(found)
    assert sum(pair in found for pair in truth) >= 0.97 * len(truth)
