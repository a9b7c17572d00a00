"""Duplicate people: what is found, how sure, and why."""

import random
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.matching.reference import points

from hientai.engines.errors import BadInput
from hientai.engines.interval import PartialDate
from hientai.engines.matching import Likeness, Pair, PersonRecord, find_pairs
from hientai.engines.matching.blocks import LARGE_BLOCK, candidate_pairs, pairs_in_groups
from hientai.engines.matching.columns import columns
from hientai.engines.vitext import fold

COMMON = "Nguyễn Văn Hùng"


def crowd(size: int = 400, seed: int = 1) -> list[PersonRecord]:
    """People of whom every twentieth is a Nguyễn Văn Hùng; birthdays all differ by construction."""
    chance = random.Random(seed)
    families = ["Nguyễn", "Trần", "Lê", "Lò", "Quàng", "Bùi", "Đỗ", "Vũ"]
    given = [
        "An",
        "Bình",
        "Cường",
        "Dung",
        "Giang",
        "Hà",
        "Khánh",
        "Lan",
        "Mai",
        "Nga",
        "Oanh",
        "Phúc",
        "Sơn",
    ]
    people = []
    for number in range(size):
        name = COMMON if number % 20 == 0 else f"{chance.choice(families)} Thị {chance.choice(given)}"
        born = PartialDate(1960 + number % 40, number // 40 % 12 + 1, number % 28 + 1)
        people.append(PersonRecord(f"C{number:04}", name, born, "male" if number % 20 == 0 else "female"))
    return people


def pair_of(*records: PersonRecord, among: list[PersonRecord] | None = None) -> Pair | None:
    """The pair of two records put into a crowd."""
    ids = sorted(record.id for record in records)
    found = find_pairs([*(crowd() if among is None else among), *records])
    return next((pair for pair in found if [pair.first, pair.second] == ids), None)


def likeness(one: PersonRecord, other: PersonRecord) -> str | None:
    found = pair_of(one, other)
    return found.likeness.value if found else None


def person(
    code: str, name: str = "Sùng Thị Mỷ", born: str | None = "1980-03-05", **more: object
) -> PersonRecord:
    return PersonRecord(code, name, PartialDate.from_iso(born) if born else None, **more)  # type: ignore[arg-type]


def test_an_equal_identity_number_is_the_same_person_whatever_else_differs() -> None:
    one = person("X1", identities=("011180123456",))
    other = person("X2", "Trần Văn Ba", "1975-01-02", identities=("011180123456",))
    assert likeness(one, other) == "same"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("11180123456", "011180123456"), ("1180123456", "001180123456"), ("47028755", "047028755"),
     ("11180123456.0", "011180123456"), ("011 180 123 456", "011180123456")],
)  # fmt: skip
def test_an_identity_number_without_its_leading_zeros_is_the_same_number(typed: str, whole: str) -> None:
    found = pair_of(person("X1", identities=(typed,)), person("X2", "Trần Văn Ba", None, identities=(whole,)))
    assert found is not None
    assert found.likeness is Likeness.SAME
    if typed.isdecimal():
        assert "mất số 0" in str(found.reasons[0].sentence)


def test_one_of_two_numbers_is_enough() -> None:
    one = person("X1", identities=("047028755",))
    other = person("X2", "Trần Văn Ba", None, identities=("011180123456", "047028755"))
    assert likeness(one, other) == "same"


def test_an_old_and_a_new_number_say_nothing_about_each_other() -> None:
    one, other = person("X1", identities=("047028755",)), person("X2", identities=("011180123456",))
    found = pair_of(one, other)
    assert found is not None
    assert found.likeness is Likeness.LIKELY
    assert "identity" not in {reason.about for reason in found.reasons}


def test_a_placeholder_number_is_no_number() -> None:
    one = person("X1", identities=("000000000000",))
    assert likeness(one, person("X2", "Trần Văn Ba", None, identities=("000000000000",))) is None


def test_a_rare_name_and_one_birthday_are_likely_one_person() -> None:
    assert likeness(person("X1"), person("X2")) == "likely"


@pytest.mark.parametrize(
    "name",
    ["SÙNG THỊ MỶ", "sùng thị mỷ", "Sung Thi My", "Sung Thị My", unicodedata.normalize("NFD", "Sùng Thị Mỷ"),
     "  Sùng\u00a0Thị  Mỷ "],
)  # fmt: skip
def test_a_name_in_any_writing_is_the_same_name(name: str) -> None:
    assert likeness(person("X1"), person("X2", name)) == "likely"


