"""What people give to the home page: headcount, women, age, learning, who retires soon, what files lack.

Each number opens its list, which is asked of the records themselves and agrees (tests/integration/cadres/test_home.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors
from hientai.apps.cadres.types import LACKING, QualificationKind, Sex
from hientai.apps.organization.types import Block, Level
from hientai.engines.interval import add_months
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label
from hientai.foundation.registry import Tile
from hientai.foundation.web.charts import Datum, bars, pyramid
from hientai.foundation.web.templatetags.formats import number

YOUNGEST, OLDEST, STEP = 20, 65, 5
Band = tuple[int | None, int | None]  # completed years: from, and below


def tiles(*, actor: Actor, as_of: date) -> list[Tile]:
    """How many people are on file, how many of them are women, how many retire within twelve months."""
    people = selectors.present(actor=actor, as_of=as_of)
    base = _("trên tổng số {total} người").format(total=number(people.height))
    women = people.filter(pl.col("sex") == "F").height
    soon = (pl.col("retires_on") >= as_of) & (pl.col("retires_on") < add_months(as_of, 12))
    return [
        Tile(
            _("Cán bộ, công chức, viên chức"),
            people.height,
            _("người"),
            _("có hồ sơ trong phạm vi được xem"),
            _list(),
        ),
        Tile(_("Nữ"), women, _("người"), base, _list(sex=Sex.FEMALE.value)),
        Tile(
            _("Nghỉ hưu trong 12 tháng tới"),
            people.filter(soon).height,
            _("người"),
            base,
            _list(retiring="12"),
        ),
    ]


def headcount(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """People by level and by block of the unit that keeps their file."""
    people = selectors.present(actor=actor, as_of=as_of)
    return {
        "levels": bars(_bars(people, "level", Level.choices)),
        "blocks": bars(_bars(people, "block", Block.choices)),
        "base": people.height,
    }


def learning(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """The highest professional level and the highest level of political theory of each."""
    people = selectors.present(actor=actor, as_of=as_of)
    names = selectors.code_names(actor=actor, as_of=as_of)
    kinds = (QualificationKind.PROFESSIONAL, QualificationKind.POLITICAL_THEORY)
    return {
        "base": people.height,
        "kinds": [(str(kind.label), bars(_levels(people, kind, names))) for kind in kinds],
    }


def _levels(people: pl.DataFrame, kind: str, names: dict[tuple[str, str], tuple[int, str]]) -> list[Datum]:
    """From the highest level down, and who has none on file, so that the bars add up to everybody."""
    counted = dict(people.group_by(kind).len().iter_rows())
    by_rank = {rank: (code, name) for (list_, code), (rank, name) in names.items() if list_ == kind}
    shown = [
        Datum(code_label(by_rank[rank][1]), counted[rank], _list(**{kind: by_rank[rank][0]}))
        for rank in sorted(by_rank, reverse=True)
        if counted.get(rank)
    ]
    rest = people.height - sum(datum.value for datum in shown)
    return [*shown, Datum(_("Chưa ghi"), rest, _list(**{kind: "none"}))] if rest else shown


def lacking(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """How many files lack what; one file may lack several."""
    people = selectors.present(actor=actor, as_of=as_of)
    shown = [
        Datum(str(label), people.get_column(f"lacks_{code}").sum(), _list(missing=code))
        for code, label in LACKING.items()
    ]
    return {"chart": bars(shown), "base": people.height}


def _bars(people: pl.DataFrame, column: str, labels: Iterable[tuple[str, Any]]) -> list[Datum]:
    """One bar a value, and the rest as a bar of its own, so that the bars add up to everybody."""
    counted = dict(people.group_by(column).len().iter_rows())
    shown = [
        Datum(str(label), counted[code], _list(**{column: code}))
        for code, label in labels
        if counted.get(code)
    ]
    rest = people.height - sum(datum.value for datum in shown)
    return [*shown, Datum(_("Đơn vị đã kết thúc, chưa chuyển"), rest)] if rest else shown


def ages(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """The age pyramid in half-open bands of five years, men to the left and women to the right."""
    people = selectors.present(actor=actor, as_of=as_of)
    edges = range(OLDEST, YOUNGEST - 1, -STEP)
    bands: list[Band] = [(low, low + STEP if low < OLDEST else None) for low in edges]
    rows = [_pyramid_row(people, *band) for band in bands]
    young = _pyramid_row(people, None, YOUNGEST)
    if young[1] or young[2]:
        bands.append((None, YOUNGEST))
        rows.append(young)
    lists = {row[0]: _age_lists(*band) for row, band in zip(rows, bands, strict=True)}
    return {"chart": pyramid(rows, lists), "base": people.height}


def _pyramid_row(people: pl.DataFrame, low: int | None, high: int | None) -> tuple[str, int, int]:
    inside = pl.lit(value=True)
    if low is not None:
        inside = inside & (pl.col("age") >= low)
    if high is not None:
        inside = inside & (pl.col("age") < high)
    kept = people.filter(inside)
    men = kept.filter(pl.col("sex") == "M").height
    label = f"{low}–{high - 1}" if low and high else f"{low}+" if low else f"<{high}"
    return label, men, kept.filter(pl.col("sex") == "F").height


def _age_lists(low: int | None, high: int | None) -> tuple[str, str]:
    """The lists of the men and of the women of a band."""
    asked = f"{low or ''}-{high - 1 if high else ''}"
    return _list(age=asked, sex=Sex.MALE.value), _list(age=asked, sex=Sex.FEMALE.value)


def _list(**asked: str) -> str:
    return reverse("people") + (f"?{urlencode(asked)}" if asked else "")
