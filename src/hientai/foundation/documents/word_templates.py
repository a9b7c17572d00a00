"""Word templates of an office: what they may say, which fields they use and where, filled in, and shown as text.

A template is somebody's file, so it is read as hostile: it may name fields, go over lists and ask simple
conditions; it calls nothing, reckons nothing and reaches nothing else. Marks: `{{ field }}`, `{%tr for x in list %}` on
a table
row, `{%p if field %}` on a paragraph (docxtpl).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

MOST_BYTES, MOST_UNPACKED, MOST_PARTS, MOST_DEPTH = 5_000_000, 30_000_000, 400, 2
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Compare,
    nodes.Operand, nodes.Const, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
_FILTERS = {"upper", "lower"}
_MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


@dataclass(frozen=True)
class Field:
    """A field a template may name. value: text, or the rows of a list; parts: (name, label) of each row's fields."""

    name: str
    label: str
    value: str | Sequence[Mapping[str, str]]
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def is_list(self) -> bool:
        return not isinstance(self.value, str)


@dataclass(frozen=True)
class Unknown:
    """A field that does not exist, and where the template names it."""

    name: str
    place: str


@dataclass(frozen=True)
class Block:
    """A piece of a document as text: a paragraph ("p") or a table. align: left, center, right, both."""

    kind: str
    text: str = ""
    align: str = "left"
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    bordered: bool = False


def check_template(content: bytes) -> None:
    """Raises BadInput when the file is no plain Word document, is oversized, or says what a template may not say."""
    _check_package(content)
    for xml in _sources(content):
        _check_source(xml)


def unknown_fields(content: bytes, fields: Sequence[Field]) -> list[Unknown]:
    """Fields the template names that are not among `fields`, each with its place; empty when all are known."""
    check_template(content)
    names = {field.name for field in fields}
    parts = {field.name: {part for part, _ in field.parts} for field in fields}
    found: dict[Unknown, None] = {}
    for xml in _sources(content):
        for name in _named(_parsed(xml), names, parts):
            for place in _places(content, name):
                found[Unknown(name, place)] = None
    return list(found)


def fill(content: bytes, fields: Sequence[Field]) -> bytes:
    """The document with every field filled in. Raises BadInput `unknown_field` naming field and place."""
    unknown = unknown_fields(content, fields)
    if unknown:
        raise BadInput(
            "unknown_field",
            say(
                "Mẫu dùng trường không có: {fields}.",
                fields="; ".join(f"{one.name} ({one.place})" for one in unknown),
            ),
            unknown[0].place,
        )
    template = DocxTemplate(io.BytesIO(content))
    values = {field.name: field.value for field in fields}
    template.render(values, jinja_env=_environment(), autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def as_text(content: bytes) -> list[Block]:
    """A document as blocks of text, in order, for a preview on the page; nothing of its mark-up is passed on."""
    document = Document(io.BytesIO(content))
    blocks: list[Block] = []
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            blocks.append(_paragraph(element))
        elif element.tag == qn("w:tbl"):
            blocks.append(_table(element))
    return blocks


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True)


