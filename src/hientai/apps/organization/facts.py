"""What the organisation gives to the columnar snapshot."""

from hientai.foundation.registry import Export

EXPORTS = (
    Export(
        "units",
        """SELECT v.unit_id, u.code AS unit_code, v.name, v.kind, v.block, v.level, v.parent_id, v."order",
                  v.valid_from, v.valid_to
           FROM organization_unitversion v JOIN organization_unit u ON u.id = v.unit_id
           WHERE v.recorded_to IS NULL""",
    ),
    Export(
        "unit_subtrees",
        "SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM organization_unitsubtree",
    ),
    Export(
        "titles",
        """SELECT id AS title_id, code AS title_code, name, level, rank, is_leadership, is_key, tier, standard, "order",
                  valid_from, valid_to FROM organization_title""",
    ),
    Export("seats", "SELECT id AS seat_id, unit_id, title_id FROM organization_seat"),
)
