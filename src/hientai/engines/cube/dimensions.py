"""What a table is broken down by: the values of a column, half-open bands of a number, or named parts.

Every row of the snapshot gets exactly one member; a missing value is the member "unknown", never left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

Codes = NDArray[np.int32]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Member:
    """One row or column heading. key: the value, None for unknown; label: what is printed."""

    key: Any
    label: Sentence
    kind: str = "value"  # value | unknown | rest | all


UNKNOWN = Member(None, say("Chưa rõ"), "unknown")
REST = Member(None, say("Còn lại"), "rest")
ALL = Member(None, say("Tổng số"), "all")


@dataclass(frozen=True)
class Column:
    """The values of a column (text, whole numbers or true/false).

    members: their order and labels; then every one is shown, also with nobody in it, and any other value is
    refused. Without members: the values found, sorted.
    """

    column: str
    members: tuple[tuple[Any, Sentence], ...] = ()


@dataclass(frozen=True)
class Bands:
    """Half-open bands of a number or day: below edges[0], [edges[0], edges[1]), ..., from edges[-1].

    edges: rising; labels: one more than edges, or none for "dưới 40", "từ 40 đến dưới 50", "từ 50".
    """

    column: str
    edges: tuple[int | float | date, ...]
    labels: tuple[Sentence, ...] = ()

    def __post_init__(self) -> None:
        if not self.edges or any(a >= b for a, b in pairwise(self.edges)):  # type: ignore[operator]
            raise BadInput("bad_bands", say("Các mốc của nhóm phải tăng dần."), self.column)
        if self.labels and len(self.labels) != len(self.edges) + 1:
            raise BadInput(
                "bad_bands",
                say("Cần {n} tên nhóm cho {m} mốc.", n=len(self.edges) + 1, m=len(self.edges)),
                self.column,
            )

    def members(self) -> tuple[Member, ...]:
        """The bands in order; key: (from, to), None where open."""
        shown = [edge.strftime("%d/%m/%Y") if isinstance(edge, date) else str(edge) for edge in self.edges]
        labels = self.labels or (
            say("dưới {to}", to=shown[0]),
            *(say("từ {start} đến dưới {to}", start=a, to=b) for a, b in pairwise(shown)),
            say("từ {start}", start=shown[-1]),
        )
        limits = (None, *self.edges, None)
        return tuple(Member((a, b), label) for a, b, label in zip(limits, limits[1:], labels, strict=False))


@dataclass(frozen=True)
class Parts:
    """Named conditions that must share out every counted row: each in exactly one part.

    A row in two parts is always refused. Rows in none: refused with their number, or shown as the member
    "còn lại" where show_rest is True. A condition that is unknown for a row does not hold.
    """

    name: str
    parts: tuple[tuple[Sentence, pl.Expr], ...]
    show_rest: bool = False


Dimension = Column | Bands | Parts


@dataclass(frozen=True)
class Encoded:
    """members; codes: for every row of the snapshot the position of its member.

    overlaps: rows that are in two parts, None where that cannot be.
    """

    members: tuple[Member, ...]
    codes: Codes
    overlaps: NDArray[np.bool_] | None = None


def encode(frame: pl.DataFrame, dimensions: Sequence[Dimension]) -> list[Encoded]:
    """The members and codes of every dimension, in one lazy pass over the snapshot.

    Raises BadInput for a missing column, a value outside the listed members, or a number where none is.
    """
    for dimension in dimensions:
        if not isinstance(dimension, Parts) and dimension.column not in frame.columns:
            raise BadInput(
                "unknown_column", say("Không có cột “{name}”.", name=dimension.column), dimension.column
            )
    lazy = frame.lazy()
    found = pl.collect_all([_values_query(lazy, frame, one) for one in dimensions])
    lists = [list(_members(one, values)) for one, values in zip(dimensions, found, strict=True)]
    coded = pl.collect_all(
        [_codes_query(lazy, frame, one, members) for one, members in zip(dimensions, lists, strict=True)]
    )
    return [
        _encoded(one, members, codes) for one, members, codes in zip(dimensions, lists, coded, strict=True)
    ]


def _values_query(lazy: pl.LazyFrame, frame: pl.DataFrame, dimension: Dimension) -> pl.LazyFrame:
    if not isinstance(dimension, Column):
        return lazy.select(pl.lit(0)).head(0)
    kind = frame.schema[dimension.column]
    text = isinstance(kind, pl.Categorical | pl.Enum)
    if not (text or kind in (pl.String, pl.Boolean, pl.Null) or kind.is_integer()):
        raise BadInput(
            "number_as_category",
            say("Cột “{name}” không phải danh mục: chia thành nhóm (bands).", name=dimension.column),
            dimension.column,
        )
    column = pl.col(dimension.column)
    return lazy.select((column.cast(pl.String) if text else column).unique().drop_nulls().sort())


def _members(dimension: Dimension, values: pl.DataFrame) -> tuple[Member, ...]:
    if isinstance(dimension, Bands):
        return dimension.members()
    if isinstance(dimension, Parts):
        return tuple(Member(i, label) for i, (label, _) in enumerate(dimension.parts))
    found = values.to_series().to_list()
    if not dimension.members:
        return tuple(Member(value, say("{value}", value=_shown(value))) for value in found)
    listed = {key for key, _ in dimension.members}
    others = [value for value in found if value not in listed]
    if others:
        raise BadInput(
            "unlisted_value",
            say(
                "Cột “{name}” có giá trị ngoài danh mục: {values}.",
                name=dimension.column,
                values=", ".join(map(str, others[:5])),
            ),
            dimension.column,
        )
    return tuple(Member(key, label) for key, label in dimension.members)


def _shown(value: Any) -> str | Sentence:
    if isinstance(value, bool):
        return say("Có") if value else say("Không")
    return str(value)


def _codes_query(
    lazy: pl.LazyFrame, frame: pl.DataFrame, dimension: Dimension, members: list[Member]
) -> pl.LazyFrame:
    """A column of codes, null where the member is unknown; for parts also how many hold."""
    if isinstance(dimension, Parts):
        holds = [condition.fill_null(False).cast(pl.Int32) for _, condition in dimension.parts]
        first = pl.lit(None, dtype=pl.Int32)
        for i, (_, condition) in reversed(list(enumerate(dimension.parts))):
            first = pl.when(condition.fill_null(False)).then(pl.lit(i, dtype=pl.Int32)).otherwise(first)
        return lazy.select(code=first, held=pl.sum_horizontal(holds))
    column, kind = pl.col(dimension.column), frame.schema[dimension.column]
    if isinstance(dimension, Bands):
        dated = isinstance(dimension.edges[0], date)
        if not (kind == pl.Date if dated else kind.is_numeric()):
            raise BadInput(
                "not_a_number",
                say("Cột “{name}” không cùng loại với các mốc của nhóm.", name=dimension.column),
                dimension.column,
            )
        return lazy.select(
            code=column.to_physical() if dated or kind.is_integer() else column.cast(pl.Float64)
        )
    keys = [member.key for member in members]
    if kind == pl.String or isinstance(kind, pl.Categorical | pl.Enum):
        return lazy.select(
            code=column.cast(pl.String).cast(pl.Enum([str(key) for key in keys])).to_physical()
        )
    return lazy.select(code=column.cast(pl.Int64))


def _encoded(dimension: Dimension, members: list[Member], frame: pl.DataFrame) -> Encoded:
    codes = frame["code"]
    missing = codes.is_null().to_numpy()
    raw = codes.fill_null(0).to_numpy()
    if isinstance(dimension, Parts):
        shared = _with_extra(members, raw, missing, REST)
        return Encoded(shared.members, shared.codes, frame["held"].to_numpy() > 1)
    if isinstance(dimension, Bands):
        edges = [(edge - _EPOCH).days if isinstance(edge, date) else edge for edge in dimension.edges]
        missing = missing | np.isnan(raw) if raw.dtype.kind == "f" else missing
        raw = np.searchsorted(np.array(edges), raw, side="right")
    elif codes.dtype == pl.Int64:
        keys = np.array([int(member.key) for member in members], dtype=np.int64)
        order = np.argsort(keys)
        raw = (
            order[np.minimum(np.searchsorted(keys, raw, sorter=order), max(len(keys) - 1, 0))]
            if len(keys)
            else raw
        )
    return _with_extra(members, raw, missing, UNKNOWN)


def _with_extra(
    members: list[Member], raw: NDArray[Any], missing: NDArray[np.bool_], extra: Member
) -> Encoded:
    """Adds the member for rows without a value where there are any."""
    codes = raw.astype(np.int32)
    if missing.any():
        codes = np.where(missing, np.int32(len(members)), codes)
        return Encoded((*members, extra), codes)
    return Encoded(tuple(members), codes)
