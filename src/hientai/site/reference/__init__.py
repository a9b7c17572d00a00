"""The reference pages that the program writes about itself: docs/reference, one generator a page.

A generator is a function without arguments that answers the whole page as text. It reads the code as loaded
(registries, catalogue, rulebook, argument parsers, addresses, models), never a database or a clock, so that
the same tree always gives the same bytes. Needs Django set up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
FOLDER = Path("docs/reference")
MARK = "<!-- Written by `python3 go.py docs`. Change the code it names, not this page. -->"


def pages() -> Mapping[str, Callable[[], str]]:
    """File name in docs/reference -> generator."""
    from hientai.site.reference.addresses import addresses
    from hientai.site.reference.commands import commands
    from hientai.site.reference.facts import facts
    from hientai.site.reference.permissions import permissions
    from hientai.site.reference.procedures import procedures
    from hientai.site.reference.records import records
    from hientai.site.reference.registry import registries
    from hientai.site.reference.rules import rules
    from hientai.site.reference.snapshot import snapshot_tables

    return {
        "addresses.md": addresses,
        "commands.md": commands,
        "facts.md": facts,
        "models.md": records,
        "permissions.md": permissions,
        "procedures.md": procedures,
        "registry.md": registries,
        "rules.md": rules,
        "snapshot.md": snapshot_tables,
    }


def written(root: Path = ROOT) -> list[Path]:
    """Writes every page that is not current and removes those nobody writes any more; which, below `root`."""
    changed = stale(root)
    texts = _texts()
    for path in changed:
        if path.name in texts:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(texts[path.name], encoding="utf-8")
        else:
            (root / path).unlink()
    return changed


def stale(root: Path = ROOT) -> list[Path]:
    """Pages that are missing, say something else than the code, or have no generator any more; sorted."""
    texts = _texts()
    found = [FOLDER / name for name, text in texts.items() if _on_disk(root / FOLDER / name) != text]
    left_over = [
        path.relative_to(root)
        for path in (root / FOLDER).glob("*.md")
        if path.name not in texts and MARK in path.read_text(encoding="utf-8")
    ]
    return sorted([*found, *left_over])


def _texts() -> dict[str, str]:
    """Every page in Vietnamese, the language its words are written in, whatever the process speaks."""
    from django.utils import translation

    with translation.override("vi"):
        return {name: f"{MARK}\n\n{write().strip()}\n" for name, write in pages().items()}


def _on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
