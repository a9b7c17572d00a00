"""Rules of good records: a clean person, and for each rule the smallest change that breaks it or just does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from hientai.rulebook.quality import check_quality_rules, evaluating, load_quality_rules
from hientai.rulebook.quality.evaluating import ORDER, evaluated

AS_OF = date(2026, 9, 30)
D = date
SCHEMAS: dict[str, dict[str, Any]] = {
    "persons": {
        "person_id": pl.Int64, "born_year": pl.Int32, "born_month": pl.Int32, "born_day": pl.Int32,
        "party_joined": pl.Date, "party_official": pl.Date, "recruited": pl.Date, "retires_on": pl.Date,
    },
    "managements": {"person_id": pl.Int64, "unit_id": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date},
    "positions": {
        "position_id": pl.Int64, "person_id": pl.Int64, "seat_id": pl.Int64, "unit_id": pl.Int64, "kind": pl.String,
        "valid_from": pl.Date, "valid_to": pl.Date,
    },
    "qualifications": {
        "qualification_id": pl.Int64, "person_id": pl.Int64, "kind": pl.String, "valid_from": pl.Date
    },
    "ratings": {"person_id": pl.Int64, "year": pl.Int32, "decided_on": pl.Date},
    "disciplines": {"person_id": pl.Int64},
    "units": {"unit_id": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date},
    "seat_places": {"seat_id": pl.Int64, "places": pl.Int32, "valid_from": pl.Date, "valid_to": pl.Date},
    "file_states": {
        "person_id": pl.Int64, "has_identity": pl.Boolean, "has_home": pl.Boolean, "last_recorded": pl.Date
    },
}  # fmt: skip


@dataclass
class Records:
    """The records of person 1, clean; a test changes what it is about."""

    person: dict[str, Any] = field(
        default_factory=lambda: {
            "person_id": 1, "born_year": 1980, "born_month": 3, "born_day": 5, "party_joined": D(2005, 3, 5),
            "party_official": D(2006, 3, 5), "recruited": D(2003, 9, 1), "retires_on": D(2041, 3, 31),
        }
    )  # fmt: skip
    posts: list[tuple[int, int, int, int, str, date, date | None]] = field(
        default_factory=lambda: [(10, 1, 7, 3, "full_time", D(2003, 9, 1), None)]
    )
    qualifications: list[tuple[int, int, str, date | None]] = field(
        default_factory=lambda: [(20, 1, "professional", D(2002, 6, 1))]
    )
    ratings: list[tuple[int, int, date]] = field(default_factory=lambda: [(1, 2025, D(2025, 12, 31))])
    units: list[tuple[int, date, date | None]] = field(default_factory=lambda: [(3, D(1990, 1, 1), None)])
    places: list[tuple[int, int, date, date | None]] = field(
        default_factory=lambda: [(7, 1, D(1990, 1, 1), None), (8, 1, D(1990, 1, 1), None)]
    )
    state: dict[str, Any] = field(
        default_factory=lambda: {
            "person_id": 1, "has_identity": True, "has_home": True, "last_recorded": D(2026, 1, 1)
        }
    )  # fmt: skip
    managed: list[tuple[int, int, date, date | None]] = field(
        default_factory=lambda: [(1, 3, D(2003, 9, 1), None)]
    )

    def found(self, folder: Path, as_of: date = AS_OF) -> set[str]:
        """Codes of the rules that find person 1."""
        rows: dict[str, list[Any]] = {
            "persons": [self.person], "managements": self.managed, "positions": self.posts,
            "qualifications": self.qualifications, "ratings": self.ratings, "disciplines": [], "units": self.units,
            "seat_places": self.places, "file_states": [self.state],
        }  # fmt: skip
        answer = evaluated(written(rows, folder), load_quality_rules(), as_of)
        return set(answer.filter(pl.col("person_id") == 1).get_column("rule"))


def written(rows: dict[str, list[Any]], folder: Path) -> dict[str, Path]:
    """The tables as files."""
    for table, schema in SCHEMAS.items():
        pl.DataFrame(rows[table], schema=schema, orient="row").write_parquet(folder / f"{table}.parquet")
    return {table: folder / f"{table}.parquet" for table in SCHEMAS}


def invented(people: int, chance: Random) -> dict[str, list[Any]]:
    """Records full of faults, of many people who share seats and units."""

    def day(first: int = 1970, last: int = 2027) -> date:
        return D(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))

    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.8 else None

    rows: dict[str, list[Any]] = {table: [] for table in SCHEMAS}
    rows["units"] = [(unit, D(1960, 1, 1), maybe(day(2024))) for unit in range(4)]
    rows["seat_places"] = [(seat, chance.randint(1, 2), D(1960, 1, 1), None) for seat in range(people // 2)]
    for person in range(people):
        rows["persons"].append((
            person, chance.randint(1955, 2004), maybe(3), maybe(5),
            *(maybe(day(1995)) for _ in range(3)), maybe(day(2015)),
        ))  # fmt: skip
        rows["file_states"].append((person, chance.random() < 0.8, chance.random() < 0.8, day(2022)))
        rows["managements"].append((person, person % 4, D(1990, 1, 1), maybe(day(2025))))
        for _ in range(chance.randint(0, 3)):
            number, seat, kind = len(rows["positions"]), chance.randrange(people), maybe("full_time")
            until = maybe(day(2026))
            rows["positions"].append(
                (number, person, seat, chance.randrange(5), kind or "concurrent", day(1990, 2025), until)
            )
            rows["ratings"].append((person, chance.randint(2000, 2025), day(2000, 2026)))
            rows["qualifications"].append(
                (number, person, chance.choice(["professional", "language"]), maybe(day()))
            )
    return rows


def test_only_rules_that_say_so_compare_people(tmp_path: Path) -> None:
    rules = load_quality_rules()
    tables = written(invented(40, Random("records")), tmp_path)
    together = evaluated(tables, rules, AS_OF)
    each = pl.concat([evaluated(tables, rules, AS_OF, [person]) for person in range(40)])
    assert set(together["rule"]) == {rule.code for rule in rules}
    for rule in rules:
        of_rule = pl.col("rule") == rule.code
        alike = together.filter(of_rule).equals(each.filter(of_rule).sort(ORDER))
        assert alike is not rule.compares, rule.code


def test_what_changed_is_judged_anew_and_nothing_else_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, rows = load_quality_rules(), invented(40, Random("records"))
    earlier = evaluated(written(rows, tmp_path), rules, AS_OF)
    changed = (3, 17)
    another = invented(40, Random("other records"))
    for table in ("persons", "file_states", "managements", "positions", "qualifications", "ratings"):
        place = list(SCHEMAS[table]).index("person_id")
        rows[table] = [r for r in rows[table] if r[place] not in changed]
        rows[table] += [r for r in another[table] if r[place] in changed]
    tables = written(rows, tmp_path)
    judged: list[tuple[bool, int]] = []

    def counted(*given: Any) -> pl.DataFrame:
        judged.append((given[1][0].compares, len(given[3]) if len(given) > 3 else 60))
        return evaluated(*given)

    monkeypatch.setattr(evaluating, "evaluated", counted)
    anew = evaluating.renewed(earlier, tables, rules, AS_OF, changed)
    assert anew.equals(evaluated(tables, rules, AS_OF)) and not anew.equals(earlier)
    assert judged == [(False, 2), (True, 60)]


def test_the_rules_are_in_order() -> None:
    rules, findings = check_quality_rules()
    assert findings == () and len(rules) >= 15
    assert {rule.kind.value for rule in rules} == {"missing", "stale", "contradictory"}


def test_a_clean_person_is_found_by_no_rule(tmp_path: Path) -> None:
    assert Records().found(tmp_path) == set()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"born_month": None, "born_day": None}, "birthday_incomplete"),
        ({"born_day": None}, "birthday_incomplete"),
        ({"recruited": None}, "recruitment_missing"),
        ({"party_joined": D(1998, 3, 4)}, "party_before_18"),
        ({"party_joined": D(1998, 3, 5)}, ""),
        ({"party_joined": D(1998, 1, 1), "born_month": None, "born_day": None}, "birthday_incomplete"),
        ({"party_official": D(2005, 3, 4)}, "party_official_first"),
        ({"party_official": D(2005, 3, 5)}, ""),
        ({"party_official": D(2026, 10, 1)}, "day_in_the_future"),
        ({"party_official": D(2026, 9, 30)}, ""),
        ({"party_joined": None, "party_official": None}, ""),
        ({"recruited": D(2003, 9, 2)}, "post_before_recruitment"),
        ({"recruited": D(1998, 3, 4)}, "recruited_under_18"),
        ({"recruited": D(1998, 3, 5)}, ""),
        ({"retires_on": D(2026, 9, 29)}, "serving_after_retirement"),
        ({"retires_on": D(2026, 9, 30)}, ""),
    ],
)
def test_a_fault_of_the_biography(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    records = Records()
    records.person |= fields
    assert records.found(tmp_path) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"has_identity": False}, "identity_missing"),
        ({"has_home": False}, "home_missing"),
        ({"last_recorded": D(2024, 9, 30)}, "file_untouched"),
        ({"last_recorded": D(2024, 10, 1)}, ""),
    ],
)
def test_a_fault_of_the_file(tmp_path: Path, fields: dict[str, Any], rule: str) -> None:
    records = Records()
    records.state |= fields
    assert records.found(tmp_path) == ({rule} if rule else set())


def test_a_degree_before_birth_and_one_on_the_day_of_birth(tmp_path: Path) -> None:
    records = Records()
    records.qualifications.append((21, 1, "language", D(1980, 3, 4)))
    assert records.found(tmp_path) == {"degree_before_birth"}
    records.qualifications[1] = (21, 1, "language", D(1980, 3, 5))
    assert records.found(tmp_path) == set()


def test_no_professional_level_is_found(tmp_path: Path) -> None:
    records = Records()
    records.qualifications = [(21, 1, "language", D(2002, 1, 1))]
    assert records.found(tmp_path) == {"professional_missing"}


def test_two_full_time_posts_overlap_and_two_that_adjoin_do_not(tmp_path: Path) -> None:
    records = Records()
    records.posts = [
        (10, 1, 7, 3, "full_time", D(2003, 9, 1), D(2020, 1, 2)), (11, 1, 8, 3, "full_time", D(2020, 1, 1), None)
    ]  # fmt: skip
    assert records.found(tmp_path) == {"two_full_time_posts"}
    records.posts[0] = (10, 1, 7, 3, "full_time", D(2003, 9, 1), D(2020, 1, 1))
    assert records.found(tmp_path) == set()
    records.posts[1] = (11, 1, 8, 3, "concurrent", D(2010, 1, 1), None)
    records.posts[0] = (10, 1, 7, 3, "full_time", D(2003, 9, 1), None)
    assert records.found(tmp_path) == set()


def test_a_rating_for_a_year_without_a_day_of_work_is_found(tmp_path: Path) -> None:
    records = Records()
    records.ratings.append((1, 2002, D(2002, 12, 31)))
    assert records.found(tmp_path) == {"rating_of_a_year_not_worked"}
    records.ratings[1] = (1, 2003, D(2003, 12, 31))
    assert records.found(tmp_path) == set()


@pytest.mark.parametrize(("day", "rules"), [(D(2026, 2, 28), set()), (D(2026, 3, 1), {"rating_missing"})])
def test_last_years_rating_is_asked_for_from_march(tmp_path: Path, day: date, rules: set[str]) -> None:
    records = Records()
    records.ratings = [(1, 2024, D(2024, 12, 31))]
    assert records.found(tmp_path, day) == rules


def test_who_began_during_the_year_needs_no_rating_for_it(tmp_path: Path) -> None:
    records = Records()
    records.ratings, records.person["recruited"] = [], D(2025, 1, 2)
    records.posts = [(10, 1, 7, 3, "full_time", D(2025, 1, 2), None)]
    assert records.found(tmp_path) == set()
    records.posts, records.person["recruited"] = (
        [(10, 1, 7, 3, "full_time", D(2025, 1, 1), None)],
        D(2025, 1, 1),
    )
    assert records.found(tmp_path) == {"rating_missing"}


def test_a_seat_over_its_places_names_everybody_in_it(tmp_path: Path) -> None:
    records = Records()
    records.posts.append((11, 2, 7, 3, "full_time", D(2024, 1, 1), None))
    assert records.found(tmp_path) == {"seat_over_its_places"}
    records.places[0] = (7, 2, D(1990, 1, 1), None)
    assert records.found(tmp_path) == set()


def test_a_post_at_a_unit_that_has_ended_is_found_from_that_day(tmp_path: Path) -> None:
    records = Records()
    records.units = [(3, D(1990, 1, 1), D(2026, 9, 30))]
    assert records.found(tmp_path) == {"post_at_an_ended_unit"}
    assert records.found(tmp_path, D(2026, 9, 29)) == set()


def test_somebody_without_any_post_is_found_and_somebody_who_left_is_not(tmp_path: Path) -> None:
    records = Records()
    records.posts = [(10, 1, 7, 3, "full_time", D(2003, 9, 1), D(2026, 5, 1))]
    assert records.found(tmp_path) == {"post_missing"}
    records.managed = [(1, 3, D(2003, 9, 1), D(2026, 5, 1))]
    assert records.found(tmp_path) == set()


def test_a_faulty_rule_file_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "rules:\n  - {code: a, title: A, kind: odd, severity: error, fix_by: unit, sql: SELECT 1}\n"
        "  - {code: a, title: A, kind: stale, severity: error, fix_by: unit, sql: SELECT 1,\n"
        "     citation: {document: X, verified: true}}\n",
        encoding="utf-8",
    )
    _, findings = check_quality_rules(tmp_path)
    assert [finding.code for finding in findings] == [
        "not_a_choice",
        "verified_without_source",
        "duplicate_rule",
    ]
