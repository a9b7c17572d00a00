"""models.md: every table of the records, its key, its columns and the rules the database holds it to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from hientai.foundation.temporal import EffectiveDated
from hientai.site.reference.markdown import code, codes, first_sentence, table

HEAD = """# Tables of the records

A table marked **history** is effective-dated (`foundation/temporal.py`). Besides its own columns it has `line` (joins
the versions of one record), `valid_from` and `valid_to` (half-open days in which it was true), `recorded_from` and
`recorded_to` (when it was on record), `source` (the decision or document it rests on) and `reason` (of a correction).
A trigger refuses every change of a row but closing `recorded_to`; no two current rows of one key overlap in time."""
HISTORY = {field.name for field in EffectiveDated._meta.get_fields()}


def records() -> str:
    """A section for each app, lowest first, with its tables."""
    sections = []
    for config in apps.get_app_configs():
        if config.name.startswith("hientai.") and (known := list(config.get_models())):
            sections.append("\n\n".join([f"## {config.label}: {config.verbose_name}", *map(_model, known)]))
    return "\n\n".join([HEAD, *sections])


def _model(model: type[models.Model]) -> str:
    dated = issubclass(model, EffectiveDated)
    kept = [
        field for field in model._meta.concrete_fields
        if field.name != "id" and not (dated and field.name in HISTORY)
    ]  # fmt: skip
    rules = list(_rules(model))
    parts = [
        f"### {model.__name__}" + (" (history)" if dated else ""),
        first_sentence(model) + f" Table {code(model._meta.db_table)}."
        + (f" Key: {codes(model.KEY)}." if dated else ""),
        table(["column", "form", "empty", "meaning"], (_column(field) for field in kept)),
    ]  # fmt: skip
    return "\n\n".join([*parts, *(["Rules: " + "; ".join(rules) + "."] if rules else [])])


def _column(field: Any) -> list[Any]:
    return [
        code(field.column),
        _form(field),
        field.null or (field.blank and field.default == ""),
        _meaning(field),
    ]


def _form(field: Any) -> str:
    if field.is_relation:
        return f"→ {field.related_model.__name__}"
    length = f" {field.max_length}" if field.max_length else ""
    return f"{type(field).__name__.removesuffix('Field').lower()}{length}"


def _meaning(field: Any) -> str:
    said = [str(field.help_text)] if field.help_text else []
    if field.choices:
        said.append(codes(value for value, _label in field.flatchoices))
    if field.unique and not field.primary_key:
        said.append("unique")
    if field.default is not NOT_PROVIDED and not callable(field.default) and field.default not in ("", None):
        said.append(f"default {code(field.default)}")
    return "; ".join(said)


def _rules(model: type[models.Model]) -> Iterator[str]:
    for constraint in model._meta.constraints:
        yield f"{code(constraint.name)} ({type(constraint).__name__.removesuffix('Constraint').lower()})"
    for trigger in getattr(model._meta, "triggers", ()):
        yield f"{code(trigger.name)} (trigger)"
