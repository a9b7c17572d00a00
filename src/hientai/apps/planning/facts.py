"""What plans give to the columnar snapshot."""

from __future__ import annotations

from hientai.foundation.registry import Export

EXPORTS = (
    Export(
        "plan_slots",
        """SELECT hashtextextended(x.line::text, 0) AS slot_id, x.person_id, p.id AS plan_id, p.term, x.seat_id,
                  s.unit_id,
                  t.id AS title_id, t.code AS title_code, t.rank::int AS title_rank, t.level AS unit_level,
                  x.origin, x.readiness, x.valid_from, x.valid_to
           FROM planning_slot x JOIN planning_plan p ON p.id = x.plan_id
           JOIN organization_seat s ON s.id = x.seat_id JOIN organization_title t ON t.id = s.title_id
           WHERE x.recorded_to IS NULL""",
    ),
)
