"""A small demo in the database: what `demo` enters, through which door, and who sees what of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.cadres import models
from hientai.apps.cadres.models import Person
from hientai.rulebook.titles import titles
from hientai.site import demo
from hientai.site.demo import first_load as loading
from hientai.site.demo.first_load import first_load

TODAY = date(2026, 9, 30)
EMPTY = """
TRUNCATE cadres_person, cadres_code, organization_unit, organization_title, planning_plan, accounts_user,
    dossiers_drawing, regulations_officedocument CASCADE
"""
BOUND = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
HEADCOUNT = """
SELECT t.level, count(DISTINCT p.person_id) FROM cadres_position p JOIN organization_seat s ON s.id = p.seat_id
JOIN organization_title t ON t.id = s.title_id
WHERE p.kind = 'full_time' AND p.valid_from <= '2019-12-31' AND (p.valid_to IS NULL OR p.valid_to > '2019-12-31')
GROUP BY 1 ORDER BY 1
"""
ROWS = """
SELECT b.full_name, b.born_year, u.code, t.code, p.kind, p.valid_from::text, p.valid_to::text
FROM cadres_position p JOIN cadres_biographicalrecord b ON b.person_id = p.person_id
JOIN organization_seat s ON s.id = p.seat_id JOIN organization_unit u ON u.id = s.unit_id
JOIN organization_title t ON t.id = s.title_id ORDER BY 1, 2, 3, 4, 5, 6
"""
TWICE = """
SELECT count(*) FROM cadres_position a JOIN cadres_position b ON a.person_id = b.person_id AND a.id < b.id
WHERE a.kind = 'full_time' AND b.kind = 'full_time'
AND daterange(a.valid_from, a.valid_to) && daterange(b.valid_from, b.valid_to)
"""
HOMELESS = """
SELECT count(*) FROM cadres_position p JOIN organization_seat s ON s.id = p.seat_id
JOIN organization_unitversion v ON v.unit_id = s.unit_id AND v.recorded_to IS NULL
WHERE p.valid_to IS NULL AND v.valid_to IS NOT NULL
"""
OVERFULL = """
SELECT count(*) FROM organization_seatplaces c
JOIN LATERAL (SELECT count(*) AS held FROM cadres_position p WHERE p.seat_id = c.seat_id
    AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)) h ON true
WHERE h.held > c.places
"""
OUT_OF_SERVICE = """
SELECT count(*) FROM planning_slot x WHERE NOT EXISTS (SELECT 1 FROM cadres_position p
    WHERE p.person_id = x.person_id AND p.kind = 'full_time' AND p.valid_from <= x.valid_from
    AND (p.valid_to IS NULL OR p.valid_to > x.valid_from))
"""


@pytest.fixture
def emptied(db: None) -> None:
    """No records at all; what other tests committed is back when the test's transaction is undone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(EMPTY)


@pytest.fixture
def loaded(emptied: None) -> list[str]:
    """The demo with 300 people; what it reported."""
    heard: list[str] = []
    demo.load(scenario="dien-bien", people=300, seed=1, report=heard.append)
    return heard


