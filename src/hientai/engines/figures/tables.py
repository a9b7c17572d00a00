"""Judges tables: totals of rows and columns, and percentage columns against their bases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, ShareOf, fits, forced_shares
from hientai.engines.figures.draft import Table
from hientai.engines.figures.findings import (
    Base,
    Findings,
    Likely,
    Place,
    Relation,
    ShareFinding,
    Slip,
    SumFinding,
    Unclaimed,
    Verdict,
)
from hientai.engines.figures.grid import Grid, grid_of, is_total_head
from hientai.engines.figures.partitions import complete_among
from hientai.engines.figures.verdicts import share_finding, sum_finding
from hientai.engines.wording import say

_MOST_COLUMNS = 40
_MOST_ROWS = 5_000
_CHILD = re.compile(r"\s*(?:[-+•*]\s|trong đó|tr\.đó|gồm|nữ\s*$|trẻ\s*$|dân tộc)", re.IGNORECASE)
_OF_WHICH_HEAD = re.compile(r"trong đó|tr\.đó", re.IGNORECASE)

Spot = tuple[int, int]


def check_table(table: Table, index: int = -1) -> Findings:
    """The findings of one table; index: its place in the draft."""
    grid = grid_of(table)
    if grid is None or len(grid.head) > _MOST_COLUMNS or len(grid.body) > _MOST_ROWS:
        return Findings()
    used: set[Spot] = set()
    sums = [*_row_totals(grid, index, used), *_column_totals(grid, index, used)]
    shares = list(_share_columns(grid, index, used))
    return Findings(tuple(shares), tuple(_cross(grid, sums)), tuple(_left_over(grid, index, used)))


def _place(grid: Grid, index: int, row: int, column: int) -> Place:
    return Place(grid.table.place(row, column), index, 0, len(grid.table.cells[row][column]), row, column)


@dataclass(frozen=True)
class _Sum:
    """A candidate total: the cell and the cells that should make it."""

    total: Spot
    parts: tuple[Spot, ...]


def _finding(grid: Grid, index: int, candidate: _Sum, used: set[Spot]) -> SumFinding | None:
    values = [grid.value(*spot) for spot in candidate.parts]
    total = grid.value(*candidate.total)
    if (
        total is None
        or any(value is None for value in values)
        or grid.cells[candidate.total[0]][candidate.total[1]].blank
    ):
        return None
    parts = tuple(value for value in values if value is not None)
    ulp = max(grid.cells[row][column].ulp for row, column in (candidate.total, *candidate.parts))
    decimals = any(grid.cells[row][column].ulp < 1 for row, column in (candidate.total, *candidate.parts))
    used.update((candidate.total, *candidate.parts))
    row, column = candidate.total
    return sum_finding(
        label=" · ".join(text for text in (grid.labels[row], grid.head[column]) if text)[:120],
        parts=parts,
        total=total,
        where=_place(grid, index, row, column),
        within_rounding=decimals and abs(sum(parts, Fraction(0)) - total) <= ulp * (len(parts) + 1) / 2,
        part_labels=tuple(grid.table.place(*spot) for spot in candidate.parts),
    )


def _closes(grid: Grid, candidate: _Sum) -> bool | None:
    """Whether the parts make the total; None when a text or blank stands in the way or everything is 0."""
    total = grid.value(*candidate.total)
    values = [grid.value(*spot) for spot in candidate.parts]
    if (
        total is None
        or any(value is None for value in values)
        or grid.cells[candidate.total[0]][candidate.total[1]].blank
    ):
        return None
    if not total and not any(values):
        return None
    summed = sum((value for value in values if value is not None), Fraction(0))
    ulps = [grid.cells[row][column].ulp for row, column in (candidate.total, *candidate.parts)]
    slack = max(ulps) * len(ulps) / 2 if min(ulps) < 1 else Fraction(0)
    return abs(summed - total) <= slack


def _row_totals(grid: Grid, index: int, used: set[Spot]) -> Iterable[SumFinding]:
    """Total rows against the rows they should add up."""
    parents = [*grid.totals, *_section_rows(grid)]
    for total in parents:
        best = _best_rows(grid, total)
        if best is None:
            continue
        for column in grid.counts:
            candidate = _Sum((total, column), tuple((row, column) for row in best))
            if _closes(grid, candidate) is not None and (finding := _finding(grid, index, candidate, used)):
                yield finding


def _section_rows(grid: Grid) -> list[int]:
    """Rows marked I, II ... that carry numbers and have rows marked 1, 2 ... below."""
    found = []
    for position, row in enumerate(grid.body[:-1]):
        if (
            grid.marks[row] == "roman"
            and row not in grid.totals
            and grid.marks[grid.body[position + 1]] not in ("roman", "")
        ):
            found.append(row)
    return found


def _best_rows(grid: Grid, total: int) -> tuple[int, ...] | None:
    """The rows that a total row adds up: the selection for which most columns close, if that is beyond
    doubt."""
    best: tuple[int, int, tuple[int, ...]] | None = None
    for rows in _row_selections(grid, total):
        outcomes = [
            _closes(grid, _Sum((total, column), tuple((row, column) for row in rows)))
            for column in grid.counts
        ]
        closed, failed = outcomes.count(True), outcomes.count(False)
        if best is None or (closed, -failed) > (best[0], -best[1]):
            best = closed, failed, rows
    if best is None or not best[0] + best[1]:
        return None
    closed, failed, rows = best
    if closed and closed >= failed:
        return rows
    plain = all(grid.marks[row] in ("", "arabic") and not _CHILD.match(grid.labels[row]) for row in rows)
    strong = bool(re.match(r"\s*(?:tổng cộng|cộng|tổng|tổng số)\s*:?\s*$", grid.labels[total], re.IGNORECASE))
    alone = closed == 0 and failed == 1 and total == grid.body[-1] and len(grid.totals) == 1
    return rows if alone and plain and strong and len(rows) > 1 and _near(grid, total, rows) else None


def _near(grid: Grid, total: int, rows: Sequence[int]) -> bool:
    """Whether a single column that does not close comes close enough to be meant as a sum."""
    column = next(
        c for c in grid.counts if _closes(grid, _Sum((total, c), tuple((row, c) for row in rows))) is False
    )
    summed = sum((grid.value(row, column) or Fraction(0) for row in rows), Fraction(0))
    printed = grid.value(total, column) or Fraction(0)
    return bool(summed) and Fraction(1, 2) <= printed / summed <= 2


def _row_selections(grid: Grid, total: int) -> Iterable[tuple[int, ...]]:
    position = grid.body.index(total)
    if grid.marks[total] == "roman" and total not in grid.totals:
        below = list(_until(grid, position + 1, lambda row: grid.marks[row] == "roman" or row in grid.totals))
        yield from _thinned(grid, below)
        return
    above: list[int] = []
    for row in reversed(grid.body[:position]):
        if row in grid.totals:
            break
        above.insert(0, row)
    below = list(_until(grid, position + 1, lambda row: row in grid.totals))
    for rows in (above, below):
        yield from _thinned(grid, rows)
    others = [row for row in grid.totals if row < total]
    if len(others) > 1:
        yield tuple(others)


def _until(grid: Grid, start: int, stop: Callable[[int], bool]) -> Iterable[int]:
    for row in grid.body[start:]:
        if stop(row):
            return
        yield row


def _thinned(grid: Grid, rows: list[int]) -> Iterable[tuple[int, ...]]:
    """The rows, then only the sections, only the numbered ones, and without those that say "trong đó"."""
    selections = [rows]
    for kind in ("roman", "arabic", "letter"):
        selections.append([row for row in rows if grid.marks[row] == kind])
    selections.append([row for row in rows if not _CHILD.match(grid.labels[row])])
    seen: set[tuple[int, ...]] = set()
    for selection in selections:
        if len(selection) > 1 and tuple(selection) not in seen:
            seen.add(tuple(selection))
            yield tuple(selection)


def _column_totals(grid: Grid, index: int, used: set[Spot]) -> Iterable[SumFinding]:
    """Columns that are the sum of their neighbours in most rows."""
    for column in grid.counts:
        headed = is_total_head(grid.head[column])
        best: tuple[int, int, tuple[int, ...]] | None = None
        for parts in _column_selections(grid, column):
            outcomes = [
                _closes(grid, _Sum((row, column), tuple((row, part) for part in parts))) for row in grid.body
            ]
            closed, failed = outcomes.count(True), outcomes.count(False)
            if best is None or (closed, -failed, len(parts)) > (best[0], -best[1], len(best[2])):
                best = closed, failed, parts
        if best and _sure_columns(grid, best, headed):
            for row in grid.body:
                candidate = _Sum((row, column), tuple((row, part) for part in best[2]))
                if _closes(grid, candidate) is not None and (
                    finding := _finding(grid, index, candidate, used)
                ):
                    yield finding


def _sure_columns(grid: Grid, best: tuple[int, int, tuple[int, ...]], headed: bool) -> bool:
    closed, failed, parts = best
    complete = len(complete_among([grid.head[part] for part in parts])) == len(parts)
    if headed:
        return (closed >= 2 and closed >= 2 * failed) or (complete and failed <= closed + 1)
    if complete:
        return closed >= 1 and closed >= failed
    return closed >= 4 and closed >= 4 * failed and len(parts) >= 2


def _column_selections(grid: Grid, column: int) -> Iterable[tuple[int, ...]]:
    right = [other for other in grid.counts if other > column]
    left = [other for other in grid.counts if other < column]
    for length in range(2, len(right) + 1):
        yield tuple(right[:length])
    for length in range(2, len(left) + 1):
        yield tuple(left[-length:])


def _cross(grid: Grid, sums: Sequence[SumFinding]) -> list[SumFinding]:
    """Where one total of a row and one of a column miss by the same amount, their common cell is the likely
    fault."""
    wrong = [finding for finding in sums if finding.verdict is Verdict.WRONG]
    found: list[SumFinding] = []
    for finding in sums:
        common = ""
        if finding.verdict is Verdict.WRONG:
            partners = [other for other in wrong if other is not finding and other.rest == finding.rest]
            shared = [set(finding.part_labels) & set(other.part_labels) for other in partners]
            common = next((min(cells) for cells in shared if len(cells) == 1), "")
        if common:
            likely = Likely(
                Slip.ONE_DIGIT,
                say("ô {cell} có thể sai: cả tổng hàng và tổng cột đều lệch như nhau", cell=common),
            )
            finding = replace(finding, likely=likely)
        found.append(finding)
    return found


@dataclass(frozen=True)
class _Ratio:
    """How a share column is computed: a name for choosing, and num and den of a row."""

    of: Callable[[int], tuple[Fraction, Fraction] | None]
    relation: Relation = Relation.SHARE
    by_total: bool = False


def _share_columns(grid: Grid, index: int, used: set[Spot]) -> Iterable[ShareFinding]:
    combined = [c for c in grid.counts if any(grid.cells[row][c].share is not None for row in grid.body)]
    for column in (*grid.shares, *combined):
        rows = [row for row in grid.body if _printed(grid, row, column) is not None]
        ratio = _best_ratio(grid, column, rows)
        if ratio is None:
            continue
        found: list[tuple[int, Printed, Fraction, Fraction]] = []
        for row in rows:
            printed, pair = _printed(grid, row, column), ratio.of(row)
            if printed is not None and pair is not None and pair[1]:
                found.append((row, printed, *pair))
        forced = forced_shares(
            [ShareOf(printed, num, den) for row, printed, num, den in found if row not in grid.totals]
        )
        plain = [entry[0] for entry in found if entry[0] not in grid.totals]
        forced_rows = {plain[position] for position in forced}
        for row, printed, num, den in found:
            used.add((row, column))
            yield _share(grid, index, (row, column), printed, (num, den), row in forced_rows, ratio.relation)


def _share(
    grid: Grid,
    index: int,
    spot: Spot,
    printed: Printed,
    pair: tuple[Fraction, Fraction],
    forced: bool,
    relation: Relation,
) -> ShareFinding:
    row, column = spot
    near = tuple(
        Base(cell.value, grid.head[other], grid.table.place(row, other))
        for other, cell in enumerate(grid.cells[row])
        if cell.value and cell.value > 0 and other != column
    )
    text = grid.cells[row][column].text.strip()
    return share_finding(
        label=" · ".join(part for part in (grid.labels[row], grid.head[column]) if part)[:120],
        shown=text,
        printed=printed,
        num=pair[0],
        den=pair[1],
        where=_place(grid, index, row, column),
        near=near,
        forced=forced,
        relation=relation,
    )


def _printed(grid: Grid, row: int, column: int) -> Printed | None:
    cell = grid.cells[row][column]
    if cell.share is not None:
        return Printed(cell.share, cell.share_ulp)
    if column in grid.shares and cell.value is not None:
        return Printed(cell.value, cell.ulp)
    return None


def _best_ratio(grid: Grid, column: int, rows: Sequence[int]) -> _Ratio | None:
    """The way of computing the column that holds in most rows; None when none is beyond doubt."""
    best: tuple[int, int, int] | None = None
    chosen: _Ratio | None = None
    for order, ratio in enumerate(_ratios(grid, column)):
        told = fit = 0
        for row in rows:
            printed, pair = _printed(grid, row, column), ratio.of(row)
            if printed is None or pair is None or not pair[1] or (ratio.by_total and row in grid.totals):
                continue
            told += 1
            fit += (printed.value >= 0 or ratio.relation is Relation.CHANGE) and fits(printed, *pair)
        score = fit, -told, -order
        if told and (best is None or score > best):
            best, chosen = score, ratio
    if best is None or chosen is None:
        return None
    fit, told = best[0], -best[1]
    return chosen if (fit >= 2 and 3 * fit >= 2 * told) or (fit >= 1 and told <= 2) else None


def _ratios(grid: Grid, column: int) -> Iterable[_Ratio]:
    nums = [c for c in grid.counts if c <= column][::-1] + [c for c in grid.counts if c > column]
    if any(
        grid.cells[row][column].value is not None and grid.cells[row][column].share is not None
        for row in grid.body
    ):
        nums = [column]
    for num in nums[:6]:
        yield _Ratio(lambda row, n=num: _own(grid, row, n))  # type: ignore[misc]
        for total in grid.totals:
            yield _Ratio(lambda row, n=num, t=total: _pair(grid, (row, n), (t, n)), by_total=True)  # type: ignore[misc]
        for den in grid.counts:
            if den != num:
                yield _Ratio(lambda row, n=num, d=den: _pair(grid, (row, n), (row, d)))  # type: ignore[misc]
    if re.search(r"tăng|giảm|so với|so sánh|chênh lệch", grid.head[column], re.IGNORECASE):
        for old in grid.counts:
            for new in grid.counts:
                if old != new:
                    yield _Ratio(lambda row, o=old, n=new: _moved(grid, row, o, n), Relation.CHANGE)  # type: ignore[misc]


def _own(grid: Grid, row: int, column: int) -> tuple[Fraction, Fraction] | None:
    cell = grid.cells[row][column]
    return (cell.value, cell.den) if cell.value is not None and cell.den else None


def _pair(grid: Grid, num: Spot, den: Spot) -> tuple[Fraction, Fraction] | None:
    top, base = grid.value(*num), grid.value(*den)
    if top is None or not base or grid.cells[num[0]][num[1]].blank:
        return None
    return top, base


def _moved(grid: Grid, row: int, old: int, new: int) -> tuple[Fraction, Fraction] | None:
    before, after = grid.value(row, old), grid.value(row, new)
    if not before or after is None:
        return None
    return after - before, before


def _left_over(grid: Grid, index: int, used: set[Spot]) -> Iterable[Unclaimed]:
    for row in grid.body:
        for column in (*grid.counts, *grid.shares):
            cell = grid.cells[row][column]
            value = cell.value if cell.value is not None else cell.share
            if value is not None and (row, column) not in used:
                yield Unclaimed(cell.text.strip(), value, "", _place(grid, index, row, column))