def test_a_name_with_another_tone_is_possible_at_most() -> None:
    assert likeness(person("X1"), person("X2", "Sùng Thị Mỵ")) == "possible"


def test_old_and_new_tone_style_are_one_spelling() -> None:
    found = pair_of(person("X1", "Sùng Thị Hòa"), person("X2", "Sùng Thị Hoà"))
    assert found is not None
    assert "Cùng họ tên “Sùng Thị Hòa”" in str(next(r for r in found.reasons if r.about == "name").sentence)


def test_day_and_month_swapped_are_likely() -> None:
    found = pair_of(person("X1"), person("X2", born="1980-05-03"))
    assert found is not None
    assert found.likeness is Likeness.LIKELY
    assert any("đổi chỗ: 05/03/1980 và 03/05/1980" in str(reason.sentence) for reason in found.reasons)


def test_a_rare_name_and_only_the_year_is_possible() -> None:
    assert likeness(person("X1"), person("X2", born="1980")) == "possible"
    assert likeness(person("X1", born="1980"), person("X2", born="1980")) == "possible"
    assert likeness(person("X1"), person("X2", born="1981")) is None


def test_a_common_name_and_only_the_year_is_possible_at_most() -> None:
    for born in ("1980", "1980-03-05"):
        assert likeness(person("X1", COMMON, born), person("X2", COMMON, "1980")) in (None, "possible")


def test_a_common_name_in_a_large_body_needs_more_than_the_birthday() -> None:
    first = date(1960, 1, 1)
    days = [(first + timedelta(days=7 * number)).isoformat() for number in range(2000)]
    many = [person(f"H{number:04}", COMMON, day) for number, day in enumerate(days)]
    others = [
        person(f"L{number:04}", f"Lò Thị {chr(65 + number % 26)}{number}", None) for number in range(2000)
    ]
    assert likeness(person("X1", COMMON), person("X2", COMMON)) == "likely"
    found = find_pairs([*many, *others, person("X1", COMMON, days[7])])
    assert [(pair.first, pair.second, pair.likeness.value) for pair in found] == [("H0007", "X1", "possible")]


def test_different_twelve_digit_numbers_keep_namesakes_of_one_birthday_from_being_likely() -> None:
    one, other = person("X1", identities=("011180123456",)), person("X2", identities=("011180987654",))
    assert likeness(one, other) in (None, "possible")


@pytest.mark.parametrize("number", ["011180123457", "011180124356"])
def test_a_slip_in_the_number_is_forgiven(number: str) -> None:
    one, other = person("X1", identities=("011180123456",)), person("X2", identities=(number,))
    assert likeness(one, other) == "likely"


def test_another_sex_makes_a_likely_pair_possible() -> None:
    assert likeness(person("X1", sex="female"), person("X2", sex="female")) == "likely"
    assert likeness(person("X1", sex="female"), person("X2", sex="male")) == "possible"


def test_a_slip_in_the_name_or_a_missing_middle_name_is_found_on_one_birthday() -> None:
    for name in ("Sùng Thị Mỷy", "Sùg Thị Mỷ", "Sùng Mỷ"):
        assert likeness(person("X1"), person("X2", name)) in ("likely", "possible")
    assert likeness(person("X1"), person("X2", "Vàng Thị Mỷ")) is None


def test_strangers_are_no_pair() -> None:
    assert find_pairs(crowd()) == ()
    assert find_pairs([]) == ()
    assert find_pairs([person("X1")]) == ()
    assert find_pairs([PersonRecord("1", ""), PersonRecord("2", "")]) == ()


def test_only_pairs_with_a_fresh_record_are_answered() -> None:
    records = [person("X1"), person("X2"), person("X3")]
    every = {(pair.first, pair.second) for pair in find_pairs([*crowd(), *records])}
    assert every == {("X1", "X2"), ("X1", "X3"), ("X2", "X3")}
    fresh = {(pair.first, pair.second) for pair in find_pairs([*crowd(), *records], fresh={"X3"})}
    assert fresh == {("X1", "X3"), ("X2", "X3")}
    assert find_pairs([*crowd(), *records], fresh=set()) == ()


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        find_pairs([person("X1"), person("X1")])
    assert (refusal.value.code, refusal.value.where) == ("repeated_id", "X1")


