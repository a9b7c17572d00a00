"""Reading identity numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.matching import read_identity


@given(st.integers(1, 96), st.integers(0, 10**9 - 1))
def test_a_twelve_digit_number_survives_excel(province: int, rest: int) -> None:
    number = f"{province:03}{rest:09}"
    found = read_identity(str(int(number)))
    assert found is not None
    assert found.number == number
    assert found.restored == 12 - len(str(int(number)))
    assert found.is_personal


@given(st.integers(10**6, 10**9 - 1))
def test_an_old_number_survives_excel(value: int) -> None:
    number = f"{value:09}"
    found = read_identity(str(value))
    if len(set(number)) == 1 or len(set(str(value))) == 1:
        return
    assert found is not None
    assert found.number == number
    assert not found.is_personal


@pytest.mark.parametrize(
    "typed",
    ["", "123456", "1234567890123", "C1234567", "11111111111", "không có", "12a456789", "²11180123456"],
)
def test_what_can_be_no_number_is_none(typed: str) -> None:
    assert read_identity(typed) is None


@pytest.mark.parametrize("typed", ["011.180.123.456", " 011180123456 ", "'011180123456", "011180123456.0"])
def test_separators_do_not_count(typed: str) -> None:
    found = read_identity(typed)
    assert found is not None
    assert found.number == "011180123456"
