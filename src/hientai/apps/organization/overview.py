"""What the screens of the organisation show of units: figures, seats, chart, balance of posts, bodies counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hientai.apps.organization import drawing, selectors
from hientai.apps.organization.types import Block, Level, PlacesRow, UnitKind, UnitRow
from hientai.foundation import registry
from hientai.foundation.actor import Actor


@dataclass(frozen=True)
class Balance:
    """Posts given against people there, of a unit with all below it. posts None: nobody decided for any of them."""

    unit: UnitRow
    posts: int | None
    present: int | None
    present_url: str = ""
    day: date | None = None

    @property
    def off(self) -> int | None:
        """More people than posts (positive) or fewer."""
        return None if self.posts is None or self.present is None else self.present - self.posts

    @property
    def tone(self) -> str:
        """How far off, in words of the style sheet: short, few, even, more, over; none where it cannot be said."""
        if self.off is None or not self.posts:
            return "none"
        share = self.off / self.posts
        return next(tone for bound, tone in _TONES if share < bound)

    @property
    def word(self) -> str:
        return {
            "short": _("thiếu nhiều"), "few": _("thiếu"), "even": _("vừa đủ"), "more": _("thừa"),
            "over": _("thừa nhiều"), "none": _("chưa giao"),
        }[self.tone]  # fmt: skip


_TONES = ((-0.1, "short"), (-0.02, "few"), (0.02, "even"), (0.1, "more"), (float("inf"), "over"))


def balances(*, actor: Actor, as_of: date, units: Sequence[UnitRow]) -> list[Balance]:
    """The balance of posts of each unit with all below it."""
    ids = [unit.id for unit in units]
    pairs = selectors.below(actor=actor, as_of=as_of, unit_ids=ids)
    posts = selectors.establishment(actor=actor, as_of=as_of, unit_ids={inside for _unit, inside in pairs})
    given: dict[int, int] = {}
    for unit, inside in pairs:
        if inside in posts:
            given[unit] = given.get(unit, 0) + posts[inside]
    figure = next(
        (f for f in registry.unit_figures() if f.code == "present" and actor.may(f.permission)), None
    )
    present = figure.count(actor=actor, as_of=as_of, unit_ids=ids) if figure else {}
    return [
        Balance(
            unit, given.get(unit.id), present.get(unit.id) if figure else None,
            figure.url(unit.code, as_of) if figure else "", as_of,
        )
        for unit in units
    ]  # fmt: skip


def balance_by_year(
    *, actor: Actor, as_of: date, root: UnitRow, days: Sequence[date]
) -> list[tuple[UnitRow, list[Balance | None]]]:
    """`root` and all that stood directly below it on any of the days, each with its balance day by day.

    None where the unit did not stand that day. `as_of` says how the units are called where they stand then.
    """
    names: dict[int, UnitRow] = {}
    cells: dict[int, dict[date, Balance]] = {}
    for day in sorted({*days, as_of}):
        here = selectors.rows_of(actor=actor, as_of=day, ids=[root.id])
        inside = (
            selectors.children(actor=actor, as_of=day, parents=[root.id]).get(root.id, []) if here else []
        )
        names |= {row.id: row for row in (*here, *inside)}
        if day in days:
            for balance in balances(actor=actor, as_of=day, units=[*here, *inside]):
                cells.setdefault(balance.unit.id, {})[day] = balance
    rows = sorted((names[key] for key in cells if key != root.id), key=lambda row: (row.order, row.code))
    return [(row, [cells.get(row.id, {}).get(day) for day in days]) for row in (root, *rows)]


@dataclass(frozen=True)
class SeatLine:
    """A seat with who has to do with it. panels: (what, rows of {text, url, note})."""

    seat: PlacesRow
    panels: tuple[tuple[str, str, list[dict[str, Any]]], ...]

    @property
    def holders(self) -> int | None:
        return next((len(rows) for code, _title, rows in self.panels if code == "holders"), None)

    @property
    def vacant(self) -> int | None:
        """Places of a leading seat that nobody has; None for other seats and where holders may not be seen."""
        return (
            None
            if self.holders is None or not self.seat.is_leadership
            else max(0, self.seat.places - self.holders)
        )


def seat_lines(
    *, actor: Actor, as_of: date, unit_ids: Iterable[int], leading: bool = False
) -> dict[int, list[SeatLine]]:
    """The seats of units with their holders and successors; leading: only leadership."""
    seats = selectors.unit_seats(actor=actor, as_of=as_of, unit_ids=unit_ids)
    wanted = [seat for rows in seats.values() for seat in rows if seat.is_leadership or not leading]
    ids = [seat.id for seat in wanted]
    told = [
        (panel.code, str(panel.title), panel.content(actor=actor, seat_ids=ids, as_of=as_of))
        for panel in registry.seat_panels()
        if actor.may(panel.permission)
    ]
    lines: dict[int, list[SeatLine]] = {}
    for seat in wanted:
        panels = tuple((code, title, rows.get(seat.id, [])) for code, title, rows in told)
        lines.setdefault(seat.unit_id, []).append(SeatLine(seat, panels))
    return lines


@dataclass
class ChartUnit:
    """A box of the chart. change: "", "begun", "ended", "renamed" or "moved" against the other day."""

    unit: UnitRow
    box: drawing.Box
    balance: Balance | None
    head: str = ""
    head_url: str = ""
    head_title: str = ""
    vacant: int = 0
    planned: int = 0
    hidden: int = 0
    opens: str = ""
    is_open: bool = False
    change: str = ""
    before: str = ""

    @property
    def word(self) -> str:
        return {
            "begun": _("mới"), "ended": _("kết thúc"), "renamed": _("đổi tên"), "moved": _("chuyển đến"), "": "",
        }[self.change]  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """The drawing with its units."""

    root: UnitRow
    drawing: drawing.Drawing
    units: list[ChartUnit] = field(default_factory=list)

    @property
    def slices(self) -> tuple[tuple[int, int], ...]:
        """The pieces it is printed in."""
        return drawing.slices(self.drawing)


def chart(
    *, actor: Actor, as_of: date, root: UnitRow, opened: Sequence[str], other: date | None = None
) -> Chart:
    """The chart below `root`: its children, and those of every unit whose code is in `opened`."""
    shown = _shown(actor, as_of, root, opened, other)
    sheet = drawing.tree(shown.node)
    rows = shown.rows
    living = [row for row in rows.values() if shown.changes.get(row.id) != "ended"]
    balance = {b.unit.id: b for b in balances(actor=actor, as_of=as_of, units=living)}
    seats = seat_lines(actor=actor, as_of=as_of, unit_ids=[row.id for row in living], leading=True)
    inside = selectors.children(actor=actor, as_of=as_of, parents=list(rows))
    units = []
    for key, row in rows.items():
        made = ChartUnit(row, sheet.boxes[key], balance.get(key), change=shown.changes.get(key, ""),
                         before=shown.before.get(key, ""), is_open=key in shown.opened,
                         hidden=len(inside.get(key, ())), opens=row.code)  # fmt: skip
        _seated(made, seats.get(key, []))
        units.append(made)
    return Chart(root, sheet, units)


def _seated(unit: ChartUnit, lines: Sequence[SeatLine]) -> None:
    """Head, vacancies and successors from the leading seats."""
    unit.vacant = sum(line.vacant or 0 for line in lines)
    if not lines:
        return
    first = lines[0]
    unit.head_title = first.seat.title
    for code, _title, rows in first.panels:
        if code == "holders" and rows:
            unit.head, unit.head_url = rows[0]["text"], rows[0].get("url", "")
        elif code == "successors":
            unit.planned = len(rows)


@dataclass
class _Shown:
    node: drawing.Node
    rows: dict[int, UnitRow]
    changes: dict[int, str]
    before: dict[int, str]
    opened: set[int]


def _shown(actor: Actor, as_of: date, root: UnitRow, opened: Sequence[str], other: date | None) -> _Shown:
    node = drawing.Node(root.id, root.name)
    shown = _Shown(node, {root.id: root}, {}, {}, {root.id})
    level = [(root, node)]
    wanted = set(opened)
    while level:
        parents = [row.id for row, _node in level]
        now = selectors.children(actor=actor, as_of=as_of, parents=parents)
        was = selectors.children(actor=actor, as_of=other, parents=parents) if other else {}
        level = [pair for row, at in level for pair in _children(row, at, now, was, shown, other)]
        level = [(row, at) for row, at in level if row.code in wanted]
        shown.opened |= {row.id for row, _at in level}
    if other:
        _compare(actor, other, shown)
    return shown


def _children(row: UnitRow, at: drawing.Node, now: Any, was: Any, shown: _Shown, other: date | None) -> Any:
    """The children on either day; one that stood here on the other day only is marked as ended or gone."""
    here = {child.id: child for child in now.get(row.id, ())}
    gone = {child.id: child for child in was.get(row.id, ()) if child.id not in here}
    for child in sorted([*here.values(), *gone.values()], key=lambda c: (c.order, c.code)):
        if child.id in shown.rows:
            continue
        shown.rows[child.id] = child
        if child.id in gone:
            shown.changes[child.id] = "ended"
        below = drawing.Node(child.id, child.name)
        at.children.append(below)
        yield child, below


def _compare(actor: Actor, other: date, shown: _Shown) -> None:
    was = {row.id: row for row in selectors.rows_of(actor=actor, as_of=other, ids=shown.rows)}
    for key, row in shown.rows.items():
        if key in shown.changes:
            continue
        if key not in was:
            shown.changes[key] = "begun"
        elif was[key].name != row.name:
            shown.changes[key], shown.before[key] = "renamed", was[key].name
        elif was[key].parent_id != row.parent_id:
            shown.changes[key] = "moved"


@dataclass(frozen=True)
class BodyGroup:
    """Bodies of one level counted as the reports do: the whole, party and mass bodies, government bodies, the rest."""

    level: str
    label: str
    parts: tuple[tuple[str, str, list[UnitRow]], ...]

    @property
    def total(self) -> int:
        return sum(len(rows) for _code, _label, rows in self.parts)


def bodies(*, actor: Actor, as_of: date) -> list[BodyGroup]:
    """Agencies, divisions and services that stand directly below an area, by level and block, on a day.

    What belongs to neither of the two named parts is shown as the rest, so that the parts add up to the whole.
    """
    rows = selectors.units(actor=actor, as_of=as_of)
    areas = {row.id for row in rows if row.kind == UnitKind.AREA}
    counted = [r for r in rows if r.parent_id in areas and r.kind not in (UnitKind.AREA, UnitKind.COMMITTEE)]
    found = []
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        here = [row for row in counted if row.level == level]
        party = [row for row in here if row.block in (Block.PARTY, Block.FRONT)]
        government = [row for row in here if row.block == Block.GOVERNMENT]
        rest = [row for row in here if row not in party and row not in government]
        parts = (
            ("party_and_mass", _("Khối đảng, Mặt trận và đoàn thể"), party),
            ("government", _("Khối chính quyền"), government),
            ("rest", _("Còn lại (không thuộc hai khối trên)"), rest),
        )
        if here:
            found.append(BodyGroup(level.value, str(level.label), parts))
    return found
