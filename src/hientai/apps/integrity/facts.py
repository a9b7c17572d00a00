"""What good records are judged by beside the facts: completeness of files, and places of seats."""

from __future__ import annotations

from hientai.foundation.registry import OF_SOME_PEOPLE, Export

_DATED = (
    "biographicalrecord", "position", "grade", "qualification", "yearrating", "commendation", "discipline",
    "management", "identitynumber",
)  # fmt: skip
_LAST = " UNION ALL ".join(
    f"SELECT person_id, max(recorded_from) AS at FROM cadres_{table} {OF_SOME_PEOPLE} GROUP BY person_id"
    for table in _DATED
)

EXPORTS = (
    Export(
        "file_states",
        f"""SELECT p.id AS person_id, EXISTS (SELECT 1 FROM cadres_identityindex i WHERE i.person_id = p.id)
                     AS has_identity,
                   coalesce(b.home_place, '') <> '' OR b.home_unit_id IS NOT NULL AS has_home,
                   (l.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS last_recorded
            FROM cadres_person p
            LEFT JOIN cadres_biographicalrecord b
              ON b.person_id = p.id AND b.recorded_to IS NULL AND b.valid_to IS NULL
            LEFT JOIN (SELECT person_id, max(at) AS at FROM ({_LAST}) each GROUP BY person_id) l
              ON l.person_id = p.id""",
    ),
    Export(
        "seat_places",
        """SELECT seat_id, places::int AS places, valid_from, valid_to FROM organization_seatplaces
           WHERE recorded_to IS NULL""",
    ),
)
