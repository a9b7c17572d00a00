"""From the headings over a column to the field it holds."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from hientai.engines.vitext import search_key
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.letters import phrase

EXACT, BY_GROUP, WITHOUT_ACCENTS, BY_START, BY_TYPO, BY_PART = 1.0, 0.98, 0.9, 0.85, 0.8, 0.7
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*+")
_CLOSE_ENOUGH = 90
_SHORTEST_FOR_TYPOS = 6
_WHOLE_DATE = re.compile(r"^ngày tháng năm (?=\S)")  # "Ngày, tháng, năm bổ nhiệm" is "Ngày bổ nhiệm"
_SAY_NOTHING = frozenset(
    ("ngày tháng năm", "ngày tháng", "đồng chí", "họ", "họ và")
)  # alone a heading, as a beginning none
_NUMBERS_OF_PEOPLE = frozenset(("cccd", "cmnd", "cmtnd", "cmt", "đdcn", "ddcn"))
_ABOUT_ISSUE = frozenset(("cấp", "cap", "cũ", "cu", "nơi", "noi"))
_NO_ALIASES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Guess:
    """field: key of vocabulary.fields, or "choice:LIST=CODE" for a column that is itself an answer."""

    field: str
    confidence: float


def heading_key(path: tuple[str, ...]) -> str:
    """One line that names a column by all the headings over it: "Ngày sinh > Nam"."""
    return " > ".join(path)


def guess_field(path: tuple[str, ...], learned: Mapping[str, str] = _NO_ALIASES) -> Guess | None:
    """The field of a column under the headings `path` (top to bottom).

    learned: heading key -> field, as an office taught before; it wins over everything. None when nothing
    fits.
    """
    if heading_key(path) in learned:
        return Guess(learned[heading_key(path)], EXACT) if learned[heading_key(path)] else None
    return _guess(path)


@functools.lru_cache(maxsize=4096)
def _guess(path: tuple[str, ...]) -> Guess | None:
    whole = tuple(filter(None, (phrase(level) for level in path)))
    levels = tuple(filter(None, (phrase(_PARENTHESES.sub(" ", level)) for level in path))) or whole
    if whole and levels and whole[-1] != levels[-1] and whole[-1] in vocabulary.heading_aliases():
        return Guess(vocabulary.heading_aliases()[whole[-1]], EXACT)
    if not levels or any(f" {word} " in f" {' '.join(levels)} " for word in vocabulary.about_others()):
        return None
    if len(levels) > 1:
        grouped = _by_group(levels)
        if grouped:
            return grouped
        for joined in (" ".join(levels), " ".join(levels[-2:])):
            together = _by_alias(joined)
            if together and together.confidence >= WITHOUT_ACCENTS:
                return together
    last = _by_alias(levels[-1])
    if last or len(levels) == 1:
        return last
    return _by_alias(" ".join(levels))


def _by_group(levels: tuple[str, ...]) -> Guess | None:
    top, last = levels[:-1], levels[-1]
    for group in vocabulary.groups():
        names = (*reversed(top), " ".join(top))
        hit = next((name for name in names if _same(name, group.aliases)), None)
        if hit is None:
            continue
        member = _look_up(last, group.members)
        if member:
            return Guess(member, BY_GROUP)
        if group.choices:
            code = vocabulary.codes(group.choices).get(last)
            if code:
                return Guess(f"choice:{group.choices}={code.code}", BY_GROUP)
    return None


def _same(name: str, aliases: frozenset[str]) -> bool:
    return name in aliases or (name.isascii() and name in {search_key(alias) for alias in aliases})


def _look_up(name: str, members: Mapping[str, str]) -> str | None:
    if name in members:
        return members[name]
    if name.isascii():
        found = {field for alias, field in members.items() if search_key(alias) == name}
        if len(found) == 1:
            return found.pop()
    return None


def _by_alias(text: str) -> Guess | None:
    found = _as_written(text)
    shorter = _WHOLE_DATE.sub("ngày ", text)
    if shorter != text and (found is None or found.confidence < WITHOUT_ACCENTS):
        return _as_written(shorter) or found
    return found


def _as_written(text: str) -> Guess | None:
    aliases = vocabulary.heading_aliases()
    if text in aliases:
        return Guess(aliases[text], EXACT)
    bare = search_key(text)
    folded = vocabulary.folded_aliases()
    if bare in folded:
        return Guess(folded[bare], WITHOUT_ACCENTS)
    words = text.split()
    for size in range(len(words) - 1, 1, -1):
        beginning = " ".join(words[:size])
        if beginning in aliases and beginning not in _SAY_NOTHING:
            return Guess(aliases[beginning], BY_START)
    if len(bare) >= _SHORTEST_FOR_TYPOS:
        close = process.extractOne(bare, list(folded), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
        if close:
            return Guess(folded[close[0]], BY_TYPO)
    for size in range(len(words) - 1, 1, -1):
        for start in range(1, len(words) - size + 1):
            part = " ".join(words[start : start + size])
            if part in aliases:
                return Guess(aliases[part], BY_PART)
    if _NUMBERS_OF_PEOPLE.intersection(words) and not _ABOUT_ISSUE.intersection(words):
        return Guess("identity", BY_PART)
    return None


@functools.lru_cache(maxsize=4096)
def names_people(text: str) -> bool:
    """Whether a cell is the heading of a column of names."""
    if len(text) > 60:
        return False
    found = _guess((text,))
    return found is not None and found.field in ("name", "family_name") and found.confidence >= BY_TYPO


@functools.lru_cache(maxsize=4096)
def is_heading(text: str) -> bool:
    """Whether a cell alone would be recognised as a heading."""
    found = _guess((text,)) if len(text) <= 80 else None
    return found is not None and found.confidence >= BY_START


@functools.lru_cache(maxsize=4096)
def is_group(text: str) -> bool:
    """Whether a cell is a heading that usually stands over several columns."""
    name = phrase(_PARENTHESES.sub(" ", text))
    return any(_same(name, group.aliases) for group in vocabulary.groups())
