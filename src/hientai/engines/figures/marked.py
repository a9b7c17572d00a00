"""A draft with its findings marked: pieces for any page, and plain HTML that is safe against hostile
input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from hientai.engines.figures.answer import VERDICT_WORDS
from hientai.engines.figures.draft import Draft, Paragraph, Table
from hientai.engines.figures.findings import Findings, Place, ShareFinding, SumFinding, Verdict

Finding = ShareFinding | SumFinding
Translate = Callable[[str], str]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; findings: numbers of the findings that stand on it (1 is the first of
    `numbered`)."""

    text: str
    findings: tuple[int, ...] = ()


def numbered(findings: Findings) -> tuple[Finding, ...]:
    """Shares and sums in reading order; a finding is known by its position, from 1."""
    found: list[Finding] = [*findings.shares, *findings.sums]
    return tuple(sorted(found, key=lambda finding: _order(finding.where)))


def _order(place: Place) -> tuple[int, int, int, int]:
    return place.passage, place.row, place.column, place.start


def pieces_of_text(text: str, spots: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """Cuts `text` at the spots (start, end, number of the finding); overlapping spots share one piece."""
    pieces: list[Piece] = []
    at = 0
    for start, end, numbers in _merged(spots, len(text)):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], numbers))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def _merged(spots: Sequence[tuple[int, int, int]], length: int) -> list[tuple[int, int, tuple[int, ...]]]:
    merged: list[tuple[int, int, tuple[int, ...]]] = []
    for start, end, number in sorted(spots):
        start, end = max(0, start), min(end, length)
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            before = merged[-1]
            merged[-1] = before[0], max(before[1], end), (*before[2], number)
        else:
            merged.append((start, end, (number,)))
    return merged


def marked_html(draft: Draft, findings: Findings, translate: Translate = str) -> str:
    """The draft as HTML: each finding a `<mark>` that links to its arithmetic in words, which links back.

    Everything from the draft is escaped; there are no scripts, styles or handlers. Marks carry the class
    `figure-<verdict>` and the id `figure-<number>`; the words have the id `figure-<number>-why`.
    """
    all_of_them = numbered(findings)
    spots: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for number, finding in enumerate(all_of_them, start=1):
        place = finding.where
        spots.setdefault((place.passage, place.row, place.column), []).append(
            (place.start, place.end, number)
        )
    lines = ['<div class="figures-draft">']
    for index, block in enumerate(draft.blocks):
        if isinstance(block, Paragraph):
            pieces = pieces_of_text(block.text, spots.get((index, -1, -1), []))
            lines.append(f'<p title="{escape(block.name)}">{_html(pieces, all_of_them, translate)}</p>')
        else:
            lines.extend(_table(block, index, spots, all_of_them, translate))
    lines.append('</div>\n<ol class="figures-why">')
    lines.extend(_why(number, finding, translate) for number, finding in enumerate(all_of_them, start=1))
    lines.append("</ol>")
    return "\n".join(lines)


def _html(pieces: Iterable[Piece], findings: Sequence[Finding], translate: Translate) -> str:
    return "".join(_piece(piece, findings, translate) for piece in pieces)


def _piece(piece: Piece, findings: Sequence[Finding], translate: Translate) -> str:
    text = escape(piece.text)
    if not piece.findings:
        return text
    first, *others = piece.findings
    worst = min((findings[number - 1].verdict for number in piece.findings), key=_SEVERITY.index)
    anchors = "".join(f'<span id="figure-{number}"></span>' for number in others)
    links = "".join(f'<a href="#figure-{number}-why">{number}</a>' for number in others)
    also = f"<sup>{links}</sup>" if links else ""
    said = escape(translate(VERDICT_WORDS[Verdict(worst)]))
    link = f'<a href="#figure-{first}-why" title="{said}">{text}</a>{also}'
    return f'<mark id="figure-{first}" class="figure-{worst}">{link}</mark>{anchors}'


_SEVERITY = ["wrong", "unit_mixed", "forced", "truncated", "base_missing", "rounded", "exact"]


def _table(
    table: Table,
    index: int,
    spots: dict[tuple[int, int, int], list[tuple[int, int, int]]],
    findings: Sequence[Finding],
    translate: Translate,
) -> Iterable[str]:
    yield f'<table title="{escape(table.name)}">'
    for row, texts in enumerate(table.cells):
        cells = (
            _html(pieces_of_text(text, spots.get((index, row, column), [])), findings, translate)
            for column, text in enumerate(texts)
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _why(number: int, finding: Finding, translate: Translate) -> str:
    place = f'<a href="#figure-{number}">{escape(finding.where.name)}</a>'
    words = escape(in_words(finding, translate))
    verdict = f"<b>{escape(translate(VERDICT_WORDS[finding.verdict]))}</b>"
    return f'<li id="figure-{number}-why" class="figure-{finding.verdict}">{place} · {verdict}: {words}</li>'


def in_words(finding: Finding, translate: Translate = str) -> str:
    """The arithmetic and, for a fault, its likely cause."""
    words = finding.explanation.render(translate)
    return f"{words}; {finding.likely.sentence.render(translate)}" if finding.likely else words


_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.5 sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem }}
td {{ border: 1px solid #888; padding: .2rem .5rem }} table {{ border-collapse: collapse }}
mark {{ background: #eef }} mark a {{ color: inherit; text-decoration: none }}
.figure-wrong, .figure-unit_mixed {{ background: #fbb }}
.figure-truncated, .figure-forced {{ background: #fe9 }}
.figure-base_missing {{ background: #ddd }} li:target, mark:target {{ outline: 2px solid #06c }}
</style></head><body>
<h1>{title}</h1>
{body}
</body></html>
"""


def marked_page(draft: Draft, findings: Findings, translate: Translate = str) -> str:
    """`marked_html` as a page of its own, to be opened from a folder."""
    return _PAGE.format(title=escape(draft.name), body=marked_html(draft, findings, translate))
