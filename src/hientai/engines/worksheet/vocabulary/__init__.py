"""The words offices use, as data: headings, code lists, rows that are not people, titles. Loaded once."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

from hientai.engines.vitext import fold, search_key
from hientai.engines.worksheet.letters import phrase

# The same safe loader, written in C where the library has it: ten times quicker at the first list of a process.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Field:
    """What a column can hold. reads: how its cells are read; several: more than one column may hold it."""

    key: str
    label: str
    reads: str
    code_list: str = ""
    several: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A heading over several columns: members maps a sub-heading to a field; choices names a code list."""

    aliases: frozenset[str]
    members: dict[str, str] = field(default_factory=dict)
    choices: str = ""


@dataclass(frozen=True)
class Code:
    """One entry of a code list, as recognised."""

    code: str
    label: str


@functools.cache
def _load(name: str) -> Any:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


@functools.cache
def fields() -> dict[str, Field]:
    """Every field a column may be mapped to, in the order officers expect."""
    return {
        row["key"]: Field(
            key=row["key"],
            label=row["label"],
            reads=row["reads"],
            code_list=row.get("list", ""),
            several=row.get("several", False),
            aliases=tuple(phrase(str(alias)) for alias in row["aliases"]),
        )
        for row in _load("fields.yaml")["fields"]
    }


@functools.cache
def heading_aliases() -> dict[str, str]:
    """Heading with accents -> field."""
    return {alias: each.key for each in fields().values() for alias in each.aliases}


@functools.cache
def folded_aliases() -> dict[str, str]:
    """Heading without accents -> field, only where all accents agree on one field."""
    found: dict[str, set[str]] = {}
    for alias, key in heading_aliases().items():
        found.setdefault(search_key(alias), set()).add(key)
    return {alias: keys.pop() for alias, keys in found.items() if len(keys) == 1}


def _heads(key: str) -> tuple[str, ...]:
    return fields()[key].aliases if key else ()


@functools.cache
def groups() -> tuple[Group, ...]:
    """Headings that stand over several columns."""
    return tuple(
        Group(
            aliases=frozenset(phrase(alias) for alias in (*row["aliases"], *_heads(row.get("of", "")))),
            members={
                phrase(alias): key for key, aliases in row.get("members", {}).items() for alias in aliases
            },
            choices=row.get("choices", ""),
        )
        for row in _load("fields.yaml")["groups"]
    )


@functools.cache
def about_others() -> tuple[str, ...]:
    """Phrases of headings that speak of somebody other than the person of the row."""
    return tuple(phrase(each) for each in _load("fields.yaml")["about_others"])


@functools.cache
def row_words(kind: str) -> tuple[str, ...]:
    """Words of rows.yaml of one kind (totals, signatures, blocks, units, as_of...), longest first."""
    return tuple(sorted((phrase(str(each)) for each in _load("rows.yaml")[kind]), key=len, reverse=True))


@functools.cache
def codes(code_list: str) -> dict[str, Code]:
    """Spelling, with accents and without where that is clear -> code, for one code list."""
    found: dict[str, Code] = {}
    clashes: set[str] = set()
    listed = _load("codes.yaml")[code_list]["codes"]
    for code, row in listed.items():
        entry = Code(str(code), row["label"])
        for alias in (row["label"], *row["aliases"]):
            found[phrase(str(alias))] = entry
    for spelling, entry in list(found.items()):
        bare = fold(spelling)
        if found.get(bare, entry) != entry:
            clashes.add(bare)
        found.setdefault(bare, entry)
    return {spelling: entry for spelling, entry in found.items() if spelling not in clashes}


@functools.cache
def code_lists() -> dict[str, tuple[Code, ...]]:
    """Every code list with its codes in order, for templates and reference pages."""
    return {
        name: tuple(Code(str(code), row["label"]) for code, row in listed["codes"].items())
        for name, listed in _load("codes.yaml").items()
    }


@dataclass(frozen=True)
class TitleWords:
    """A title as it begins a line, and the word it shares with the name of the unit ("phòng")."""

    title: str
    keeps_word: str = ""


@functools.cache
def titles() -> tuple[TitleWords, ...]:
    """Titles by which "chức vụ, đơn vị" is cut, longest first."""
    found = [
        TitleWords(phrase(alias), row.get("keeps_word", ""))
        for row in _load("positions.yaml")["titles"]
        for alias in row["aliases"]
    ]
    return tuple(sorted(found, key=lambda each: len(each.title), reverse=True))