def _all(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def test_the_records_of_the_demo_hold_together(loaded: list[str]) -> None:
    assert dict(_all(HEADCOUNT)) == {"province": 90, "district": 178, "commune": 32}
    assert _all(TWICE) == [(0,)]
    assert _all(HOMELESS) == [(0,)]
    assert _all(OUT_OF_SERVICE) == [(0,)]
    for day in ("2016-01-01", "2019-12-31", "2025-07-01", "2026-09-30"):
        assert _all(OVERFULL, day, day) == [(0,)]
    assert _all("SELECT count(*) FROM cadres_person WHERE held_by_id IS NULL") == [(0,)]
    assert "đang dựng chỉ mục và ràng buộc" in loaded


def test_every_code_of_a_qualification_has_its_rank(loaded: list[str]) -> None:
    unknown = """SELECT count(*) FROM cadres_qualification q
                 LEFT JOIN cadres_code c ON c.list = q.kind AND c.code = q.level WHERE c.id IS NULL"""
    assert _all(unknown) == [(0,)]


def test_the_first_load_leaves_every_constraint_and_index_as_it_was(emptied: None) -> None:
    bound, indexes = _all(BOUND), _all(INDEXES)
    demo.load(scenario="dien-bien", people=120, seed=1, report=lambda _: None)
    assert _all(BOUND) == bound
    assert _all(INDEXES) == indexes


@pytest.fixture
def emptied_of_its_own(own_database: str, django_db_blocker: Any) -> Iterator[None]:
    """A database without records that is committed into, as the command does."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)
        yield


def test_a_second_connection_binds_the_tables_beside_the_load_and_leaves_all_as_it_was(
    emptied_of_its_own: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound, indexes, beside = _all(BOUND), _all(INDEXES), []
    added = loading._added_beside
    monkeypatch.setattr(loading, "_added_beside", lambda *given: beside.append(given[2]) or added(*given))
    demo.load(scenario="dien-bien", people=120, seed=1, report=lambda _: None)
    assert _all(BOUND) == bound and _all(INDEXES) == indexes
    assert {"cadres_position", "cadres_yearrating", "planning_slot", "workforce_placement"} <= set(beside)


def test_records_that_contradict_each_other_are_not_bound(emptied_of_its_own: None) -> None:
    rows = [
        models.ListedText(person_id=1, kind="strengths", text=text, valid_from=date(2020, 1, 1))
        for text in "ab"
    ]
    for row in rows:
        row.line = rows[0].line
    with pytest.raises(psycopg.errors.ExclusionViolation), first_load() as opened:
        models.Person.objects.create(pk=1, code="HC1")
        models.ListedText.objects.bulk_create(rows)
        opened.is_full("cadres")


@pytest.mark.long
def test_inside_a_first_load_the_slow_constraints_are_away_and_only_where_no_rows_are(emptied: None) -> None:
    name = "position_no_overlap"
    with first_load():
        assert not any(row[1] == name for row in _all(BOUND))
    assert any(row[1] == name for row in _all(BOUND))
    demo.load(scenario="dien-bien", people=120, seed=1, report=lambda _: None)
    with first_load():
        assert any(row[1] == name for row in _all(BOUND))


TIERS = """
SELECT m.tier, t.code FROM cadres_management m
JOIN cadres_position p ON p.person_id = m.person_id AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s)
JOIN organization_seat s ON s.id = p.seat_id JOIN organization_title t ON t.id = s.title_id
WHERE m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s)
"""


def test_the_highest_tier_among_the_posts_of_a_person_manages_the_person(loaded: list[str]) -> None:
    tier_of = {title.code: title.tier for title in titles()}
    order = ("agency", "commune", "district", "province", "secretariat", "politburo")
    rows = _all(TIERS, *["2023-03-01"] * 4)
    assert len(rows) > 300
    assert all(order.index(str(tier)) >= order.index(tier_of[str(code)]) for tier, code in rows)
    assert any(tier == "secretariat" and tier_of[str(code)] == "province" for tier, code in rows)


def test_whoever_left_is_managed_no_longer_and_whoever_serves_is(loaded: list[str]) -> None:
    now = "WHERE valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)"
    managed = f"SELECT person_id FROM cadres_management {now}"
    serving = f"SELECT DISTINCT person_id FROM cadres_position {now}"
    for day in ("2016-05-01", "2025-07-01", "2026-09-30"):
        assert sorted(_all(managed, day, day)) == sorted(_all(serving, day, day))
    assert len(_all(managed, "2026-09-30", "2026-09-30")) < len(_all("SELECT id FROM cadres_person"))


def test_people_of_the_province_name_a_commune_of_it_as_their_origin(loaded: list[str]) -> None:
    unspoilt = "reason <> 'Lỗi cố ý của bản trình diễn'"
    rows = _all(f"SELECT ethnicity, home_unit_id, home_place FROM cadres_biographicalrecord WHERE {unspoilt}")
    assert all(place and (unit is not None or "Điện Biên" not in str(place)) for _, unit, place in rows)
    assert all(unit is not None for group, unit, _ in rows if group != "kinh")
    assert any(unit is None for group, unit, _ in rows if group == "kinh")


@pytest.mark.long
def test_the_same_seed_enters_the_same_rows(loaded: list[str]) -> None:
    first = _all(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(EMPTY)
    demo.load(scenario="dien-bien", people=300, seed=1, report=lambda _: None)
    assert _all(ROWS) == first and len(first) > 500


def test_the_unit_head_sees_the_people_of_the_former_district_and_nobody_else(loaded: list[str]) -> None:
    head = actor_of(User.objects.get(username="huyen"), TODAY)
    officer = actor_of(User.objects.get(username="bantochuc"), TODAY)
    seen = Person.objects.visible_to(head, "person.read")
    of = "SELECT u.code FROM cadres_person p JOIN organization_unit u ON u.id = p.held_by_id WHERE p.id = ANY(%s)"
    units = {str(code) for (code,) in _all(of, list(seen.values_list("id", flat=True)))}
    assert 0 < seen.count() < Person.objects.visible_to(officer, "person.read").count()
    assert all(code.startswith(("ĐB.X", "ĐB.H094")) for code in units)


def test_the_accounts_are_those_that_the_command_announces(loaded: list[str]) -> None:
    for username, _ in demo.ACCOUNTS:
        assert User.objects.get(username=username).check_password(demo.PASSWORD)
    own = User.objects.get(username="canbo").person_code
    assert Person.objects.filter(code=own).exists()
    administrator = actor_of(User.objects.get(username="kythuat"), TODAY)
    assert not Person.objects.visible_to(administrator, "person.read").exists()


PLACED_ELSEWHERE = """
SELECT count(*) FROM workforce_placement w JOIN workforce_jobposition j ON j.id = w.job_id
WHERE NOT EXISTS (SELECT 1 FROM cadres_position p JOIN organization_seat s ON s.id = p.seat_id
    WHERE p.person_id = w.person_id AND s.unit_id = j.unit_id AND p.valid_from <= w.valid_from
    AND (p.valid_to IS NULL OR p.valid_to >= coalesce(w.valid_to, p.valid_to)))
"""
STILL_SERVING = """
SELECT count(*) FROM workforce_leaving l JOIN cadres_position p ON p.person_id = l.person_id
WHERE p.kind = 'full_time' AND (p.valid_to IS NULL OR p.valid_to > l.valid_from)
"""
SCHOOLS_WITH_POSITIONS = """
SELECT count(*) FROM workforce_jobposition j JOIN organization_unitversion v ON v.unit_id = j.unit_id
WHERE v.kind = 'service' AND (v.name LIKE 'Trường%' OR v.name LIKE 'Bệnh viện%')
"""


def test_job_positions_and_leavings_fit_the_careers(loaded: list[str]) -> None:
    assert _all(PLACED_ELSEWHERE) == _all(STILL_SERVING) == [(0,)]
    for table in ("jobposition", "requiredlevel", "placement", "assessment", "leaving"):
        assert _all(f"SELECT count(*) > 0 FROM workforce_{table}") == [(True,)]
    assert _all(SCHOOLS_WITH_POSITIONS) == [(0,)]  # none approved there yet: a list shows what is not known
