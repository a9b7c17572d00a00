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
from hientai.engines.vitext import nfc, search_key
from hientai.engines.wording import Sentence, say
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
_LEVEL_SAID = {
    Level.COMMUNE: say("cấp xã"),
    Level.DISTRICT: say("cấp huyện"),
    Level.PROVINCE: say("cấp tỉnh"),
    Level.CENTRAL: say("trung ương"),
}
_LEVEL_TOLD = (
    (Level.COMMUNE, re.compile(r"\b(?:(?<!thị )(?<!hợp tác )xã(?! hội\b)|phường|thị trấn|đặc khu)\b")),
    (Level.DISTRICT, re.compile(r"\b(?:huyện|quận|thị xã)\b")),
    (Level.PROVINCE, re.compile(r"\b(?:tỉnh)\b")),
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
        self._levels: dict[str, set[str]] = defaultdict(set)
        for level, key in self._titles:
            self._levels[key].add(level)
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

    def alike(self, text: str, most: int = 40) -> list[tuple[str, str]]:
        """(code, name and where) of units that `text` may mean: the same name, the same ending, all of its words.

        Those written with the same accents come first, then short names before long ones.
        """
        wanted = _short(text)
        if not wanted:
            return []
        words = set(wanted.split())
        found = self._named.get(wanted, []) or [
            u
            for name, us in self._named.items()
            if _ends(name, wanted) or words <= set(name.split())
            for u in us
        ]
        written = nfc(text).lower()
        found = sorted(found, key=lambda unit: (written not in unit.name.lower(), len(unit.name.split())))
        return [(unit.code, self._path(unit)) for unit in self._within_base(found)[:most]]

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
        self, person: PersonRecord, unit: UnitRow | None, day: date, appointed: date | None, sheet: str = ""
    ) -> list[Post]:
        """The seats of a row, the first one full-time; a post named twice counts once.

        sheet: the name of the sheet, which may tell the level of the list ("DS phường").
        """
        made: dict[tuple[int | None, str], Post] = {}
        for position in person.positions:
            where = self._unit_of(position, unit)
            title, level, doubt = self._title_and_level(position, where, unit, person.unit, sheet)
            kind = (
                PositionKind.CONCURRENT if made or position.kind == "concurrent" else PositionKind.FULL_TIME
            )
            post = _post(position, where, title, level, kind, appointed or day, doubt)
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

    def _title_and_level(
        self, position: Position, where: UnitRow | None, unit: UnitRow | None, named: str, sheet: str
    ) -> tuple[TitleRow | None, str, Sentence | None]:
        """The title, its level, and what is doubtful about the level.

        The level follows what the row itself says (post, unit as written, sheet) before the unit chosen for the list.
        """
        own = where.level if where else ""
        for said in (position.text, named, sheet):
            level = level_named(said)
            if not level:
                continue
            if not own or level == own:
                return self._title(position, where, unit, own), own, None
            title = self._title(position, where, unit, level)
            if title is not None or said is named:
                return title, level, _level_doubt(position.text, level, said, where)
        title = self._title(position, where, unit, own)
        return title, own, self._several_levels(position, title, where, named)

    def _several_levels(
        self, position: Position, title: TitleRow | None, where: UnitRow | None, named: str
    ) -> Sentence | None:
        """A leading title of several levels, where only the unit chosen for the whole list says which is meant."""
        if title is None or where is None or where is not self.base or named or not title.is_leadership:
            return None
        others = self._levels[_bare(_short(title.name), title.level)] - {title.level}
        if where.level == Level.COMMUNE or not others:
            return None
        return say(
            "“{title}” có ở nhiều cấp; được hiểu là {level} theo đơn vị đã chọn ({unit}). Nếu là cấp khác, hãy chọn "
            "đúng đơn vị của danh sách.",
            title=position.text, level=_LEVEL_SAID[Level(title.level)], unit=where.name,
        )  # fmt: skip

    def _title(
        self, position: Position, where: UnitRow | None, unit: UnitRow | None, level: str
    ) -> TitleRow | None:
        texts = [position.text, f"{position.title} {position.unit}"]
        if where is not unit or position.certain:
            texts.insert(0, position.title)
        for text in texts:
            wanted = _without_unit(_short(text), where)
            found = self._titles.get((level, wanted)) or self._titles.get((level, _bare(wanted, level)))
            if found is not None:
                return found
        return self._by_code.get(new_title_code(position.text, level))


@functools.lru_cache(maxsize=16_384)
def level_named(text: str) -> str:
    """The level that a place or post as written tells ("UBND phường Thanh Bình": commune); "" for none or several."""
    words = nfc(text).lower()
    told = [level for level, pattern in _LEVEL_TOLD if pattern.search(words)]
    return str(told[0]) if len(told) == 1 else ""


def _level_doubt(title: str, level: str, said: str, where: UnitRow | None) -> Sentence | None:
    if where is None:
        return None
    return say(
        "“{title}” được hiểu là chức danh {level} theo “{said}”, nhưng đơn vị ghi vào là {unit} ({own}). Hãy kiểm tra, "
        "hoặc chọn đúng đơn vị của danh sách.",
        title=title, level=_LEVEL_SAID[Level(level)], said=said[:80], unit=where.name,
        own=_LEVEL_SAID[Level(where.level)],
    )  # fmt: skip


def _post(
    position: Position, where: UnitRow | None, title: TitleRow | None, level: str, kind: str, since: date,
    doubt: Sentence | None,
) -> Post:  # fmt: skip
    new = None
    if title is None:
        tier = usual_tier(where) if where is None or level == where.level else _tier_of(level)
        new = TitleDraft(
            new_title_code(position.text, level), position.text[:200], level or Level.COMMUNE, 0, tier, FIRST_DAY,
            order=10_000,
        )  # fmt: skip
    label = title.name if title else position.text
    return Post(where.id if where else None, title.id if title else None, new, label, kind, since, doubt)


def new_title_code(text: str, level: str) -> str:
    """The code of a title known from lists only; it says so by its beginning."""
    return f"{IMPORTED}{level or 'unplaced'}.{_short(text).replace(' ', '_')}"[:80]


def usual_tier(unit: UnitRow | None) -> str:
    """Who manages people of that unit's level when no title says otherwise."""
    return _tier_of(unit.level) if unit else str(Tier.AGENCY)


def _tier_of(level: str) -> str:
    return str(_USUAL_TIER.get(Level(level), Tier.AGENCY)) if level else str(Tier.AGENCY)


@functools.lru_cache(maxsize=16_384)
def _short(text: str) -> str:
    """Folded words with the usual long forms shortened, punctuation left out."""
    words = " ".join(re.sub(r"[^\w\s]", " ", search_key(text)).split())
    for long, short in _LONG:
        words = words.replace(long, short)
    return words


def _bare(words: str, level: str) -> str:
    """Without the words for its level at the end of a title, however many: "chu tich ubnd xa" -> "chu tich ubnd"."""
    endings = _LEVEL_WORDS.get(Level(level), ()) if level else ()
    while ending := next((one for one in endings if words.endswith(f" {one}")), ""):
        words = words.removesuffix(f" {ending}")
    return words


def _without_unit(words: str, unit: UnitRow | None) -> str:
    name = _short(unit.name) if unit else ""
    return words.removesuffix(f" {name}") if name else words


def _ends(name: str, wanted: str) -> bool:
    return name == wanted or name.endswith(f" {wanted}")


def _begins(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted} ")
