"""The framework and the groups as data, and the geometry of the charts of competencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hientai.apps.workforce.drawing import LABEL, STEP, WIDE, person_chart, unit_chart
from hientai.apps.workforce.types import Assessed, GapLine, Outcome, UnitGap
from hientai.engines.errors import BadInput
from hientai.rulebook.workforce import LEVELS, decrees, framework

DAY = date(2026, 3, 5)


def _line(required: int | None, level: int | None) -> GapLine:
    judged = Assessed(level, "Hội đồng", DAY, "") if level else None
    return GapLine("drafting", "Soạn thảo", "common", required, judged)


def test_every_competency_has_five_levels_and_a_group_with_a_name() -> None:
    known = framework()
    assert all(len(one.levels) == LEVELS and known.groups[one.group] for one in known.competencies.values())
    assert not known.verified and known.source


def test_a_decree_on_job_positions_follows_the_one_before_it_without_a_gap() -> None:
    known = decrees()
    assert known["62/2020/NĐ-CP"].valid_to == known["361/2025/NĐ-CP"].valid_from
    assert known["106/2020/NĐ-CP"].valid_to == known["232/2026/NĐ-CP"].valid_from
    assert known["361/2025/NĐ-CP"].holds(date(2025, 12, 31))
    assert not known["361/2025/NĐ-CP"].holds(date(2025, 12, 30))
    assert not known["62/2020/NĐ-CP"].holds(date(2025, 12, 31))


def test_what_nobody_read_in_the_text_says_so() -> None:
    groups = [group for decree in decrees().values() for group in decree.groups.values()]
    assert {group.verified for group in groups} == {True, False}
    assert decrees()["361/2025/NĐ-CP"].groups["commune"].catalogue is None  # the sources differ: 45 and 44


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "groups: {a: A}\ncompetencies:\n  x: {name: X, group: a, about: '', levels: [1, 2, 3, 4]}",
            "năm mức",
        ),
        (
            "groups: {a: A}\ncompetencies:\n  x: {name: X, group: b, about: '', levels: [1, 2, 3, 4, 5]}",
            "một nhóm",
        ),
        ("groups: {a: A}\ncompetencies:\n  x: {name: X, group: a, levels: [1, 2, 3, 4, 5]}", "trường"),
    ],
)
def test_a_faulty_framework_is_refused_and_says_where(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "khung.yaml"
    file.write_text(f"verified: false\nsource: ''\n{content}", encoding="utf-8")
    with pytest.raises(BadInput, match=words) as caught:
        framework(file)
    assert caught.value.where == "khung.yaml: x"


GROUPS = "groups: {a: {name: A, verified: true}}"
SAID = "title: T, staff: civil_servant, valid_from: 2020-01-01, verified: true, source: ''"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (f"{SAID.replace('civil_servant', 'nobody')}, {GROUPS}", "đối tượng"),
        (SAID, "ít nhất một nhóm"),
        (f"{SAID}, valid_to: 2020-01-01, {GROUPS}", "hết hiệu lực"),
        (f"{SAID.replace('title: T, ', '')}, {GROUPS}", "trường"),
        (f"{SAID}, colour: red, {GROUPS}", "trường"),
    ],
)
def test_a_faulty_decree_is_refused(tmp_path: Path, fields: str, words: str) -> None:
    file = tmp_path / "nhom.yaml"
    file.write_text(f"decrees:\n  '1/2020': {{{fields}}}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        decrees(file)


def test_required_against_assessed_has_three_answers() -> None:
    assert _line(3, 3).outcome == Outcome.MET and _line(3, 3).gap == 0
    assert _line(3, 2).outcome == Outcome.BELOW and _line(3, 2).gap == 1
    assert _line(3, None).outcome == Outcome.UNKNOWN and _line(3, None).gap is None
    assert _line(None, 4).outcome == "" and _line(None, 4).gap is None


def test_a_bar_is_as_long_as_the_level_and_the_mark_stands_at_the_required_one() -> None:
    chart = person_chart([_line(4, 2), _line(3, None), _line(None, 5)])
    first, second, third = chart.rows
    assert (first.length, first.mark) == (2 * STEP, LABEL + 4 * STEP)
    assert (second.length, third.length, third.mark) == (0, 5 * STEP, None)
    assert first.y < second.y < third.y < chart.height
    assert [level for _x, level in chart.ticks] == [1, 2, 3, 4, 5]


def test_the_parts_of_a_bar_fill_it_exactly_and_nobody_is_drawn_as_nothing() -> None:
    gap = UnitGap(
        "drafting", "Soạn thảo", "common", {"met": tuple(range(5)), "below": (5, 6), "unknown": (7, 8, 9)}
    )
    (bar,) = unit_chart([gap]).rows
    assert [part.number for part in bar.parts] == [5, 2, 3]
    assert bar.parts[0].x == LABEL and sum(part.width for part in bar.parts) == WIDE
    only = unit_chart([UnitGap("drafting", "Soạn thảo", "common", {"unknown": (1,)})]).rows[0]
    assert [(part.outcome, part.width) for part in only.parts] == [("unknown", WIDE)]
