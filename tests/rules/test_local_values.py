"""What a province may set in place of a central value, and what it does to a standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hientai.engines.criteria.tree import Citation, Direction, LocalChange, Parameter
from hientai.engines.errors import BadInput
from hientai.rulebook import load_rulebook
from hientai.rulebook.local import LocalValue, check_local

CENTRAL = Parameter("plan.x", 60, "tháng", Citation("1-QĐ/TW"), True, Direction.MINIMUM, LocalChange.TIGHTEN)
LOCAL = LocalValue(replace(CENTRAL, value=72, citation=Citation("1-QĐ/TU")), "1-QĐ/TW")
KEY = "plan.min_remaining_months"
CODE = "plan.commune.chair"


def allowed(central: Parameter, value: object, *, pilot: bool = False) -> bool:
    try:
        check_local(central, replace(LOCAL, parameter=replace(LOCAL.parameter, value=value), pilot=pilot))
    except BadInput as error:
        assert error.code == "local_change_not_allowed"
        return False
    return True


@pytest.mark.parametrize(
    ("direction", "change", "lower", "same", "higher", "lower_as_pilot", "higher_as_pilot"),
    [
        ("minimum", "none", False, True, False, False, False),
        ("minimum", "tighten", False, True, True, False, True),
        ("maximum", "tighten", True, True, False, True, False),
        ("exact", "tighten", False, True, False, False, False),
        ("minimum", "pilot", False, True, True, True, True),
        ("maximum", "pilot", True, True, False, True, True),
        ("maximum", "free", True, True, True, True, True),
    ],
)
def test_who_may_change_what(direction, change, lower, same, higher, lower_as_pilot, higher_as_pilot):
    central = replace(CENTRAL, direction=Direction(direction), local_change=LocalChange(change))
    assert (allowed(central, 59), allowed(central, 60), allowed(central, 61)) == (lower, same, higher)
    assert allowed(central, 59, pilot=True) is lower_as_pilot
    assert allowed(central, 61, pilot=True) is higher_as_pilot


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "plan.y"}, "other_parameter"),
        ({"unit": "năm"}, "other_parameter"),
        ({"citation": Citation("1-QĐ/TW")}, "missing_citation"),
        ({"citation": Citation("")}, "missing_citation"),
        ({"value": "nhiều"}, "wrong_type"),
    ],
)
def test_a_local_value_is_of_the_same_kind_and_cited(change, code):
    with pytest.raises(BadInput) as error:
        check_local(CENTRAL, replace(LOCAL, parameter=replace(LOCAL.parameter, **change)))
    assert (error.value.code, error.value.where) == (code, "plan.x")


def local_months(value: int, under: str = "50-QĐ/TW", **days) -> LocalValue:
    central = load_rulebook().document(under).parameter(KEY)
    return LocalValue(replace(central, value=value, citation=Citation("15-QĐ/TU"), **days), under)


def required_on(day: date, local: LocalValue):
    standard = load_rulebook().standard(CODE, day, [local])
    return next(one.required for one in standard.criteria() if one.fact == "months_to_retirement")


def test_a_local_value_holds_in_its_days_and_under_its_document_only():
    local = local_months(72, valid_from=date(2022, 3, 1), valid_to=None)
    assert required_on(date(2022, 2, 28), local) == 60
    assert required_on(date(2022, 3, 1), local) == 72
    assert required_on(date(2025, 10, 7), local) == 72
    assert required_on(date(2025, 10, 8), local) == 120


def test_a_loosened_value_is_refused_where_it_would_be_used():
    with pytest.raises(BadInput) as error:
        required_on(date(2023, 1, 1), local_months(48))
    assert error.value.code == "local_change_not_allowed"


def test_all_standards_in_force_are_listed_for_a_day():
    book = load_rulebook()
    before, after = (book.standards_in_force(day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert {one.document for one in before if one.code.startswith("plan.")} == {"50-QĐ/TW"}
    ended = {one.code for one in before} - {one.code for one in after}
    assert {code for code in ended if code.startswith("plan.")} == {
        code for code in book.standard_codes if code.startswith("plan.district.")
    }
