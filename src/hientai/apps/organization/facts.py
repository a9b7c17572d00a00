"""What the organisation gives to the columnar snapshot."""

from hientai.foundation.registry import Export

EXPORTS = (
    Export(
        "units",
        """SELECT v.unit_id, u.code AS unit_code, v.name, v.kind, v.block, v.level, v.parent_id, v."order",
                  t.commune_id, t.district_id, t.province_id, v.valid_from, v.valid_to
           FROM organization_unitversion v JOIN organization_unit u ON u.id = v.unit_id
           LEFT JOIN (
               SELECT v.id, max(a.unit_id) FILTER (WHERE a.level = 'commune') AS commune_id,
                      max(a.unit_id) FILTER (WHERE a.level = 'district') AS district_id,
                      max(a.unit_id) FILTER (WHERE a.level = 'province') AS province_id
               FROM organization_unitversion v
               JOIN organization_unitsubtree s ON s.descendant_id = v.unit_id AND s.valid_from <= v.valid_from
                    AND (s.valid_to IS NULL OR s.valid_to > v.valid_from)
               JOIN organization_unitversion a ON a.unit_id = s.ancestor_id AND a.recorded_to IS NULL
                    AND a.kind = 'area'
                    AND a.valid_from <= v.valid_from AND (a.valid_to IS NULL OR a.valid_to > v.valid_from)
               WHERE v.recorded_to IS NULL GROUP BY v.id
           ) t ON t.id = v.id
           WHERE v.recorded_to IS NULL""",
    ),
    Export(
        "unit_subtrees",
        "SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM organization_unitsubtree",
    ),
    Export(
        "titles",
        """SELECT id AS title_id, code AS title_code, name, level, rank, is_leadership, is_key, tier, standard,
                  term_years::int, "order",
                  valid_from, valid_to FROM organization_title""",
    ),
    Export("seats", "SELECT id AS seat_id, unit_id, title_id FROM organization_seat"),
)
