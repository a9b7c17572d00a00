"""Every shipped procedure is sound, and the holidays it counts by are data with a source."""

from datetime import date

import pytest
import yaml

from hientai.engines.ballots import Citation
from hientai.engines.ballots.published import published_rules
from hientai.engines.errors import BadInput
from hientai.engines.procedure import Calendar, Deadline, faults
from hientai.rulebook.procedures import FOLDER, calendar, definition_in_force, definitions

KINDS = {
    "planning.on_spot", "planning.elsewhere", "planning.review", "appointment.on_spot.party",
    "appointment.on_spot.public_employee", "appointment.elsewhere.public_employee",
    "appointment.merged.public_employee",
}  # fmt: skip


def test_every_kind_of_procedure_is_shipped():
    assert {one.kind for one in definitions()} == KINDS


@pytest.mark.parametrize("definition", definitions(), ids=lambda one: one.code)
def test_a_shipped_procedure_has_no_dead_end_and_every_outcome_leads_somewhere(definition):
    assert faults(definition, published_rules()) == []


@pytest.mark.parametrize("definition", definitions(), ids=lambda one: one.code)
def test_every_demand_of_a_shipped_procedure_names_the_document_behind_it(definition):
    for step in definition.steps:
        assert step.citation.document == definition.document
        assert all(paper.citation and paper.citation.document for paper in step.needs)
        if step.verified:
            assert step.citation.source in definition.sources


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("planning.on_spot", date(2025, 10, 7), "planning.on_spot.qd-50"),
        ("planning.on_spot", date(2025, 10, 8), "planning.on_spot.qd-377"),
        ("appointment.on_spot.party", date(2022, 8, 17), "appointment.on_spot.party.qd-105"),
        ("appointment.on_spot.party", date(2022, 8, 18), "appointment.on_spot.party.qd-80"),
        ("appointment.on_spot.party", date(2025, 10, 8), "appointment.on_spot.party.qd-377"),
    ],
)
def test_the_day_a_case_begins_chooses_its_regime(kind, day, code):
    assert definition_in_force(kind, day).code == code


def test_before_the_first_regime_no_case_can_begin():
    with pytest.raises(BadInput) as refused:
        definition_in_force("planning.on_spot", date(2021, 12, 26))
    assert refused.value.code == "no_procedure"


def test_what_the_pages_did_not_give_is_marked_as_not_confirmed():
    planning = definition_in_force("planning.on_spot", date(2024, 1, 2))
    assert [step.code for step in planning.steps if step.verified] == ["b1", "b2", "b3"]
    assert not any(step.verified for step in definition_in_force("planning.on_spot", date(2026, 1, 5)).steps)


def working(days: int) -> Deadline:
    return Deadline(days, True, Citation("QĐ 1"), True)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2025, 6, 2), 5, date(2025, 6, 9)),  # a weekend lies between
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # Tết 2025
        (date(2025, 4, 25), 1, date(2025, 4, 26)),  # a Saturday worked in exchange
        (date(2025, 4, 29), 1, date(2025, 5, 5)),  # 30 April to 4 May
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết 2026
    ],
)
def test_working_days_pass_over_weekends_and_holidays(start, days, due):
    assert calendar().due(start, working(days)).on == due


def test_plain_days_do_not():
    assert calendar().due(date(2025, 1, 24), Deadline(1, False, Citation("x"), True)).on == date(2025, 1, 25)


def test_a_deadline_over_a_year_whose_holidays_are_not_known_is_uncertain():
    assert calendar().due(date(2025, 6, 2), working(5)).certain
    assert not calendar().due(date(2027, 6, 2), working(5)).certain
    assert not calendar().due(date(2025, 12, 29), working(5)).certain


def test_an_unconfirmed_holiday_on_the_way_makes_a_deadline_uncertain_and_one_before_it_does_not():
    days = Calendar({date(2025, 3, 4): False}, {}, frozenset({2025}))
    assert not days.due(date(2025, 3, 3), working(1)).certain
    assert days.due(date(2025, 3, 4), working(1)).certain


def test_working_days_between_two_days_count_backwards_too():
    assert calendar().working_days_between(date(2025, 6, 6), date(2025, 6, 10)) == 2
    assert calendar().working_days_between(date(2025, 6, 10), date(2025, 6, 6)) == -2


GOOD = (FOLDER / "planning-review-qd-50.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("next: {done: b2}", "next: {done: b9}", "unsound_procedure"),
        ("next: {approved: approved, revise: b1}", "next: {revise: b1}", "unsound_procedure"),
        ("  - {code: stopped, title: Dừng}\n", "", "unsound_procedure"),
        ("needs: [review_list]", "needs: [other]", "unknown_paper"),
        ("citation: {source: VNN50}\n    verified: true", "verified: true", "no_source"),
        ("source: VNN50}\n", "source: XXX}\n", "unknown_source"),
        ("version: 1", "version: 0", "not_a_whole_number"),
        ("title: Rà soát quy hoạch hằng năm", "titel: x", "unknown_key"),
        ("in_force: {from: 2021-12-27", "in_force: {from: hôm nay", "not_a_day"),
        ("steps:", "steps: [", "not_yaml"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name(tmp_path, old, new, code):
    (tmp_path / "x.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        definitions(tmp_path)
    assert refused.value.code == code
    assert "x.yaml" in refused.value.where


def test_two_regimes_of_one_kind_must_not_overlap(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("review.qd-50", "review.other"), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        definitions(tmp_path)
    assert refused.value.code == "overlapping_regimes"


def test_every_holiday_of_the_data_has_a_title_and_a_confirmed_one_a_source():
    document = yaml.safe_load((FOLDER / "holidays.yaml").read_text(encoding="utf-8"))
    for entry in document["days_off"] + document["worked"]:
        assert entry["title"] and (entry.get("source") in document["sources"] or not entry["verified"])
