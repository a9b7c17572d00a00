"""The catalogue refuses wrong facts, the snapshot wrong columns, and both say where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.unit.facts.rows import tables

from hientai.engines.errors import BadInput
from hientai.engines.facts import kept as facts_kept
from hientai.engines.facts import snapshot as facts_snapshot
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.compute import compute
from hientai.engines.facts.fact import Fact, FactType, Reading
from hientai.engines.facts.kept import keep, kept, renew
from hientai.engines.facts.snapshot import Snapshot, snapshot_of_rows
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.facts.statement import tables_read_by
from hientai.engines.wording import Sentence

TEXT = Sentence("…")
AGE = Fact("age", TEXT, FactType.INTEGER, TEXT, TEXT, TEXT)
FAITH = Fact("faith", TEXT, FactType.CODE, TEXT, TEXT, TEXT, statistics_only=True)
UNIT = Fact("unit", TEXT, FactType.IDENTIFIER, TEXT, TEXT, TEXT)
SMALL = Catalogue([AGE, FAITH, UNIT])
DAY = date(2024, 1, 1)


def refused(code, act, *arguments):
    with pytest.raises(BadInput) as error:
        act(*arguments)
    assert error.value.code == code
    return error.value


def test_a_code_comes_once_and_has_the_form_of_a_name():
    refused("duplicate_fact", Catalogue, [AGE, AGE])
    refused("bad_fact_code", Catalogue, [replace(AGE, code="Age in years")])
    refused("wrong_type", Catalogue, [replace(AGE, absent_means="none")])


def test_facts_are_looked_up_by_code_and_kept_in_order():
    assert SMALL["age"] is AGE
    assert SMALL.only(["unit", "age"]).codes == ("age", "unit")
    assert refused("unknown_fact", SMALL.__getitem__, "agee").where == "agee"


def test_statistics_and_identifiers_stay_out_of_rules():
    assert SMALL.check_usable_in_rules("age") is AGE
    refused("statistics_only", SMALL.check_usable_in_rules, "faith")
    refused("identifier_in_rule", SMALL.check_usable_in_rules, "unit")


def test_what_boundaries_forbid_is_marked_statistics_only_in_the_standard_catalogue():
    marked = {fact.code for fact in standard_catalogue() if fact.statistics_only}
    assert marked == {"sex", "ethnicity", "ethnic_minority", "has_religion"}


def test_every_standard_fact_says_what_it_counts_and_where_it_comes_from():
    catalogue = standard_catalogue()
    assert len(catalogue) >= 60
    for fact in catalogue:
        assert fact.label.template and fact.source.template and fact.reading is not None
        assert fact.definition.template.endswith(".")
    assert len({fact.label.template for fact in catalogue}) == len(catalogue)


def test_truth_is_no_number_and_a_number_no_truth():
    refused("wrong_type", AGE.check_value, True)
    refused("wrong_type", replace(AGE, type=FactType.BOOLEAN).check_value, 1)
    refused("unknown_code", replace(FAITH, codes={"a": TEXT}).check_value, "b")


def test_a_snapshot_answers_for_one_person_and_refuses_strangers():
    snapshot = snapshot_of_rows(SMALL, DAY, {7: {"age": 40}, 3: {}})
    assert snapshot.person_ids.to_list() == [3, 7]
    assert snapshot.of_person(7) == {"age": 40, "faith": None, "unit": None}
    for stranger in (1, 5, 9):
        refused("unknown_person", snapshot.of_person, stranger)


def test_a_restricted_snapshot_has_those_people_only():
    snapshot = snapshot_of_rows(SMALL, DAY, {n: {"age": n} for n in range(5)})
    assert snapshot.restricted_to([3, 1, 99]).person_ids.to_list() == [1, 3]


def test_a_snapshot_about_some_facts_has_their_columns_only():
    snapshot = snapshot_of_rows(SMALL, DAY, {7: {"age": 40, "unit": 5}, 3: {}})
    few = snapshot.about(["unit", "age"])
    assert few.frame.columns == ["person_id", "age", "unit"] and few.catalogue.codes == ("age", "unit")
    assert few.of_person(7) == {"age": 40, "unit": 5}
    assert len(snapshot.about([])) == 2
    assert refused("unknown_fact", few.about, ["faith"]).where == "faith"


def test_changed_people_are_replaced_whole_and_new_ones_added():
    old = snapshot_of_rows(SMALL, DAY, {1: {"age": 30}, 2: {"age": 40}})
    new = old.replacing(snapshot_of_rows(SMALL, DAY, {2: {"age": 41}, 3: {"age": 50}}))
    assert new.frame["age"].to_list() == [30, 41, 50]


@pytest.mark.parametrize("few", [0, 200])
@pytest.mark.parametrize("people", [(0,), (4,), (0, 4), (2, 3), (0, 1, 2, 3, 4), (2, 9), ()])
def test_few_and_many_people_are_replaced_alike(
    monkeypatch: pytest.MonkeyPatch, few: int, people: tuple[int, ...]
) -> None:
    monkeypatch.setattr(facts_snapshot, "FEW", few)
    old = snapshot_of_rows(SMALL, DAY, {n: {"age": n, "faith": "a"} for n in range(5)})
    new = old.replacing(snapshot_of_rows(SMALL, DAY, {n: {"age": n + 40} for n in people}))
    ages = {n: n for n in range(5)} | {n: n + 40 for n in people}
    assert dict(zip(new.person_ids, new.frame["age"], strict=True)) == ages
    assert new.frame.filter(pl.col("faith").is_null()).get_column("person_id").to_list() == list(people)


def test_a_snapshot_refuses_wrong_columns_types_and_persons():
    frame = snapshot_of_rows(SMALL, DAY, {1: {}, 2: {}}).frame
    assert refused("wrong_columns", Snapshot, frame.drop("age"), SMALL, DAY).where == "age"
    wrong = frame.with_columns(pl.col("age").cast(pl.Int64))
    assert refused("wrong_column_type", Snapshot, wrong, SMALL, DAY).where == "age"
    refused("bad_person_column", Snapshot, frame.reverse(), SMALL, DAY)
    refused("bad_person_column", Snapshot, pl.concat([frame, frame]).sort("person_id"), SMALL, DAY)


def test_a_table_without_a_needed_column_is_named():
    broken = tables(persons=[{"person_id": 1}])["persons"].drop("retires_on")
    assert (
        refused("bad_table", compute, standard_catalogue(), {"persons": broken}, DAY).where
        == "persons.retires_on"
    )
    refused("bad_table", compute, standard_catalogue(), {}, DAY)


def test_facts_may_come_from_further_tables_and_be_asked_for_some_people():
    awards = pl.DataFrame({"person_id": [1, 1, 2], "award": ["a", "b", "a"]})
    reading = Reading("SELECT * FROM awards", "count(*)")
    counted = Fact("awards", TEXT, FactType.INTEGER, TEXT, TEXT, TEXT, absent_means=0, reading=reading)
    given = tables(persons=[{"person_id": n} for n in (1, 2, 3)]) | {"awards": awards}
    assert compute(Catalogue([counted]), given, DAY).frame["awards"].to_list() == [2, 1, 0]
    assert compute(Catalogue([counted]), given, DAY, [3, 1]).frame["awards"].to_list() == [2, 0]


def test_a_reading_that_the_database_refuses_names_its_fact():
    broken = replace(AGE, reading=Reading("SELECT * FROM persons", "no_such_column", one_row=True))
    error = refused(
        "fact_not_computed", compute, Catalogue([broken]), tables(persons=[{"person_id": 1}]), DAY
    )
    assert error.where == "age"


def test_parquet_files_answer_as_frames_do(tmp_path):
    given = tables(
        persons=[{"person_id": 1, "retires_on": date(2030, 1, 31)}],
        positions=[
            {
                "position_id": 1,
                "person_id": 1,
                "seat_id": 1,
                "kind": "elected",
                "valid_from": date(2020, 1, 1),
            }
        ],
    )
    stored = {}
    for name, frame in given.items():
        stored[name] = tmp_path / f"{name}.parquet"
        frame.write_parquet(stored[name])
    catalogue = standard_catalogue().only(["months_to_retirement", "months_in_position", "block"])
    assert compute(catalogue, stored, DAY).frame.equals(compute(catalogue, given, DAY).frame)


def test_a_main_post_counts_from_its_first_day_whatever_the_number_of_its_record():
    """Records are numbered by hashes, so half of the numbers are negative."""
    for number in (-(2**62), -5, -1, 0, 1, 2**32, 2**62):
        post = {"position_id": number, "person_id": 1, "seat_id": 1, "title_rank": 40, "kind": "elected"}
        given = tables(persons=[{"person_id": 1}], positions=[post | {"valid_from": date(2020, 6, 15)}])
        catalogue = standard_catalogue().only(["months_in_position", "title_rank"])
        found = compute(catalogue, given, date(2025, 6, 14)).of_person(1)
        assert found == {"months_in_position": 59, "title_rank": 40}, number
        assert compute(catalogue, given, date(2025, 6, 15)).of_person(1)["months_in_position"] == 60


def stored_records(tmp_path, changed=()):
    people = [{"person_id": person, "born_year": 1960 + person, "sex": "F"} for person in range(1, 30)]
    posts = [
        {"position_id": n, "person_id": 1 + n % 40, "seat_id": n % 7, "title_rank": n % 5, "kind": "elected",
         "valid_from": date(2010 + n % 12, 1 + n % 12, 1 + n % 28), "is_leadership": n % 2 == 0,
         "unit_level": "commune"}
        for n in range(90)
    ]  # fmt: skip
    for person in changed:
        people[person - 1]["born_year"] += 7
        posts = [
            post | {"valid_to": date(2023, 1, 1)} if post["person_id"] == person else post for post in posts
        ]
    given = tables(persons=people, positions=posts)
    stored = {}
    for name, frame in given.items():
        stored[name] = tmp_path / f"{name}.parquet"
        frame.write_parquet(stored[name])
    return given, stored


def test_files_kept_answer_as_frames_do(tmp_path):
    given, stored = stored_records(tmp_path)
    keep(stored, DAY, tmp_path / "facts")
    wanted = compute(standard_catalogue(), given, DAY)
    assert kept(tmp_path / "facts", DAY).frame.equals(wanted.frame, null_equal=True)


@pytest.fixture
def in_parts(tmp_path, monkeypatch):
    """Facts of 29 people kept in parts of five, and the records of the same people after some were written anew."""
    monkeypatch.setattr(facts_kept, "PARTS", 6)
    monkeypatch.setattr(facts_kept, "FEWEST_IN_A_PART", 1)
    _, stored = stored_records(tmp_path)
    keep(stored, DAY, tmp_path / "before")

    def changed(*people):
        return stored_records(tmp_path, people)

    return changed


def parts_written_anew(tmp_path):
    return [
        file.name
        for file in sorted((tmp_path / "after").iterdir())
        if not (tmp_path / "before" / file.name).exists()
        or not file.samefile(tmp_path / "before" / file.name)
    ]


@pytest.mark.parametrize("people", [(1,), (29,), (6, 7), (3, 12, 28)])
def test_facts_renewed_are_those_reckoned_anew_and_parts_without_the_people_are_taken_over(
    tmp_path, in_parts, people
):
    given, stored = in_parts(*people)
    renew(tmp_path / "before", stored, DAY, people, tmp_path / "after")
    found = kept(tmp_path / "after", DAY).frame
    assert found.equals(compute(standard_catalogue(), given, DAY).frame, null_equal=True)
    assert not found.equals(kept(tmp_path / "before", DAY).frame, null_equal=True)
    assert len(list((tmp_path / "before").iterdir())) == 6
    assert len(parts_written_anew(tmp_path)) == len({(person - 1) // 5 for person in people})


def test_only_facts_that_read_a_written_table_are_asked_again(tmp_path, in_parts, monkeypatch):
    given, stored = in_parts(4)
    asked = []
    monkeypatch.setattr(
        facts_kept, "compute", lambda facts, *rest: asked.extend(facts.codes) or compute(facts, *rest)
    )
    renew(tmp_path / "before", stored, DAY, [4], tmp_path / "after", {"persons", "positions"})
    found = kept(tmp_path / "after", DAY).frame
    assert found.equals(compute(standard_catalogue(), given, DAY).frame, null_equal=True)
    assert {"age_years", "main_seat", "months_in_rank_or_higher", "block"} <= set(asked)
    assert not {"rating_last", "professional_rank", "in_plan"} & set(asked)


def test_where_no_table_was_written_nothing_is_asked(tmp_path, in_parts, monkeypatch):
    _, stored = in_parts()
    monkeypatch.setattr(facts_kept, "compute", lambda *_given: pytest.fail("asked again"))
    renew(tmp_path / "before", stored, DAY, [4], tmp_path / "after", {"file_states"})
    renew(tmp_path / "before", stored, DAY, [], tmp_path / "taken_over")
    for folder in ("after", "taken_over"):
        assert kept(tmp_path / folder, DAY).frame.equals(kept(tmp_path / "before", DAY).frame)


def test_people_who_come_and_who_are_gone_are_renewed_whole(tmp_path, in_parts):
    given, stored = in_parts()
    persons = given["persons"].filter(pl.col("person_id") != 9)
    newcomer = persons.head(1).with_columns(person_id=pl.lit(77, dtype=pl.Int64))
    records = given | {"persons": pl.concat([persons, newcomer])}
    records["persons"].write_parquet(stored["persons"])
    renew(tmp_path / "before", stored, DAY, [9, 77], tmp_path / "after", {"persons"})
    wanted = compute(standard_catalogue(), records, DAY).frame
    assert kept(tmp_path / "after", DAY).frame.equals(wanted, null_equal=True)


def test_every_table_that_a_fact_reads_is_known():
    read = {fact.code: tables_read_by([fact]) for fact in standard_catalogue()}
    assert {"rank_stretches", "main_posts", "positions"} <= read["months_in_rank_or_higher"]
    assert {"persons", "units", "positions"} <= read["block"]
    assert "ratings" in read["rating_last"] and "ratings" not in read["age_years"]
