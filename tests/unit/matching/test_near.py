"""Who is worth comparing by name and birth alone, and how common names are among everybody."""

from collections import Counter
from dataclasses import replace

import pytest
from tests.unit.matching.test_find import COMMON, crowd

from hientai.engines.interval import PartialDate
from hientai.engines.matching import Commonness, Likeness, NameAndBirth, PersonRecord, find_pairs, near
from hientai.engines.vitext import search_key


def brief(name: str, year: int = 1980, month: int = 3, day: int = 5) -> NameAndBirth:
    return NameAndBirth(search_key(name), year, month, day)


MAI = brief("Lò Thị Mai Hương")


@pytest.mark.parametrize(
    "known",
    [
        MAI,
        brief("LO THI MAI HUONG"),
        MAI._replace(day=0),
        MAI._replace(month=5, day=3),
        brief("Lò Thị Mai Hượng"),
        brief("Lò Thị Mai Huong"),
        brief("Lò Thị Mia Hương"),
        brief("Lò Hương"),
    ],
)
def test_one_name_and_year_or_one_birthday_and_nearly_the_name_is_near(known: NameAndBirth) -> None:
    assert near([MAI], [known]) == [(0, 0)]


@pytest.mark.parametrize(
    "known",
    [
        brief("Lò Thị Mai Hương", 1981),
        brief("Quàng Thị Mai Hương"),
        brief("Lò Thị Lan"),
        brief("Hương"),
        brief("Lò Thị Mia Hương", 1980, 5, 3),
        brief("Lò Thị Mia Hương", 1980, 0, 0),
    ],
)
def test_another_birthday_or_another_name_is_not_near(known: NameAndBirth) -> None:
    assert near([MAI], [known]) == []


def test_pairs_come_once_and_in_order() -> None:
    assert near([MAI, MAI], [brief("Lò Hương"), MAI]) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert near([], [MAI]) == near([MAI], []) == []


def everybody(records: list[PersonRecord]) -> Commonness:
    births = [(r.born.year, r.born.month or 0, r.born.day or 0) for r in records if r.born]
    return Commonness(len(records), Counter(search_key(r.name) for r in records), Counter(births))


def briefs(records: list[PersonRecord]) -> list[NameAndBirth]:
    return [
        NameAndBirth(search_key(r.name), r.born.year, r.born.month or 0, r.born.day or 0)
        for r in records
        if r.born
    ]


def test_the_few_who_are_near_give_the_likely_pairs_that_everybody_together_gives() -> None:
    people = crowd(800)
    doubles = [
        replace(each, id=f"X{each.id}", name=each.name.replace("Thị ", "") if n % 2 else each.name.upper())
        for n, each in enumerate(people[::37])
    ]
    fresh = {each.id for each in doubles}
    whole = {
        (p.first, p.second): p.likeness for p in find_pairs([*people, *doubles], fresh) if "X" in p.second
    }
    found = near(briefs(doubles), briefs(people))
    few = [*doubles, *(people[j] for j in sorted({j for _, j in found}))]
    chosen = {
        (p.first, p.second): p.likeness
        for p in find_pairs(few, fresh, everybody([*people, *doubles]))
        if not p.first.startswith("X")
    }
    likely = {
        pair for pair, likeness in whole.items() if likeness is not Likeness.POSSIBLE and pair[0][0] == "C"
    }
    assert len(likely) > 10
    assert likely <= {pair for pair, likeness in chosen.items() if likeness is not Likeness.POSSIBLE}


def test_a_common_name_on_a_common_birthday_counts_for_less_although_nobody_else_is_compared() -> None:
    born = PartialDate(1970, 1, 1)
    pair = [PersonRecord("A", COMMON, born, "male"), PersonRecord("B", COMMON, born, "male")]
    rare = find_pairs(pair, {"B"}, Commonness(100_000, {search_key(COMMON): 2}, {(1970, 1, 1): 2}))
    common = find_pairs(pair, {"B"}, Commonness(100_000, {search_key(COMMON): 500}, {(1970, 1, 1): 900}))
    assert rare[0].likeness is Likeness.LIKELY
    assert not common or common[0].likeness is Likeness.POSSIBLE


def test_the_reasons_speak_of_everybody() -> None:
    born = PartialDate(1970, 1, 2)
    pair = [PersonRecord("A", COMMON, born, "male"), PersonRecord("B", COMMON, born, "male")]
    (found,) = find_pairs(pair, {"B"}, Commonness(4_321, {search_key(COMMON): 2}, {}))
    assert "4321" in str(found.reasons[-1].sentence).replace(".", "")
