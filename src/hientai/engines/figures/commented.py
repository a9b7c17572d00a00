"""Writes a Word copy of a draft with the findings as comments at the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from hientai.engines.figures.draft import Draft, Paragraph, Table, clean
from hientai.engines.figures.findings import Findings, Verdict
from hientai.engines.figures.marked import Finding, in_words, numbered, pieces_of_text
from hientai.engines.figures.reading.word import open_word

Translate = Callable[[str], str]
_SILENT = frozenset({Verdict.EXACT, Verdict.ROUNDED})
_AUTHOR = "Hiền Tài"


def write_commented(
    draft: Draft, findings: Findings, target: Path, source: Path | None = None, translate: Translate = str
) -> int:
    """Writes the copy to `target` and returns how many comments it has.

    source: the docx that the draft was read from, whose looks are kept; without it (text, pdf, sheets) a new
    document is written. Figures that hold exactly or rounded get no comment. Raises BadInput when the source
    cannot be read.
    """
    told = [finding for finding in numbered(findings) if finding.verdict not in _SILENT]
    if source is not None and source.suffix.lower() == ".docx":
        document = open_word(source)
        comments = _comment_copy(document, draft, told, translate)
    else:
        document = Document()
        comments = _comment_new(document, draft, told, translate)
    document.core_properties.last_modified_by = _AUTHOR
    document.save(str(target))
    return comments


def _comment_copy(document: Any, draft: Draft, told: Sequence[Finding], translate: Translate) -> int:
    blocks = list(document.iter_inner_content())
    paragraphs = [block for block in blocks if isinstance(block, WordParagraph)]
    tables = [block for block in blocks if isinstance(block, WordTable)]
    count = 0
    for finding in told:
        place, block = finding.where, draft.blocks[finding.where.passage]
        if isinstance(block, Paragraph):
            runs = runs_at(paragraphs[block.source], block.offset + place.start, block.offset + place.end)
        else:
            runs = _cell_runs(tables[block.source], place.row, place.column)
        if runs:
            _comment(document, runs, finding, translate)
            count += 1
    return count


def _comment(document: Any, runs: Sequence[Run], finding: Finding, translate: Translate) -> None:
    comment = document.add_comment(
        runs=list(runs), text=in_words(finding, translate), author=_AUTHOR, initials="HT"
    )
    # python-docx stamps the comment with the clock; the same draft must give the same copy.
    comment._comment_elm.date = None


def runs_at(paragraph: WordParagraph, start: int, end: int) -> list[Run]:
    """The runs that hold exactly the characters [start, end) of the cleaned text; plain runs are cut to
    fit."""
    found: list[Run] = []
    at = 0
    for run in list(_runs(paragraph)):
        length = len(clean(run.text))
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            found.append(_cut(run, first, last) if (first, last) != (0, length) else run)
        at += length
    return found


def _runs(paragraph: WordParagraph) -> Iterable[Run]:
    for item in paragraph.iter_inner_content():
        if isinstance(item, Run):
            yield item
        else:
            yield from item.runs


def _cut(run: Run, first: int, last: int) -> Run:
    """The run cut in up to three, the middle one returned; runs with pictures, breaks or fields stay
    whole."""
    plain = all(child.tag.endswith(("}t", "}rPr")) for child in run._r)
    text = clean(run.text)
    if not plain or len(text) != len(run.text):
        return run
    original = run.text
    for part, before in ((original[:first], True), (original[last:], False)):
        if part:
            twin = deepcopy(run._r)
            (run._r.addprevious if before else run._r.addnext)(twin)
            Run(twin, run._parent).text = part
    run.text = original[first:last]
    return run


def _cell_runs(table: WordTable, row: int, column: int) -> list[Run]:
    element = table.rows[row]._tr
    at = int(table.rows[row].grid_cols_before)
    for cell in element.tc_lst:
        if at <= column < at + int(cell.grid_span):
            return [run for paragraph in _Cell(cell, table).paragraphs for run in _runs(paragraph)]
        at += int(cell.grid_span)
    return []


def _comment_new(document: Any, draft: Draft, told: Sequence[Finding], translate: Translate) -> int:
    spots: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for number, finding in enumerate(told):
        place = finding.where
        spots.setdefault((place.passage, place.row, place.column), []).append(
            (place.start, place.end, number)
        )
    for index, block in enumerate(draft.blocks):
        if isinstance(block, Paragraph):
            _write(
                document,
                document.add_paragraph(),
                block.text,
                spots.get((index, -1, -1), []),
                told,
                translate,
            )
        else:
            _write_table(document, block, index, spots, told, translate)
    return len(told)


def _write(
    document: Any,
    paragraph: Any,
    text: str,
    spots: Sequence[tuple[int, int, int]],
    told: Sequence[Finding],
    translate: Translate,
) -> None:
    for piece in pieces_of_text(text, spots):
        run = paragraph.add_run(piece.text)
        for number in piece.findings:
            _comment(document, [run], told[number], translate)


def _write_table(
    document: Any,
    table: Table,
    index: int,
    spots: dict[tuple[int, int, int], list[tuple[int, int, int]]],
    told: Sequence[Finding],
    translate: Translate,
) -> None:
    if not table.cells or not table.cells[0]:
        return
    drawn = document.add_table(rows=0, cols=len(table.cells[0]))
    drawn.style = "Table Grid"
    for row, texts in enumerate(table.cells):
        for column, (cell, text) in enumerate(zip(drawn.add_row().cells, texts, strict=True)):
            _write(document, cell.paragraphs[0], text, spots.get((index, row, column), []), told, translate)
