"""The marked page and the commented Word copy: right places, and nothing from the draft is trusted."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from hientai.engines.figures.check import check_draft, check_file, read_draft
from hientai.engines.figures.commented import runs_at, write_commented
from hientai.engines.figures.draft import Draft, Table
from hientai.engines.figures.marked import marked_html, marked_page, numbered, pieces_of_text
from hientai.engines.figures.reading.plain import draft_of

WRONG = "Tái cử 47/81 đồng chí (66,20%), lần đầu 34/81 đồng chí (41,98%)."


def html_of(text: str) -> str:
    draft = draft_of(text)
    return marked_html(draft, check_draft(draft))


class Outline(HTMLParser):
    """Tags, ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [(value or "")[1:] for name, value in attrs if name == "href"]


def outline(html: str) -> Outline:
    reader = Outline()
    reader.feed(html)
    return reader


def test_every_mark_links_to_its_arithmetic_and_back():
    reader = outline(html_of(WRONG))
    assert reader.tags.count("mark") == 2
    assert sorted(reader.ids) == ["figure-1", "figure-1-why", "figure-2", "figure-2-why"]
    assert set(reader.links) == set(reader.ids)


def test_marks_say_their_verdict_and_words():
    html = html_of(WRONG)
    assert (
        '<mark id="figure-1" class="figure-wrong"><a href="#figure-1-why" title="SAI">66,20%</a></mark>'
        in html
    )
    assert "47 / 81 = 58,0247%, nhưng in 66,20%" in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{0.__class__}",
        "&lt;b&gt;",
        "</p></mark>",
    ],
)
def test_hostile_text_is_escaped(hostile: str):
    draft = draft_of(f"{hostile} tái cử 47/81 đồng chí {hostile} (66,20%).", hostile)
    page = marked_page(draft, check_draft(draft))
    reader = outline(page)
    assert "script" not in reader.tags and "img" not in reader.tags
    assert not re.search(r"<[^>]*onerror", page)


def test_hostile_table_cells_are_escaped():
    cells = (("Đơn vị", "Tổng", "Nam", "Nữ"), ("<b>A</b>", "3", "1", "2"), ("B", "5", "2", "4"))
    draft = Draft((Table(cells, '"><script>'),), "x")
    html = marked_html(draft, check_draft(draft))
    assert "&lt;b&gt;A" in html and "<script>" not in html and "figure-wrong" in html


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90), st.integers(1, 9)), max_size=6),
)
def test_pieces_are_the_text_again(text: str, spots: list[tuple[int, int, int]]):
    pieces = pieces_of_text(text, spots)
    assert "".join(piece.text for piece in pieces) == text
    told = {number for piece in pieces for number in piece.findings}
    assert told == {number for start, end, number in spots if max(0, start) < min(end, len(text))}


def test_word_copy_keeps_its_text_and_comments_stand_at_the_figures(tmp_path: Path):
    source, target = tmp_path / "a.docx", tmp_path / "b.docx"
    document = Document()
    paragraph = document.add_paragraph("Tái cử ")
    paragraph.add_run("47/81").bold = True
    paragraph.add_run(" đồng chí (66,20%), lần đầu 34/81 đồng chí (41,98%).")
    drawn = document.add_table(rows=3, cols=4)
    for row, texts in enumerate(
        (("Đơn vị", "Tổng", "Nam", "Nữ"), ("A", "3", "1", "2"), ("B", "5", "2", "4"))
    ):
        for column, text in enumerate(texts):
            drawn.cell(row, column).text = text
    document.save(str(source))
    draft = read_draft(source)
    count = write_commented(draft, check_file(source), target, source)
    copy = Document(str(target))
    assert [block.text for block in copy.paragraphs] == [paragraph.text]
    assert [run.text for run in copy.paragraphs[0].runs if run.bold] == ["47/81"]
    comments = [comment.text for comment in copy.comments]
    assert count == len(comments) == 2
    assert "58,0247%" in comments[0] and "2 + 4 = 6" in comments[1]
    commented = copy.paragraphs[0]._p.xpath("./w:commentRangeStart/following-sibling::w:r[1]/w:t")
    assert [node.text for node in commented] == ["66,20%"]


def test_commented_copy_of_text_is_the_text(tmp_path: Path):
    draft = draft_of(WRONG + "\n\nDòng \x07 hai\x0b <b>.")
    target = tmp_path / "b.docx"
    assert write_commented(draft, check_draft(draft), target) == 1
    copy = Document(str(target))
    assert copy.paragraphs[0].text == WRONG
    assert [comment.author for comment in copy.comments] == ["Hiền Tài"]


def test_same_draft_gives_the_same_comments(tmp_path: Path):
    draft = draft_of(WRONG)
    for name in ("a", "b"):
        write_commented(draft, check_draft(draft), tmp_path / f"{name}.docx")
    one, other = (Document(str(tmp_path / f"{name}.docx")).comments for name in "ab")
    assert [(c.text, c.timestamp) for c in one] == [(c.text, c.timestamp) for c in other] != []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30))
def test_cutting_runs_never_changes_the_text(start: int, end: int):
    paragraph = Document().add_paragraph("Một ")
    paragraph.add_run("hai 47/81")
    paragraph.add_run(" ba bốn năm.")
    text = paragraph.text
    runs = runs_at(paragraph, start, end)
    assert paragraph.text == text
    assert "".join(run.text for run in runs) == text[start:end]


def test_findings_are_numbered_in_reading_order():
    draft = draft_of(
        WRONG + "\nCó 45 cơ quan (15 cơ quan đảng; 30 cơ quan khác), trong đó đạt chuẩn 9/10 (90%)."
    )
    places = [(finding.where.passage, finding.where.start) for finding in numbered(check_draft(draft))]
    assert places == sorted(places) and len(places) >= 4
