"""Every fact of the catalogue as a column of a list; what is for statistics only stays out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import polars as pl
from django.utils.translation import gettext_lazy

from hientai.engines.criteria.wording import found_text
from hientai.engines.facts.fact import Fact, FactType
from hientai.engines.facts.snapshot import PERSON
from hientai.foundation.actor import Actor
from hientai.foundation.people_lists import ColumnSource, ListColumn
from hientai.foundation.snapshot.everybody import catalogue, facts_as_of
from hientai.foundation.web.templatetags.formats import sentence

PREFIX = "fact."


def columns() -> tuple[ListColumn, ...]:
    """One column a fact, in the order of the catalogue, in the language of the reader."""
    return tuple(ListColumn(PREFIX + fact.code, _label(fact), width=1.2, align="c") for fact in _facts())


@cache
def _facts() -> tuple[Fact, ...]:
    return tuple(f for f in catalogue() if not f.statistics_only and f.type is not FactType.IDENTIFIER)


def _label(fact: Fact) -> str:
    unit = sentence(fact.unit) if fact.type.is_ordered and not fact.codes else ""
    return f"{sentence(fact.label)} ({unit})" if unit else sentence(fact.label)


def read(
    *, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]
) -> dict[str, dict[int, Any]]:
    """Values as of the day: numbers as numbers, codes and yes or no in words, nothing where it is not known."""
    codes = [code.removeprefix(PREFIX) for code in wanted]
    frame = facts_as_of(as_of).frame.filter(pl.col(PERSON).is_in(list(ids))).select(PERSON, *codes)
    found: dict[str, dict[int, Any]] = {code: {} for code in wanted}
    for row in frame.iter_rows(named=True):
        for code in codes:
            found[PREFIX + code][row[PERSON]] = _shown(catalogue()[code], row[code])
    return found


def _shown(fact: Fact, value: Any) -> Any:
    if value is None:
        return None
    if fact.type.is_ordered and not fact.codes and fact.type is not FactType.SHARE:
        return value
    return sentence(found_text(fact, value))


FACTS = ColumnSource(gettext_lazy("Dữ kiện tính sẵn"), columns, read, 90)
