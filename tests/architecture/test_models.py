"""Guards over the tables: histories state their key, personal records their scope, references point downward."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from hientai.foundation.temporal import EffectiveDated

ORDER = [
    "foundation",
    "organization",
    "accounts",
    "cadres",
    "regulations",
    "dossiers",
    "procedures",
    "consultations",
    "planning",
    "screening",
    "workforce",
    "reorganisation",
    "integrity",
    "reports",
    "exchange",
    "site",
]
OURS = [model for model in apps.get_models() if model.__module__.startswith("hientai.")]
DATED = [model for model in OURS if issubclass(model, EffectiveDated)]


@pytest.mark.parametrize("model", DATED, ids=lambda model: model.__name__)
def test_history_states_its_key_and_no_two_versions_of_it_overlap(model: type[EffectiveDated]) -> None:
    columns = {field.attname for field in model._meta.concrete_fields}
    assert model.KEY and set(model.KEY) <= columns
    exclusions = [c for c in model._meta.constraints if isinstance(c, ExclusionConstraint)]
    assert len(exclusions) == 1
    held = [
        _columns_in(expression, columns)
        for expression, operator in exclusions[0].expressions
        if operator == "&&"
    ]
    assert set().union(*held) == {*model.KEY, "valid_from", "valid_to"}
    assert exclusions[0].condition == models.Q(recorded_to__isnull=True)
    assert any(t.name == "versions_are_never_edited" for t in model._meta.triggers)  # type: ignore[attr-defined]


def _columns_in(expression: object, columns: set[str]) -> set[str]:
    """The columns that an expression of a constraint reads, in its arguments or in its template."""
    if isinstance(expression, models.F):
        return {expression.name}
    if not isinstance(expression, models.Func):
        return set()
    words = set(re.findall(r"(?<!:)\b\w+", str(expression.extra.get("template", ""))))
    return (words & columns).union(*(_columns_in(e, columns) for e in expression.get_source_expressions()))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_references_point_to_lower_or_own_capabilities(model: type[models.Model]) -> None:
    place = ORDER.index(model._meta.app_label)
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model is not None:
            target = field.related_model._meta.app_label  # type: ignore[union-attr]
            assert target not in ORDER or ORDER.index(target) <= place, field


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_record_of_a_person_reaches_the_scope_of_the_person(model: type[models.Model]) -> None:
    reaches = {
        f.name
        for f in model._meta.get_fields()
        if f.is_relation and f.concrete and f.related_model and f.related_model.__name__ == "Person"
    }  # type: ignore[union-attr]
    names = {field.name for field in model._meta.concrete_fields}
    if model.__name__ == "Person":
        assert {"held_by", "tier"} <= names
    elif reaches:
        assert "person" in reaches
