"""Every document that the program knows: those that set rules here, and those that are only known by name and days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.errors import BadInput
from hientai.engines.vitext import fold
from hientai.engines.wording import say
from hientai.rulebook.book import Document, Rulebook
from hientai.rulebook.retirement_schedule import FOLDER as RETIREMENT

FILE = Path(__file__).parent / "documents.yaml"
_KEYS = {"code", "title", "issuer", "signed", "in_force", "replaces", "source", "note"}


@dataclass(frozen=True)
class Entry:
    """One document of the register. slug: for addresses. valid_from None: the day was not found; valid_to: half-open.

    verified: the days of force were read. sets_rules: its values or standards are in the rulebook.
    """

    code: str
    slug: str
    title: str
    issuer: str
    signed: date | None
    valid_from: date | None
    valid_to: date | None
    verified: bool
    replaces: tuple[str, ...]
    note: str = ""
    sets_rules: bool = False

    def in_force_on(self, day: date) -> bool | None:
        """Whether it is in force; None where its first day was not found and it has not ended."""
        if self.valid_to is not None and self.valid_to <= day:
            return False
        return None if self.valid_from is None else self.valid_from <= day


def slug_of(code: str) -> str:
    """`Luật 80/2025/QH15` -> `luat-80-2025-qh15`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(code).lower()).strip("-")


def register(book: Rulebook) -> tuple[Entry, ...]:
    """The entries of the rulebook's own documents and of the list beside it, by day of force, then code."""
    entries = [_of_document(document) for document in book.documents]
    known = {entry.code for entry in entries}
    entries += [entry for entry in (*_retirement(), *_listed()) if entry.code not in known]
    return tuple(
        sorted(entries, key=lambda entry: (entry.valid_from or entry.signed or date.min, entry.code))
    )


def _of_document(document: Document) -> Entry:
    return Entry(
        document.code, document.slug, document.title.template, document.issuer, document.signed,
        document.valid_from, document.valid_to, document.force_verified, document.replaces,
        "\n".join(document.notes), sets_rules=True,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _listed(file: Path = FILE) -> tuple[Entry, ...]:
    """Raises BadInput `bad_register` with the entry where a key is missing or unknown."""
    return tuple(_entry(raw) for raw in yaml.safe_load(file.read_text(encoding="utf-8"))["documents"])


def _entry(raw: dict[str, Any]) -> Entry:
    if not raw.keys() <= _KEYS or not raw.keys() >= _KEYS - {"note"}:
        raise BadInput(
            "bad_register", say("Mục trong sổ văn bản thiếu hoặc thừa khóa."), str(raw.get("code", raw))
        )
    force = raw["in_force"]
    return Entry(
        raw["code"], slug_of(raw["code"]), raw["title"], raw["issuer"], raw["signed"], force["from"], force["to"],
        force["verified"], tuple(raw["replaces"]), raw.get("note", ""),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _retirement(folder: Path = RETIREMENT) -> tuple[Entry, ...]:
    entries = []
    for file in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        force, verified = raw["in_force"], all(p["verified"] for p in raw["parameters"].values())
        entries.append(
            Entry(
                raw["number"],
                raw["code"],
                raw["title"],
                raw["issuer"],
                raw["signed"],
                force["from"],
                force["to"],
                verified,
                tuple(raw["replaces"]),
                sets_rules=True,
            )
        )
    return tuple(entries)
