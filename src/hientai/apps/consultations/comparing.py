"""Drafts as clauses: read out of a text, and two versions compared clause by clause, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hientai.apps.consultations.types import Clause

_LABEL = re.compile(r"^\s*((?:Điều|Mục|Phần|Chương|Khoản)\s+[0-9IVXLC]+[a-zđ]?)\s*[.:]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """Words of a clause: same | added | removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class ClauseChange:
    """One clause in two versions. kind: same | changed | added | removed."""

    label: str
    kind: str
    pieces: tuple[Piece, ...]


def read_clauses(text: str) -> list[Clause]:
    """Clauses out of a pasted text: a line that begins with "Điều 3" begins one; otherwise each paragraph is one.

    Labels that come twice are told apart by a number.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    blocks = _labelled(lines) if any(_LABEL.match(line) for line in lines) else _paragraphs(lines)
    seen: dict[str, int] = {}
    clauses = []
    for label, words in blocks:
        seen[label] = seen.get(label, 0) + 1
        clauses.append(Clause(label if seen[label] == 1 else f"{label} ({seen[label]})", words))
    return clauses


def compare(old: Sequence[Clause], new: Sequence[Clause]) -> list[ClauseChange]:
    """What a version changed, in the order of the new one, removed clauses where they stood."""
    before, after = {one.label: one for one in old}, {one.label: one for one in new}
    labels = [one.label for one in new]
    for place, one in enumerate(old):
        if one.label not in after:
            earlier = [label for label in (o.label for o in old[:place]) if label in labels]
            labels.insert(labels.index(earlier[-1]) + 1 if earlier else 0, one.label)
    return [_change(label, before.get(label), after.get(label)) for label in labels]


def _labelled(lines: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        match = _LABEL.match(line)
        if match:
            found.append((" ".join(match[1].split()), [line[match.end() :]]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            found.append(("Mở đầu", [line]))
    return [(label, "\n".join(words).strip()) for label, words in found]


def _paragraphs(lines: Sequence[str]) -> list[tuple[str, str]]:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", "\n".join(lines)) if block.strip()]
    return [(f"Đoạn {number}", block) for number, block in enumerate(blocks, 1)]


def _change(label: str, old: Clause | None, new: Clause | None) -> ClauseChange:
    if old is None:
        return ClauseChange(label, "added", (Piece("added", new.text if new else ""),))
    if new is None:
        return ClauseChange(label, "removed", (Piece("removed", old.text),))
    if old.text == new.text:
        return ClauseChange(label, "same", (Piece("same", new.text),))
    return ClauseChange(label, "changed", tuple(_words(old.text, new.text)))


def _words(old: str, new: str) -> list[Piece]:
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces: list[Piece] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(b[b1:b2])))
            continue
        if a2 > a1:
            pieces.append(Piece("removed", "".join(a[a1:a2])))
        if b2 > b1:
            pieces.append(Piece("added", "".join(b[b1:b2])))
    return pieces
