"""The tables that facts are read from: what a snapshot of the records must offer, column by column.

Every table is already "as known on K": rows that were corrected away or not yet entered are left out by
whoever exports. Facts filter by validity themselves. Days are half-open: `valid_to` is the first day no
longer valid, null while it lasts. A table may have more columns; order does not matter; a missing table
counts as having no rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """name; columns: name -> DuckDB type; meaning: what each column says where the name does not."""

    name: str
    columns: Mapping[str, str]
    meaning: Mapping[str, str]


PERSONS = Table(
    "persons",
    {
        "person_id": "BIGINT",
        "sex": "VARCHAR",
        "born_year": "INTEGER",
        "born_month": "INTEGER",
        "born_day": "INTEGER",
        "ethnicity": "VARCHAR",
        "religion": "VARCHAR",
        "recruited": "DATE",
        "party_member": "BOOLEAN",
        "party_joined": "DATE",
        "party_official": "DATE",
        "retires_on": "DATE",
        "origin_commune": "BIGINT",
        "origin_district": "BIGINT",
        "origin_province": "BIGINT",
    },
    {
        "person_id": "one row a person",
        "sex": "M or F, null unknown",
        "born_month": "null where only the year is known; born_day likewise",
        "ethnicity": "code of the ethnic group, 'kinh' for the majority, null unknown",
        "religion": "code, 'none' for none, null unknown",
        "party_member": "null unknown; a filled party_joined counts as true",
        "retires_on": "last day in service by the dated schedule or the person's own decision",
        "origin_commune": "unit_id of the territory of origin (quê quán); district and province likewise",
    },
)

UNITS = Table(
    "units",
    {
        "unit_id": "BIGINT",
        "parent_id": "BIGINT",
        "level": "VARCHAR",
        "block": "VARCHAR",
        "commune_id": "BIGINT",
        "district_id": "BIGINT",
        "province_id": "BIGINT",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    {
        "level": "central, province, district or commune",
        "block": "party, front, government, public_service, armed_forces or enterprise",
        "commune_id": "unit_id of the territory the unit works in, null above that level; others likewise",
        "unit_id": "several rows where level, block, parent or territory changed, never overlapping",
    },
)

POSITIONS = Table(
    "positions",
    {
        "position_id": "BIGINT",
        "person_id": "BIGINT",
        "seat_id": "BIGINT",
        "unit_id": "BIGINT",
        "title_code": "VARCHAR",
        "title_rank": "INTEGER",
        "unit_level": "VARCHAR",
        "is_leadership": "BOOLEAN",
        "kind": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    {
        "position_id": "stable id of the line of versions",
        "title_rank": "equal for equivalent titles, greater for higher ones; null where not ranked",
        "unit_level": "level of the unit when the position began",
        "kind": "appointed, elected, assigned, acting (giao quyền, phụ trách), rotated or seconded",
    },
)

QUALIFICATIONS = Table(
    "qualifications",
    {
        "qualification_id": "BIGINT",
        "person_id": "BIGINT",
        "kind": "VARCHAR",
        "level_rank": "INTEGER",
        "valid_from": "DATE",
    },
    {
        "kind": "general, professional, political_theory, state_management, foreign_language, informatics, "
        "defence_security or refresher",
        "level_rank": "as the labels of the fact of that kind; null where the level is not known",
        "valid_from": "day of the degree or certificate, null where not known (then it counts as held)",
    },
)

RATINGS = Table(
    "ratings",
    {
        "rating_id": "BIGINT",
        "person_id": "BIGINT",
        "year": "INTEGER",
        "rating": "INTEGER",
        "decided_on": "DATE",
    },
    {
        "rating": "1 unsatisfactory, 2 satisfactory, 3 good, 4 outstanding",
        "decided_on": "day of the decision, null where not known: then 31 December of the year",
        "year": "at most one row a person and year",
    },
)

DISCIPLINES = Table(
    "disciplines",
    {
        "discipline_id": "BIGINT",
        "person_id": "BIGINT",
        "form": "VARCHAR",
        "decided_on": "DATE",
        "expires_on": "DATE",
    },
    {
        "form": "reprimand, warning, dismissal (cách chức), demotion, expulsion or discharge",
        "expires_on": "first day on which it no longer has effect, null while that has not been recorded",
    },
)

PLAN_SLOTS = Table(
    "plan_slots",
    {
        "slot_id": "BIGINT",
        "person_id": "BIGINT",
        "term": "VARCHAR",
        "title_code": "VARCHAR",
        "title_rank": "INTEGER",
        "unit_id": "BIGINT",
        "unit_level": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    {"term": "2020-2025", "slot_id": "one person planned for one title of one unit in one term"},
)

DOSSIERS = Table(
    "dossiers",
    {
        "dossier_id": "BIGINT",
        "person_id": "BIGINT",
        "item": "VARCHAR",
        "required": "BOOLEAN",
        "valid_from": "DATE",
        "valid_to": "DATE",
    },
    {
        "item": "code of the paper; one row a paper required or held",
        "valid_from": "day the paper was received, null while it is missing",
        "valid_to": "first day on which it is too old, null where it does not age",
    },
)

DECLARATIONS = Table(
    "declarations",
    {
        "declaration_id": "BIGINT",
        "person_id": "BIGINT",
        "year": "INTEGER",
        "due_on": "DATE",
        "filed_on": "DATE",
    },
    {"filed_on": "null while not filed; the content of a declaration is never kept"},
)

CONCLUSIONS = Table(
    "conclusions",
    {
        "conclusion_id": "BIGINT",
        "person_id": "BIGINT",
        "requested_on": "DATE",
        "issued_on": "DATE",
    },
    {"issued_on": "day of the conclusion on political standards, null while awaited; never its content"},
)

TABLES: tuple[Table, ...] = (
    PERSONS,
    UNITS,
    POSITIONS,
    QUALIFICATIONS,
    RATINGS,
    DISCIPLINES,
    PLAN_SLOTS,
    DOSSIERS,
    DECLARATIONS,
    CONCLUSIONS,
)

RANK_STRETCHES = "rank_stretches"  # joined together from POSITIONS by `stretches`
