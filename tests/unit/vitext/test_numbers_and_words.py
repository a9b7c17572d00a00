"""Printed numbers are read exactly; numbers in words can be read back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.vitext import ParsedNumber, decimal_in_words, number_in_words, parse_number

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def read_back(words: str) -> int:
    """An independent reader: the value of Vietnamese number words."""
    total = part = pending = 0
    for word in words.split():
        if word in _ONES:
            pending = _ONES[word]
        elif word == "mười":
            part, pending = part + 10, 0
        elif word == "mươi":
            part, pending = part + pending * 10, 0
        elif word == "trăm":
            part, pending = part + pending * 100, 0
        elif word in ("nghìn", "triệu"):
            total += (part + pending) * {"nghìn": 10**3, "triệu": 10**6}[word]
            part = pending = 0
        elif word == "tỷ":
            total, part, pending = (total + part + pending) * 10**9, 0, 0
        else:
            assert word in ("linh", "lẻ")
    return total + part + pending


@pytest.mark.parametrize(
    ("printed", "value", "decimals", "percent"),
    [
        ("2.177", 2177, 0, False),
        ("25.944", 25944, 0, False),
        ("14,08%", Fraction(352, 25), 2, True),
        ("14,08 %", Fraction(352, 25), 2, True),
        ("100%", 100, 0, True),
        ("1.234,5", Fraction(2469, 2), 1, False),
        ("1 234,50", Fraction(2469, 2), 2, False),
        ("12\u00a0345", 12345, 0, False),
        ("1.234.567", 1234567, 0, False),
        ("1,234,567", 1234567, 0, False),
        ("1,234.5", Fraction(2469, 2), 1, False),
        ("1,234", Fraction(617, 500), 3, False),
        ("2.34", Fraction(117, 50), 2, False),
        ("0.125", Fraction(1, 8), 3, False),
        ("0", 0, 0, False),
        ("−3,5", Fraction(-7, 2), 1, False),
    ],
)
def test_a_printed_number_is_read_exactly(
    printed: str, value: Fraction, decimals: int, percent: bool
) -> None:
    assert parse_number(printed) == ParsedNumber(Fraction(value), decimals, percent)


@pytest.mark.parametrize("text", ["", "%", "1.2.3", "1.23.456", "hai", "1,2,3", "--1", "1e5", ",5", "5,"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_number(text, where="D4")
    assert (refusal.value.code, refusal.value.where) == ("not_a_number", "D4")


def test_a_share_is_the_percentage_over_a_hundred() -> None:
    assert parse_number("14,08%").share == Fraction(1408, 10000)
    assert parse_number("14,08").share == Fraction(1408, 100)


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_numbers_in_vietnamese_print_read_back(whole: int, decimals: int) -> None:
    tail = f",{whole % 10**decimals:0{decimals}d}" if decimals else ""
    printed = f"{whole:,}".replace(",", ".") + tail
    read = parse_number(printed)
    assert read.decimals == decimals
    assert read.value == Fraction(str(whole) + tail.replace(",", "."))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (25944, "hai mươi lăm nghìn chín trăm bốn mươi tư"),
        (1_000_001, "một triệu không trăm linh một"),
        (10**9, "một tỷ"),
        (10**12, "một nghìn tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_the_south_says_le() -> None:
    assert number_in_words(105, zero_tens="lẻ") == "một trăm lẻ năm"


@given(st.integers(0, 10**18 - 1))
def test_words_read_back_as_the_number(number: int) -> None:
    assert read_back(number_in_words(number)) == number


def test_every_number_below_ten_thousand_reads_back() -> None:
    assert [n for n in range(10_000) if read_back(number_in_words(n)) != n] == []


def test_numbers_from_a_milliard_milliard_on_are_refused() -> None:
    assert number_in_words(10**18 - 1).startswith("chín trăm chín mươi chín triệu")
    with pytest.raises(BadInput):
        number_in_words(10**18)


def test_decimals_are_read_digit_by_digit() -> None:
    assert decimal_in_words(Decimal("14.08")) == "mười bốn phẩy không tám"
    assert decimal_in_words(Decimal("-0.50")) == "âm không phẩy năm không"
    assert decimal_in_words(Decimal("25")) == "hai mươi lăm"
