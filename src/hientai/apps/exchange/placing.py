"""Where a row belongs: the unit and the seats that a list names, found in the organisation or told as unknown."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hientai.apps.cadres.types import PositionKind
from hientai.apps.exchange.types import Post
from hientai.apps.organization.types import Level, Tier, TitleDraft, TitleRow, UnitRow
from hientai.engines.vitext import search_key
from hientai.engines.worksheet import PersonRecord, Position

# Titles that only a list knows hold from the founding of the state, so that a list of any day finds them.
FIRST_DAY = date(1945, 9, 2)
IMPORTED = "import."
_LEVEL_WORDS = {
    Level.COMMUNE: ("xa", "phuong", "thi tran", "dac khu", "cap xa"),
    Level.DISTRICT: ("huyen", "quan", "thi xa", "thanh pho", "cap huyen"),
    Level.PROVINCE: ("tinh", "thanh pho", "cap tinh"),
    Level.CENTRAL: ("trung uong",),
}
_LONG = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("uy ban mat tran to quoc viet nam", "ubmttq"),
    ("uy ban mat tran to quoc", "ubmttq"),
    ("mat tran to quoc", "mttq"),
    ("ban thuong vu", "btv"),
    ("ban chap hanh", "bch"),
)
_USUAL_TIER = {Level.COMMUNE: Tier.COMMUNE, Level.DISTRICT: Tier.DISTRICT, Level.PROVINCE: Tier.AGENCY}


@dataclass(frozen=True)
class FoundUnit:
    """unit: None when there is none or more than one; candidates: names that fit equally well."""

    unit: UnitRow | None
    candidates: tuple[str, ...] = ()


class Places:
    """The units and titles in use on the list's day, looked up by folded name."""

    def __init__(self, units: Sequence[UnitRow], titles: Sequence[TitleRow], base: UnitRow | None) -> None:
        self._units = {unit.id: unit for unit in units}
        self._named: dict[str, list[UnitRow]] = defaultdict(list)
        self._children: dict[int | None, list[UnitRow]] = defaultdict(list)
        for unit in units:
            self._named[_short(unit.name)].append(unit)
            self._children[unit.parent_id].append(unit)
        self._titles: dict[tuple[str, str], TitleRow] = {}
        for title in reversed(titles):
            for key in (_bare(_short(title.name), title.level), _short(title.name)):
                self._titles[title.level, key] = title
        self._by_code = {title.code: title for title in titles}
        self.base = base

    def unit(self, unit_id: int | None) -> UnitRow | None:
        """The unit with that id on the list's day."""
        return self._units.get(unit_id or 0)

    def tier_of(self, post: Post, unit: UnitRow) -> str:
        """Who manages somebody in that post."""
        if post.new_title is not None:
            return post.new_title.tier
        known = next((t for t in self._titles.values() if t.id == post.title_id), None)
        return known.tier if known else usual_tier(unit)

    def find(self, text: str) -> FoundUnit:
        """The unit that `text` names: by whole name, below the base first; else the only one that contains it."""
        wanted = _short(text)
        if not wanted:
            return FoundUnit(None)
        named = self._within_base(self._named.get(wanted, []))
        if not named:
            named = self._within_base(
                [u for name, us in self._named.items() if _ends(name, wanted) for u in us]
            )
        if len(named) == 1:
            return FoundUnit(named[0])
        return FoundUnit(None, tuple(sorted(self._path(unit) for unit in named)[:5]))

    def _within_base(self, found: Sequence[UnitRow]) -> list[UnitRow]:
        if self.base is None:
            return list(found)
        inside = [unit for unit in found if self._is_below(unit, self.base.id)]
        return inside or list(found)

    def _is_below(self, unit: UnitRow, root: int) -> bool:
        seen: UnitRow | None = unit
        for _ in range(20):
            if seen is None or seen.id == root:
                return seen is not None
            seen = self._units.get(seen.parent_id or 0)
        return False

    def _path(self, unit: UnitRow) -> str:
        above = self._units.get(unit.parent_id or 0)
        return f"{unit.name} ({above.name})" if above else unit.name

    def posts(
        self, person: PersonRecord, unit: UnitRow | None, day: date, appointed: date | None
    ) -> list[Post]:
        """The seats of a row, the first one full-time; a post named twice counts once."""
        made: dict[tuple[int | None, str], Post] = {}
        for position in person.positions:
            where = self._unit_of(position, unit)
            title = self._title(position, where, unit)
            kind = (
                PositionKind.CONCURRENT if made or position.kind == "concurrent" else PositionKind.FULL_TIME
            )
            post = _post(position, where, title, kind, appointed or day)
            made.setdefault(
                (post.unit_id, post.new_title.code if post.new_title else f"{post.title_id}"), post
            )
        return list(made.values())

    def _unit_of(self, position: Position, unit: UnitRow | None) -> UnitRow | None:
        """A body below the row's unit where the post names one ("Trưởng phòng, Phòng Kinh tế"), else the row's unit."""
        wanted = _short(position.unit)
        if unit is None or not wanted:
            return unit
        below = [
            u
            for u in self._children[unit.id]
            if _ends(_short(u.name), wanted) or _begins(_short(u.name), wanted)
        ]
        return below[0] if len(below) == 1 else unit

    def _title(self, position: Position, where: UnitRow | None, unit: UnitRow | None) -> TitleRow | None:
        level = where.level if where else ""
        texts = [position.text, f"{position.title} {position.unit}"]
        if where is not unit or position.certain:
            texts.insert(0, position.title)
        for text in texts:
            wanted = _without_unit(_short(text), where)
            found = self._titles.get((level, wanted)) or self._titles.get((level, _bare(wanted, level)))
            if found is not None:
                return found
        return self._by_code.get(new_title_code(position.text, level))


def _post(position: Position, where: UnitRow | None, title: TitleRow | None, kind: str, since: date) -> Post:
    level = where.level if where else ""
    new = None
    if title is None:
        new = TitleDraft(
            new_title_code(position.text, level), position.text[:200], level or Level.COMMUNE, 0,
            usual_tier(where), FIRST_DAY, order=10_000,
        )  # fmt: skip
    label = title.name if title else position.text
    return Post(where.id if where else None, title.id if title else None, new, label, kind, since)


def new_title_code(text: str, level: str) -> str:
    """The code of a title known from lists only; it says so by its beginning."""
    return f"{IMPORTED}{level or 'unplaced'}.{_short(text).replace(' ', '_')}"[:80]


def usual_tier(unit: UnitRow | None) -> str:
    """Who manages people of that unit's level when no title says otherwise."""
    return str(_USUAL_TIER.get(Level(unit.level), Tier.AGENCY)) if unit else str(Tier.AGENCY)


@functools.lru_cache(maxsize=16_384)
def _short(text: str) -> str:
    """Folded words with the usual long forms shortened, punctuation left out."""
    words = " ".join(re.sub(r"[^\w\s]", " ", search_key(text)).split())
    for long, short in _LONG:
        words = words.replace(long, short)
    return words


def _bare(words: str, level: str) -> str:
    """Without the level that a title repeats at its end: "chu tich ubnd xa" -> "chu tich ubnd"."""
    for ending in _LEVEL_WORDS.get(Level(level), ()) if level else ():
        if words.endswith(f" {ending}"):
            return words.removesuffix(f" {ending}")
    return words


def _without_unit(words: str, unit: UnitRow | None) -> str:
    name = _short(unit.name) if unit else ""
    return words.removesuffix(f" {name}") if name else words


def _ends(name: str, wanted: str) -> bool:
    return name == wanted or name.endswith(f" {wanted}")


def _begins(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted} ")
