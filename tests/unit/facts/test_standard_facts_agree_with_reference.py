"""The SQL of the standard facts against the plain-Python reference, on random small histories."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.facts import reference
from tests.unit.facts.rows import tables

from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.compute import compute, compute_person
from hientai.engines.facts.opening import prepared
from hientai.engines.facts.standard import disciplines, persons, posts, ratings

# One question to DuckDB costs a tenth of a second whatever its size: few examples, many people in each.
QUICK = settings(max_examples=5, deadline=None)
# Few months around month ends make equal days, gaps of a day and shorter months likely.
days = st.dates(date(2019, 12, 28), date(2021, 3, 3)) | st.sampled_from(
    [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 1), date(2020, 6, 30), date(2015, 5, 31)]
)
maybe_days = st.none() | days
PEOPLE = st.integers(1, 20)


position = st.fixed_dictionaries(
    {
        "person_id": PEOPLE,
        "seat_id": st.sampled_from([10, 11, 12]),
        "unit_id": st.sampled_from([100, 101]),
        "is_leadership": st.sampled_from([True, False, None]),
        "kind": st.sampled_from(["appointed", "elected", "acting", "rotated"]),
        "valid_from": days,
        "valid_to": maybe_days,
    }
)
TITLE_OF_SEAT = {10: ("head", 3, "district"), 11: ("deputy", 2, "commune"), 12: ("head", 3, "commune")}


def placed(rows: list[dict]) -> list[dict]:
    """Rows with ids, and the title, rank and level that belong to their seat."""
    found = []
    for number, row in enumerate(rows):
        title, rank, level = TITLE_OF_SEAT[row["seat_id"]]
        found.append(
            {**row, "position_id": number, "title_code": title, "title_rank": rank, "unit_level": level}
        )
    return found


def agree(facts, rows_of_table, reference_of, as_of, name):
    """Every person's answers, for everybody and asked for alone, equal those of the reference."""
    catalogue = Catalogue(facts)
    people = range(1, 21)
    given_tables = tables(**{"persons": [{"person_id": person} for person in people], name: rows_of_table})
    everybody = compute(catalogue, given_tables, as_of)
    assert everybody.frame.equals(compute(catalogue, prepared(given_tables), as_of).frame)
    for person in people:
        wanted = reference_of([row for row in rows_of_table if row["person_id"] == person], as_of)
        found = everybody.of_person(person)
        shared = wanted.keys() & found.keys()
        assert shared
        assert {code: found[code] for code in shared} == {code: wanted[code] for code in shared}
    asked = next((row["person_id"] for row in rows_of_table), 1)
    assert dict(compute_person(catalogue, given_tables, as_of, asked).values) == everybody.of_person(asked)


@QUICK
@given(st.lists(position, min_size=30, max_size=80), days)
def test_facts_of_positions(rows, as_of):
    agree(
        [fact for fact in posts.FACTS if fact.reading.relation is not posts.POST],
        placed(rows),
        reference.post_facts,
        as_of,
        "positions",
    )


rating = st.fixed_dictionaries(
    {
        "person_id": PEOPLE,
        "rating": st.sampled_from([1, 2, 3, 4, None]),
        "decided_on": st.none() | st.just("later"),
    }
)


@QUICK
@given(st.lists(st.tuples(st.integers(2008, 2021), rating), min_size=30, max_size=90), days)
def test_facts_of_ratings(drawn, as_of):
    by_year = {(row["person_id"], year): row | {"year": year} for year, row in drawn}
    rows = []
    for number, row in enumerate(by_year.values()):
        decided = None if row["decided_on"] is None else date(row["year"], 12, 15) + timedelta(days=40)
        rows.append(row | {"rating_id": number, "decided_on": decided})
    agree(ratings.FACTS, rows, reference.rating_facts, as_of, "ratings")


discipline = st.fixed_dictionaries(
    {
        "person_id": PEOPLE,
        "form": st.sampled_from(sorted(reference.WEIGHT)),
        "decided_on": maybe_days,
        "expires_on": maybe_days,
    }
)


@QUICK
@given(st.lists(discipline, min_size=15, max_size=40), days)
def test_facts_of_disciplines(drawn, as_of):
    rows = [row | {"discipline_id": number} for number, row in enumerate(drawn)]
    agree(disciplines.FACTS, rows, reference.discipline_facts, as_of, "disciplines")


person = st.fixed_dictionaries(
    {
        "born_year": st.none() | st.sampled_from([1960, 1980, 2020, 2021]),
        "sex": st.sampled_from(["M", "F", None]),
        "born_month": st.none() | st.sampled_from([1, 2, 12]),
        "born_day": st.none() | st.sampled_from([1, 28]),
        "retires_on": maybe_days,
        "recruited": maybe_days,
        "party_member": st.sampled_from([True, False, None]),
        "party_joined": maybe_days,
        "ethnicity": st.sampled_from(["kinh", "thai", None]),
    }
)


@QUICK
@given(st.lists(person, min_size=10, max_size=40), days)
def test_facts_of_the_biography(drawn, as_of):
    rows = [row | {"person_id": number} for number, row in enumerate(drawn)]
    everybody = compute(Catalogue(persons.FACTS), tables(persons=rows), as_of)
    for row in rows:
        found, wanted = everybody.of_person(row["person_id"]), reference.person_facts(row, as_of)
        assert {code: found[code] for code in wanted} == wanted
