"""Which units acts began, ended and changed, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hientai.apps.organization.models import ActEntry, UnitVersion


def touched_by(act_ids: Sequence[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Names of the units that each act began, ended and changed."""
    entries = ActEntry.objects.filter(act_id__in=act_ids, table="unit").order_by("pk")
    written = UnitVersion.objects.in_bulk(list(entries.values_list("written", flat=True)))
    lines: dict[tuple[int, int], list[tuple[int | None, UnitVersion]]] = defaultdict(list)
    for act, unit, closed, new in entries.values_list("act_id", "unit_id", "closed", "written"):
        lines[act, unit].append((closed, written[new]))
    sorts: dict[int, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for (act, _unit), versions in lines.items():
        closed_any = any(closed is not None for closed, _ in versions)
        place = 0 if not closed_any else 1 if len(versions) == 1 else 2
        sorts[act][place].append(versions[-1][1].name)
    return defaultdict(lambda: ((), (), ()), {act: tuple(map(tuple, names)) for act, names in sorts.items()})  # type: ignore[misc]
