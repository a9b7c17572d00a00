"""What dossiers give to the columnar snapshot: declarations due and filed, never what they say."""

from __future__ import annotations

from hientai.foundation.registry import Export

EXPORTS = (
    Export(
        "declarations",
        "SELECT id AS declaration_id, person_id, year::int, due_on, filed_on FROM dossiers_declaration",
    ),
)
