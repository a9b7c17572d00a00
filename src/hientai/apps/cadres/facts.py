"""What personal records give to the columnar snapshot, in the shape of `hientai.engines.facts.tables`."""

from __future__ import annotations

import polars as pl

from hientai.engines.interval import PartialDate, retirement
from hientai.foundation.registry import Export
from hientai.rulebook.retirement_schedule import load_retirement_schedule

_SEX = {"M": "male", "F": "female"}
_BORN = ["sex", "born_year", "born_month", "born_day"]


def with_retirement(persons: pl.DataFrame) -> pl.DataFrame:
    """Adds `retires_on` (Date), the last day in service by the schedule; reckoned once per sex and birthday."""
    schedule = load_retirement_schedule()
    kinds = persons.select(_BORN).unique().drop_nulls(["sex", "born_year"])
    days = [
        retirement(PartialDate(year, month, day), _SEX[sex], schedule).retires_on
        for sex, year, month, day in kinds.iter_rows()
    ]
    known = kinds.with_columns(pl.Series("retires_on", days, dtype=pl.Date))
    return persons.join(known, on=_BORN, how="left", nulls_equal=True, maintain_order="left")


_LINE = "hashtextextended({alias}.line::text, 0)"

EXPORTS = (
    Export(
        "persons",
        """SELECT p.id AS person_id, p.code AS person_code, p.held_by_id, p.tier, b.full_name, b.sort_key,
                  CASE b.sex WHEN 'male' THEN 'M' WHEN 'female' THEN 'F' END AS sex,
                  b.born_year::int, b.born_month::int, b.born_day::int,
                  NULLIF(b.ethnicity, '') AS ethnicity, NULLIF(b.religion, '') AS religion,
                  b.recruited_on AS recruited,
                  CASE WHEN coalesce(b.party_joined_on, b.party_official_on) IS NOT NULL THEN true END AS party_member,
                  b.party_joined_on AS party_joined, b.party_official_on AS party_official,
                  o.commune_id AS origin_commune, o.district_id AS origin_district, o.province_id AS origin_province
           FROM cadres_person p JOIN cadres_biographicalrecord b
             ON b.person_id = p.id AND b.recorded_to IS NULL AND b.valid_to IS NULL
           LEFT JOIN (
               SELECT s.descendant_id, max(a.unit_id) FILTER (WHERE a.level = 'commune') AS commune_id,
                      max(a.unit_id) FILTER (WHERE a.level = 'district') AS district_id,
                      max(a.unit_id) FILTER (WHERE a.level = 'province') AS province_id
               FROM organization_unitsubtree s JOIN organization_unitversion a
                 ON a.unit_id = s.ancestor_id AND a.recorded_to IS NULL AND a.kind = 'area'
               GROUP BY s.descendant_id
           ) o ON o.descendant_id = b.home_unit_id""",
        derive=lambda persons: with_retirement(persons),
    ),
    Export(
        "managements",
        "SELECT person_id, unit_id, tier, valid_from, valid_to FROM cadres_management WHERE recorded_to IS NULL",
    ),
    Export(
        "positions",
        f"""SELECT {_LINE.format(alias="x")} AS position_id, x.person_id, x.seat_id, s.unit_id, t.id AS title_id,
                   t.code AS title_code, t.rank::int AS title_rank, t.level AS unit_level, t.is_leadership,
                   x.kind, x.valid_from, x.valid_to
            FROM cadres_position x JOIN organization_seat s ON s.id = x.seat_id
            JOIN organization_title t ON t.id = s.title_id WHERE x.recorded_to IS NULL""",
    ),
    Export(
        "qualifications",
        f"""SELECT {_LINE.format(alias="q")} AS qualification_id, q.person_id,
                   CASE q.kind WHEN 'language' THEN 'foreign_language' ELSE q.kind END AS kind,
                   c.rank::int AS level_rank, q.valid_from
            FROM cadres_qualification q LEFT JOIN cadres_code c ON c.list = q.kind AND c.code = q.level
            WHERE q.recorded_to IS NULL AND q.valid_to IS NULL""",
    ),
    Export(
        "ratings",
        f"""SELECT {_LINE.format(alias="r")} AS rating_id, r.person_id, r.year::int,
                   array_position('{{unsatisfactory,satisfactory,good,outstanding}}'::text[], r.rating::text) AS rating,
                   r.valid_from AS decided_on
            FROM cadres_yearrating r WHERE r.recorded_to IS NULL""",
    ),
    Export(
        "disciplines",
        f"""SELECT {_LINE.format(alias="d")} AS discipline_id, d.person_id,
                   CASE d.form WHEN 'dismissal_from_post' THEN 'dismissal'
                               WHEN 'dismissal' THEN 'discharge' ELSE d.form END AS form,
                   d.valid_from AS decided_on, d.expires_on
            FROM cadres_discipline d WHERE d.recorded_to IS NULL AND d.valid_to IS NULL""",
    ),
)
