"""Sentences that engines say to people: Vietnamese templates with values, translated at the edge.

An engine knows no language setting. It returns a `Sentence`; the page, API or command renders it with
the translation of its template. `say` is the keyword that the message extractor looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """A Vietnamese template and the values that fill it.

    `template` uses str.format fields (`{name}`); a value may itself be a Sentence.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate` (a gettext function); Vietnamese by default."""
        filled = {
            key: value.render(translate) if isinstance(value, Sentence) else value
            for key, value in self.values.items()
        }
        template = translate(self.template)
        return template.format(**filled) if filled else template

    def __str__(self) -> str:
        return self.render()

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def say(template: str, **values: Any) -> Sentence:
    """Marks `template` for translation and binds its values."""
    return Sentence(template, values)