NAMES = st.sampled_from(
    ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyen Van Hung", "Nguyễn Hùng", "Lò Thị Mai", "Lò Thị Mài",
     "LÒ THỊ MAI", "Lò Mai", "Ksor H'Bé", "A Phúc", "Trần Hoà", "Trần Hòa", ""]
)  # fmt: skip
BIRTHS = st.none() | st.builds(PartialDate, st.integers(1979, 1981)) | st.builds(
    PartialDate, st.integers(1979, 1981), st.integers(3, 5), st.none() | st.integers(3, 5)
)  # fmt: skip
NUMBERS = st.lists(
    st.sampled_from(["011180123456", "11180123456", "011180123465", "011180999999", "047028755",
                     "47028755", "047028799", "abc", ""]),
    max_size=2,
).map(tuple)  # fmt: skip
RECORDS = st.lists(
    st.builds(
        PersonRecord,
        st.just(""),
        NAMES,
        BIRTHS,
        st.sampled_from([None, "male", "female"]),
        NUMBERS,
        st.sampled_from(["", "Điện Biên", "xã Thanh Nưa, Điện Biên", "Sơn La"]),
    ),
    max_size=24,
).map(lambda people: [PersonRecord(f"R{n:02}", *list(vars(p).values())[1:]) for n, p in enumerate(people)])


@given(RECORDS)
@settings(max_examples=150, deadline=None)
def test_points_are_those_of_the_plain_reference(records: list[PersonRecord]) -> None:
    by_id = {record.id: record for record in records}
    for pair in find_pairs(records):
        expected = points(records, by_id[pair.first], by_id[pair.second])
        told = {reason.about: reason.points for reason in pair.reasons}
        assert pair.points == sum(expected.values()) == sum(told.values())
        assert {about: value for about, value in expected.items() if value} == {
            about: value for about, value in told.items() if value
        }
        assert (pair.likeness is Likeness.SAME) == (expected["identity"] == 40)


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_every_pair_worth_showing_that_shares_name_or_birthday_or_number_is_found(
    records: list[PersonRecord],
) -> None:
    found = {(pair.first, pair.second) for pair in find_pairs(records)}
    for position, one in enumerate(records):
        for other in records[position + 1 :]:
            expected = points(records, one, other)
            same_name = fold(one.name.strip()) == fold(other.name.strip()) != ""
            whole = one.born is not None and one.born.day is not None and one.born == other.born
            near_name = one.name and other.name and expected["name"] > -12 and whole
            worth = sum(expected.values()) >= 0 and (same_name or near_name)
            if worth or expected["identity"] == 40:
                assert (one.id, other.id) in found


@given(RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_records_does_not_matter(records: list[PersonRecord], chance: random.Random) -> None:
    mixed = list(records)
    chance.shuffle(mixed)
    assert find_pairs(mixed) == find_pairs(records)


def test_the_surest_come_first_and_reasons_are_sentences() -> None:
    records = [
        person("X1"), person("X2"), person("X3", born="1980"),
        person("X4", identities=("047028755",)), person("X5", "Lý A Sáng", None, identities=("47028755",)),
    ]  # fmt: skip
    found = find_pairs([*crowd(), *records])
    order = [Likeness.SAME, Likeness.LIKELY, Likeness.POSSIBLE]
    ranks = [(order.index(pair.likeness), -pair.points) for pair in found]
    assert ranks == sorted(ranks)
    assert {pair.likeness for pair in found} == set(order)
    for pair in found:
        assert pair.first < pair.second
        assert all(str(reason.sentence).endswith(".") for reason in pair.reasons)


def test_large_groups_cost_linear_work() -> None:
    size = 5 * LARGE_BLOCK
    twins = [person(f"T{number:05}", identities=("047028755",)) for number in range(size)]
    assert len(candidate_pairs(columns(twins))) == size - 1


def test_groups_up_to_the_limit_are_compared_throughout() -> None:
    codes = columns([person(f"T{number:03}") for number in range(4)]).name.codes
    assert sorted(map(tuple, pairs_in_groups(codes, most=4).tolist())) == [
        (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3),
    ]  # fmt: skip
    assert pairs_in_groups(codes, most=3).tolist() == [[0, 1], [1, 2], [2, 3]]
