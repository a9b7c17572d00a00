"""Cross-tables over a snapshot: distinct persons or turns, with totals, and the list behind every number.

Dimensions become small whole numbers once (Polars, lazily, together); each table is then one pass of
counting. Where a person has one row only, persons are rows. Otherwise persons are counted anew for every
cell, row total, column total and grand total: distinct persons cannot be added up from cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hientai.engines.cube.dimensions import ALL, Dimension, Encoded, Member, Parts, encode
from hientai.engines.cube.people import RowsOfPeople, smallest
from hientai.engines.cube.values import Counted, Persons, Ratio, Turns, share
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class CrossTable:
    """What to count, Persons or Turns, by rows and / or columns, where a condition holds (unknown: no)."""

    name: str
    counts: type[Persons] | type[Turns]
    rows: Dimension | None = None
    columns: Dimension | None = None
    where: pl.Expr | None = None


@dataclass(frozen=True)
class Cell:
    """One number of a table, with the list of people and of snapshot rows behind it."""

    row: Member
    column: Member
    value: Counted
    _open: Callable[[], tuple[tuple[Any, ...], tuple[int, ...]]] = field(repr=False, compare=False)

    @property
    def count(self) -> int:
        """The bare number."""
        return self.value.count

    @property
    def people(self) -> tuple[Any, ...]:
        """The ids of the different people behind the number, in the order of the snapshot."""
        return self._open()[0]

    @property
    def entries(self) -> tuple[int, ...]:
        """The positions in the snapshot of the rows behind the number: the list of turns."""
        return self._open()[1]


@dataclass(frozen=True)
class Table:
    """cells[i][j]: row i, column j; a missing dimension has the one member "Tổng số"."""

    name: str
    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell

    def cell(self, row: Any = None, column: Any = None) -> Cell:
        """The cell at these keys; None along a missing dimension, or for the member without a value."""
        i = _position(self.rows, row, self.name)
        return self.cells[i][_position(self.columns, column, self.name)]

    def row_total(self, row: Any) -> Cell:
        """The total of the row with that key."""
        return self.row_totals[_position(self.rows, row, self.name)]

    def share(self, cell: Cell, of: str, base: Sentence) -> Ratio:
        """The cell as a part of its "row", its "column" or "all", with the name of that base."""
        i, j = self.rows.index(cell.row), self.columns.index(cell.column)
        whole = {"row": self.row_totals[i], "column": self.column_totals[j], "all": self.total}[of]
        return share(cell.value, whole.value, base)

    def check_adds_up(self) -> None:
        """Raises BadInput with the difference when somebody is in two cells."""
        inside = sum(cell.count for row in self.cells for cell in row)
        if inside != self.total.count:
            raise BadInput(
                "persons_in_two_cells",
                say(
                    "Các ô cộng lại {inside}, tổng số là {total}: {n} người được đếm ở nhiều ô.",
                    inside=inside,
                    total=str(self.total.value),
                    n=inside - self.total.count,
                ),
                self.name,
            )


def count(frame: pl.DataFrame, tables: Sequence[CrossTable], person: str) -> tuple[Table, ...]:
    """All tables over one snapshot.

    frame: one row per person or per turn; person: the column of person ids (text or whole numbers, no nulls).
    Raises BadInput for unknown columns, values outside listed members, overlapping or incomplete parts.
    """
    if person not in frame.columns or frame[person].null_count():
        raise BadInput("no_person", say("Cột mã người “{name}” thiếu hoặc có ô trống.", name=person), person)
    dimensions = list(
        {id(one): one for table in tables for one in (table.rows, table.columns) if one}.values()
    )
    encoded = {id(one): codes for one, codes in zip(dimensions, encode(frame, dimensions), strict=True)}
    conditions = [table for table in tables if table.where is not None]
    masks = pl.collect_all([frame.lazy().select(_condition(table)) for table in conditions])
    of_table = {id(table): mask.to_series().to_numpy() for table, mask in zip(conditions, masks, strict=True)}
    source = _Source(frame[person])
    nothing = Encoded((ALL,), np.zeros(len(frame), dtype=np.int32))
    return tuple(_table(source, table, encoded, nothing, of_table.get(id(table))) for table in tables)


def _condition(table: CrossTable) -> pl.Expr:
    assert table.where is not None
    return table.where.fill_null(False).alias("holds")


class _Source:
    """The person column, and distinct people per code where people have several rows.

    Rows are put into the order of people once for all tables under one condition. A margin (people per member of one
    dimension) is the same for every such table: kept.
    """

    def __init__(self, ids: pl.Series) -> None:
        self.ids = ids
        self.one_row_each = bool(ids.n_unique() == len(ids))
        self._order: tuple[Counts, NDArray[np.bool_]] | None = None
        self._rows: dict[int, RowsOfPeople] = {}
        self._codes: dict[tuple[int, int], NDArray[Any]] = {}
        self._margins: dict[tuple[int, int], Counts] = {}

    def cells(self, rows: Encoded, columns: Encoded, mask: NDArray[np.bool_] | None) -> Counts:
        """Different people per pair of members."""
        shape = len(rows.members), len(columns.members)
        code = self._ordered(rows, mask).astype(smallest(shape[0] * shape[1]))
        code *= code.dtype.type(shape[1])
        code += self._ordered(columns, mask)
        return self._rows_under(mask).distinct(code, shape[0] * shape[1]).reshape(shape)

    def margin(self, dimension: Encoded, mask: NDArray[np.bool_] | None) -> Counts:
        """Different people per member of one dimension."""
        key = (id(dimension), id(mask))
        if key not in self._margins:
            codes = self._ordered(dimension, mask)
            self._margins[key] = self._rows_under(mask).distinct(codes, len(dimension.members))
        return self._margins[key]

    def _ordered(self, dimension: Encoded, mask: NDArray[np.bool_] | None) -> NDArray[Any]:
        """The codes of a dimension in the order of people, in as few bytes as they need."""
        key = (id(dimension), id(mask))
        if key not in self._codes:
            codes = dimension.codes.astype(smallest(len(dimension.members)))
            self._codes[key] = codes[self._rows_under(mask).places]
        return self._codes[key]

    def _rows_under(self, mask: NDArray[np.bool_] | None) -> RowsOfPeople:
        if self._order is None:
            places = self.ids.arg_sort()
            ordered = self.ids.gather(places)
            first = (ordered != ordered.shift()).fill_null(True).to_numpy()
            self._order = places.to_numpy().astype(np.int64), first
        if id(mask) not in self._rows:
            self._rows[id(mask)] = RowsOfPeople(*self._order, mask)
        return self._rows[id(mask)]


def _table(
    source: _Source,
    table: CrossTable,
    encoded: dict[int, Encoded],
    nothing: Encoded,
    mask: NDArray[np.bool_] | None,
) -> Table:
    rows = encoded[id(table.rows)] if table.rows is not None else nothing
    columns = encoded[id(table.columns)] if table.columns is not None else nothing
    _check_parts(table.rows, rows, mask)
    _check_parts(table.columns, columns, mask)
    shape = len(rows.members), len(columns.members)
    if table.counts is Turns or source.one_row_each:
        code = rows.codes * np.int32(shape[1]) + columns.codes
        cells = np.bincount(code if mask is None else code[mask], minlength=shape[0] * shape[1]).reshape(
            shape
        )
        by_row, by_column, total = cells.sum(axis=1), cells.sum(axis=0), int(cells.sum())
    else:
        cells = source.cells(rows, columns, mask)
        by_row, by_column = source.margin(rows, mask), source.margin(columns, mask)
        total = int(source.margin(nothing, mask)[0])
    h, w = _shown(table.rows, rows), _shown(table.columns, columns)
    numbers = (cells[:h, :w], by_row[:h], by_column[:w], total)
    return _built(source.ids, table, rows, columns, mask, numbers)


def _check_parts(dimension: Dimension | None, encoded: Encoded, mask: NDArray[np.bool_] | None) -> None:
    """Raises BadInput unless every counted row is in exactly one part (in none: where the rest is shown)."""
    if not isinstance(dimension, Parts) or encoded.overlaps is None:
        return
    twice = int((encoded.overlaps if mask is None else encoded.overlaps & mask).sum())
    if twice:
        raise BadInput(
            "parts_overlap",
            say("“{name}”: {n} dòng thuộc từ hai phần trở lên.", name=dimension.name, n=twice),
            dimension.name,
        )
    if dimension.show_rest or encoded.members[-1].kind != "rest":
        return
    left = encoded.codes == len(encoded.members) - 1
    rest = int((left if mask is None else left & mask).sum())
    if rest:
        raise BadInput(
            "parts_do_not_add_up",
            say("“{name}”: {rest} dòng không thuộc phần nào.", name=dimension.name, rest=rest),
            dimension.name,
        )


def _shown(dimension: Dimension | None, encoded: Encoded) -> int:
    """How many members are shown: an empty rest that must not be there is not."""
    hidden = isinstance(dimension, Parts) and not dimension.show_rest and encoded.members[-1].kind == "rest"
    return len(encoded.members) - hidden


def _built(
    ids: pl.Series,
    table: CrossTable,
    rows: Encoded,
    columns: Encoded,
    mask: NDArray[np.bool_] | None,
    numbers: tuple[Counts, Counts, Counts, int],
) -> Table:
    cells, by_row, by_column, total = numbers

    def opener(i: int | None, j: int | None) -> Callable[[], tuple[tuple[Any, ...], tuple[int, ...]]]:
        def opened() -> tuple[tuple[Any, ...], tuple[int, ...]]:
            inside = np.ones(len(ids), dtype=bool) if mask is None else mask.copy()
            inside &= True if i is None else rows.codes == i
            inside &= True if j is None else columns.codes == j
            at = np.flatnonzero(inside)
            return tuple(ids.gather(at).unique(maintain_order=True).to_list()), tuple(at.tolist())

        return opened

    def cell(row: Member, column: Member, number: int, i: int | None, j: int | None) -> Cell:
        return Cell(row, column, table.counts(int(number)), opener(i, j))

    shown_rows, shown_columns = rows.members[: len(by_row)], columns.members[: len(by_column)]
    return Table(
        name=table.name,
        rows=shown_rows,
        columns=shown_columns,
        cells=tuple(
            tuple(cell(row, column, cells[i, j], i, j) for j, column in enumerate(shown_columns))
            for i, row in enumerate(shown_rows)
        ),
        row_totals=tuple(cell(row, ALL, by_row[i], i, None) for i, row in enumerate(shown_rows)),
        column_totals=tuple(cell(ALL, one, by_column[j], None, j) for j, one in enumerate(shown_columns)),
        total=cell(ALL, ALL, total, None, None),
    )


def _position(members: Sequence[Member], key: Any, table: str) -> int:
    for i, member in enumerate(members):
        if member.key == key and type(member.key) is type(key):
            return i
    raise BadInput(
        "unknown_member", say("Bảng “{table}” không có mục {key}.", table=table, key=repr(key)), table
    )
