"""What is wrong with a rule file: where exactly, which rule it breaks, what to do now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hientai.engines.wording import Sentence


@dataclass(frozen=True)
class Finding:
    """code: stable machine word. file: relative to the rulebook's folder. line: 1-based, 0 where unknown.

    path: the key path inside the file (`standards.plan.commune.chair.all[0].fact`).
    """

    code: str
    file: str
    line: int
    path: str
    message: Sentence

    def as_document(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "path": self.path,
            "message": self.message.render(),
        }

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message.render()} [{self.code}]"


@dataclass
class Findings:
    """Collects findings in the order in which they are met, each once (a shared part is read once a use)."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, message: Sentence) -> None:
        """Notes one finding at a place."""
        finding = Finding(code, place.file, place.line, place.text, message)
        if all(
            (known.code, known.file, known.path) != (code, finding.file, finding.path) for known in self.found
        ):
            self.found.append(finding)


@dataclass(frozen=True)
class Place:
    """A key path in a file, with the line of every key path that the file has."""

    file: str
    lines: dict[tuple[str | int, ...], int]
    path: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Place:
        """The place of a key or list element below."""
        return Place(self.file, self.lines, (*self.path, *steps))

    @property
    def line(self) -> int:
        """Where it is written, or where the nearest thing around it is."""
        for length in range(len(self.path), -1, -1):
            if self.path[:length] in self.lines:
                return self.lines[self.path[:length]]
        return 0

    @property
    def text(self) -> str:
        """`parameters.plan.share_women_min.citation`, `all[0].fact`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else ("." if text else "") + str(step)
        return text
