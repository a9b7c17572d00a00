"""The schedule as data: every value has a document, an article and a mark of verification."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from hientai.engines.errors import BadInput
from hientai.rulebook.retirement_schedule import FOLDER, load_retirement_schedule


def test_both_schedules_end_at_the_ages_of_the_labour_code() -> None:
    schedule = load_retirement_schedule()
    assert (len(schedule.male), len(schedule.female)) == (9, 16)
    assert (schedule.male[-1].from_year, schedule.male[-1].months) == (2028, 62 * 12)
    assert (schedule.female[-1].from_year, schedule.female[-1].months) == (2035, 60 * 12)


def test_men_rise_by_three_and_women_by_four_months_a_year_from_2021() -> None:
    schedule = load_retirement_schedule()
    for steps, rise in ((schedule.male[1:], 3), (schedule.female[1:], 4)):
        assert [step.from_year for step in steps] == list(range(2021, 2021 + len(steps)))
        assert all(b.months - a.months == rise for a, b in pairwise(steps))


def test_only_the_ages_before_2021_are_unverified() -> None:
    schedule = load_retirement_schedule()
    for steps in (schedule.male, schedule.female):
        assert [step.verified for step in steps] == [False] + [True] * (len(steps) - 1)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("value: 723", "value: 60.25"),
        ("unit: month", "unit: year"),
        ("sex: male", "sex: men"),
        ("from_year: 2021, ", ""),
        ("citation: Điều 4, ", ""),
        ("verified: true", "verified: perhaps"),
    ],
)
def test_a_broken_entry_is_refused_with_file_and_key(tmp_path: Path, right: str, wrong: str) -> None:
    folder = tmp_path / "retirement"
    shutil.copytree(FOLDER, folder)
    file = folder / "decree-135-2020.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        load_retirement_schedule(folder)
    assert refusal.value.code == "bad_rule_file"
    assert refusal.value.where == "decree-135-2020.yaml: retirement_age_male_2021"
