"""The way into the checker: a file or a draft in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.figures.changes import judged_changes
from hientai.engines.figures.draft import Draft, Paragraph, Table
from hientai.engines.figures.entries import check_entries
from hientai.engines.figures.findings import Findings, Place, ShareFinding, SumFinding, Unclaimed
from hientai.engines.figures.grammar import Reading
from hientai.engines.figures.groups import groups_in, line_groups
from hientai.engines.figures.implied import implied_groups
from hientai.engines.figures.numbers import FIGURES
from hientai.engines.figures.shares import judged_shares
from hientai.engines.figures.sums import judged_sums
from hientai.engines.figures.tables import check_table
from hientai.engines.wording import say


def check_file(path: Path) -> Findings:
    """The findings of a draft by its ending: txt, docx, xlsx, pdf (text) or json (figures as data).

    Raises BadInput when the file cannot be read, has another ending, or is broken, encrypted or too large.
    """
    from hientai.engines.figures.reading.json_file import read_json

    if path.suffix.lower() == ".json":
        return check_entries(read_json(path))
    return check_draft(read_draft(path))


def read_draft(path: Path) -> Draft:
    """The paragraphs and tables of a txt, docx, xlsx or pdf file. Raises BadInput as `check_file`."""
    ending = path.suffix.lower().lstrip(".")
    if ending in ("txt", "text", "md"):
        from hientai.engines.figures.reading.plain import read_text

        return Draft(read_text(path), path.name)
    if ending == "docx":
        from hientai.engines.figures.reading.word import read_word

        return Draft(read_word(path), path.name)
    if ending in ("xlsx", "xlsm"):
        from hientai.engines.figures.reading.sheets import read_sheets

        return Draft(read_sheets(path), path.name)
    if ending == "pdf":
        from hientai.engines.figures.reading.pdf import read_pdf

        return Draft(read_pdf(path), path.name)
    raise BadInput(
        "wrong_kind",
        say("Không đọc được tệp .{ending}; dùng txt, docx, xlsx, pdf hoặc json", ending=ending),
        path.name,
    )


def check_draft(draft: Draft) -> Findings:
    """The findings of a draft's paragraphs and tables, in reading order."""
    runs: list[list[Reading]] = [[]]
    tables: list[tuple[int, Table]] = []
    for index, block in enumerate(draft.blocks):
        if isinstance(block, Paragraph):
            runs[-1].append(Reading(block.text, index, block.name))
        else:
            tables.append((index, block))
            runs.append([])
    shares: list[ShareFinding] = []
    sums: list[SumFinding] = []
    unclaimed: list[Unclaimed] = []
    for readings in runs:
        _check_run(readings, shares, sums, unclaimed)
    for index, table in tables:
        found = check_table(table, index)
        shares.extend(found.shares)
        sums.extend(found.sums)
        unclaimed.extend(found.unclaimed)
    return Findings(
        tuple(sorted(shares, key=_position)),
        tuple(sorted(sums, key=_position)),
        tuple(sorted(unclaimed, key=_position)),
    )


def _position(finding: ShareFinding | SumFinding | Unclaimed) -> tuple[int, int, int]:
    place = finding.where
    return place.passage, place.row, place.start + 100_000 * max(0, place.column)


def _check_run(
    readings: list[Reading], shares: list[ShareFinding], sums: list[SumFinding], unclaimed: list[Unclaimed]
) -> None:
    """Judges a run of paragraphs between two tables."""
    used: set[int] = set()
    changed: set[int] = set()
    for reading in readings:
        for judged in judged_changes(reading):
            changed.update(judged.used)
            if isinstance(judged.finding, ShareFinding):
                shares.append(judged.finding)
            else:
                sums.append(judged.finding)
    groups = [group for reading in readings for group in groups_in(reading)] + line_groups(readings)
    groups += implied_groups(readings, groups)
    for finding, group in judged_sums(groups):
        sums.append(finding)
        used.update(id(part.number) for part in group.parts)
        used.add(id(group.whole.number))
    for share, numbers in judged_shares(readings, groups, frozenset(changed)):
        shares.append(share)
        used.update(numbers)
    unclaimed.extend(_left_over(readings, used | changed))


def _left_over(readings: Iterable[Reading], used: set[int]) -> Iterable[Unclaimed]:
    for reading in readings:
        for number in reading.numbers:
            if number.kind in FIGURES and id(number) not in used:
                place = Place(reading.name, reading.index, number.start, number.end)
                unit = number.unit.word if number.unit else ""
                yield Unclaimed(reading.text[number.start : number.unit_end], number.value, unit, place)
