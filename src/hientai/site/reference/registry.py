"""registry.md: who adds what to the screens, the snapshot and the search."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from hientai.foundation import registry, scoping
from hientai.site.reference.markdown import code, first_sentence, table, where

HEAD = """# Who registers what

Lower layers never import higher ones; higher ones announce themselves in `apps.py:ready()` through
`hientai.foundation.registry`. There are no signals: what is not on this page is not called."""


def registries() -> str:
    """One section for each kind of entry, in the order in which pages show them."""
    kinds: dict[type, list[Any]] = {kind: [] for kind in _kinds()}
    single: list[tuple[str, str, str]] = []
    for name, entry in _entries():
        if type(entry) in kinds:
            kinds[type(entry)].append(entry)
        else:
            single.append((code(name), code(where(entry)), first_sentence(entry)))
    sections = [_section(kind, entries) for kind, entries in kinds.items()]
    last = "## Questions the foundation asks\n\nOne function each.\n\n" + table(
        ["asked as", "answered by", "what it answers"], single
    )
    return "\n\n".join([HEAD, *sections, last])


def _kinds() -> list[type]:
    """The forms of an entry, except those that are only parts of an answer."""
    answered = {"Tile", "ReportOption"}
    return [
        kind for kind in vars(registry).values()
        if isinstance(kind, type) and kind.__module__ == registry.__name__ and kind.__name__ not in answered
    ]  # fmt: skip


def _entries() -> Iterator[tuple[str, Any]]:
    """(where it is kept, entry) of everything registered."""
    for module in (registry, scoping):
        for name, kept in vars(module).items():
            if name.startswith("_") and not name.startswith("__") and isinstance(kept, list | dict):
                entries = kept.values() if isinstance(kept, dict) else kept
                yield from ((name.strip("_"), entry) for entry in entries)


def _section(kind: type, entries: list[Any]) -> str:
    fields = [field.name for field in dataclasses.fields(kind) if field.name not in ("sql", "icon")]
    ordered = sorted(entries, key=lambda entry: getattr(entry, "order", 0))
    rows = [[*(_value(getattr(entry, name)) for name in fields), code(_owner(entry))] for entry in ordered]
    return f"## {kind.__name__}\n\n{first_sentence(kind)}\n\n{table([*fields, 'registered by'], rows)}"


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(code(part.name) for part in value)
    return code(where(value)) if callable(value) and not hasattr(value, "_proxy____args") else value


def _owner(entry: Any) -> str:
    """The app an entry comes from: the app of its functions, of the view behind its address, or of its list."""
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if callable(value) and hasattr(value, "__module__") and hasattr(value, "__qualname__"):
            return _app_of(value.__module__)
    if hasattr(entry, "url_name"):
        try:
            return _app_of(resolve(reverse(entry.url_name)).func.__module__)
        except (NoReverseMatch, Resolver404):
            return ""
    return next((_app_of(name) for name, kept in _lists() if any(one is entry for one in kept)), "")


def _app_of(module: str) -> str:
    found = apps.get_containing_app_config(module)
    return found.name.removeprefix("hientai.") if found else module


def _lists() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Tuples of entries kept in modules of apps, by module."""
    for config in apps.get_app_configs():
        if not config.name.startswith("hientai."):
            continue
        for found in pkgutil.iter_modules(config.module.__path__):
            if found.name == "facts":
                module = importlib.import_module(f"{config.name}.facts")
                yield from (
                    (module.__name__, kept) for kept in vars(module).values() if isinstance(kept, tuple)
                )