def _check_package(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BadInput("template_too_large", say("Mẫu lớn hơn {n} MB.", n=MOST_BYTES // 10**6), "content")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise BadInput("template_too_large", say("Mẫu chứa quá nhiều nội dung."), "content")
        names = {part.filename for part in parts}
        types = package.read("[Content_Types].xml") + b"".join(
            package.read(name) for name in sorted(names) if name.endswith(".rels")
        )
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadInput("not_a_docx", say("Tệp không phải văn bản Word (.docx)."), "content") from error
    if "word/document.xml" not in names:
        raise BadInput("not_a_docx", say("Tệp không phải văn bản Word (.docx)."), "content")
    if b"macroEnabled" in types or any("vbaProject" in name or "embeddings/" in name for name in names):
        raise BadInput("template_with_macros", say("Mẫu có macro hoặc tệp nhúng; hãy bỏ đi."), "content")
    outside = re.findall(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", types)
    if any(b"/hyperlink" not in one for one in outside):
        raise BadInput(
            "template_reaches_out", say("Mẫu liên kết tới tệp bên ngoài; hãy bỏ liên kết."), "content"
        )
    if any(
        b"<!DOCTYPE" in package.read(n) or b"<!ENTITY" in package.read(n)
        for n in names
        if n.endswith((".xml", ".rels"))
    ):
        raise BadInput("not_a_docx", say("Tệp Word có khai báo lạ; hãy lưu lại bằng Word."), "content")


def _sources(content: bytes) -> Iterator[str]:
    """The body and every header and footer as the template engine will read them."""
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.init_docx()
        yield template.patch_xml(template.get_xml())
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            for _, part in template.get_headers_footers(uri):
                yield template.patch_xml(template.get_part_xml(part))
    except BadInput:
        raise
    except Exception as error:  # whatever python-docx meets in a broken file
        raise BadInput("not_a_docx", say("Tệp không phải văn bản Word (.docx)."), "content") from error


def _parsed(xml: str) -> nodes.Template:
    try:
        return _environment().parse(xml)
    except TemplateError as error:
        raise BadInput(
            "template_syntax", say("Dấu trường viết chưa đúng: {reason}", reason=str(error)[:200]), "content"
        ) from error


def _check_source(xml: str) -> None:
    tree = _parsed(xml)
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Filter) and node.name not in _FILTERS):
            raise _not_allowed(type(node).__name__)
        if isinstance(node, nodes.Getattr) and (
            node.attr.startswith("_") or not isinstance(node.node, nodes.Name)
        ):
            raise _not_allowed(node.attr)
        if isinstance(node, nodes.Name) and node.name.startswith("_"):
            raise _not_allowed(node.name)
        if isinstance(node, nodes.For) and not isinstance(node.iter, nodes.Name | nodes.Getattr):
            raise _not_allowed("for")
    _check_depth(tree, 0)


def _check_depth(node: nodes.Node, depth: int) -> None:
    if depth > MOST_DEPTH:
        raise _not_allowed("for")
    for child in node.iter_child_nodes():
        _check_depth(child, depth + isinstance(child, nodes.For))


def _not_allowed(what: str) -> BadInput:
    return BadInput(
        "template_not_allowed",
        say(
            "Mẫu chỉ được nêu trường, lặp danh sách và điều kiện đơn giản; không được dùng “{what}”.",
            what=what,
        ),
        "content",
    )


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _named(
    node: nodes.Node, names: set[str], parts: Mapping[str, set[str]], rows: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Names used under `node` that nobody knows; rows: loop variable -> the list it goes over."""
    rows = rows or {}
    if isinstance(node, nodes.For):
        yield from _named(node.iter, names, parts, rows)
        over = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        inner = {**rows, node.target.name: over} if isinstance(node.target, nodes.Name) else rows
        for child in (*node.body, *node.else_):
            yield from _named(child, names, parts, inner)
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        row_of = rows.get(node.node.name)
        known = node.node.name == "loop" or (row_of is not None and node.attr in parts.get(row_of, set()))
        if not known:
            yield f"{node.node.name}.{node.attr}"
    elif isinstance(node, nodes.Name):
        if node.name not in names and node.name not in rows and node.name != "loop":
            yield node.name
    else:
        for child in node.iter_child_nodes():
            yield from _named(child, names, parts, rows)


def _places(content: bytes, name: str) -> list[str]:
    """Where a field is named: paragraph or cell, counted as a reader counts."""
    document = Document(io.BytesIO(content))
    found = [
        f"đoạn {number}"
        for number, paragraph in enumerate(document.paragraphs, 1)
        if _names_it(paragraph.text, name)
    ]
    for t, table in enumerate(document.tables, 1):
        for r, row in enumerate(table.rows, 1):
            for c, cell in enumerate(row.cells, 1):
                if _names_it(cell.text, name):
                    found.append(f"bảng {t}, dòng {r}, cột {c}")
    for section in document.sections:
        for label, part in (("đầu trang", section.header), ("chân trang", section.footer)):
            if any(_names_it(paragraph.text, name) for paragraph in part.paragraphs):
                found.append(label)
    return list(dict.fromkeys(found)) or ["văn bản"]


def _names_it(text: str, name: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", mark) for mark in _MARK.findall(text))


def _paragraph(element: Any) -> Block:
    runs = element.findall(qn("w:r"))
    text = "".join(_run_text(run) for run in runs)
    align = element.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    bold = bool(runs) and all(_is_bold(run) for run in runs if _run_text(run).strip())
    return Block("p", text, "left" if align is None else str(align.get(qn("w:val"))), bold)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false")


def _run_text(run: Any) -> str:
    pieces = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return "".join(
        (child.text or "") if child.tag == qn("w:t") else pieces.get(child.tag, "")
        for child in run.iterchildren()
    )


def _table(element: Any) -> Block:
    rows = tuple(
        tuple(
            "\n".join(_paragraph(paragraph).text for paragraph in cell.findall(qn("w:p")))
            for cell in row.findall(qn("w:tc"))
        )
        for row in element.findall(qn("w:tr"))
    )
    style = element.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    return Block("table", rows=rows, bordered=style is not None and "Grid" in str(style.get(qn("w:val"))))
