"""Reads xlsx, xlsm, xls and ods into sheets: values by calamine, what it does not tell by our own pass."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet.reading.container import Container, broken
from hientai.engines.worksheet.reading.kind import wrong_type
from hientai.engines.worksheet.reading.sheet_xml import SheetScan, scan_sheet, too_large
from hientai.engines.worksheet.reading.styles import legacy_fonts, refuse_document_type
from hientai.engines.worksheet.sheet import FileKind, Limits, MergedRange, Row, Sheet, Workbook

_MOST_MERGES = 20_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_zipped(content: bytes, limits: Limits) -> Workbook:
    """Reads a zip container: xlsx, xlsm or ods.

    Raises BadInput `wrong_type`, `zip_bomb`, `password`, `broken`, `too_large`.
    """
    container = Container(content, limits)
    if container.holds("xl/workbook.xml"):
        return _read_xlsx(content, container, limits)
    if container.holds("mimetype") and b"spreadsheet" in container.read("mimetype", 4096):
        return _read_ods(content, container, limits)
    if container.holds("xl/workbook.bin"):
        raise BadInput(
            "wrong_type", say("Tệp kiểu .xlsb chưa đọc được. Hãy mở bằng Excel, lưu thành .xlsx rồi đưa lại.")
        )
    if container.holds("word/document.xml"):
        raise wrong_type(say("là văn bản Word"))
    if container.holds("ppt/presentation.xml"):
        raise wrong_type(say("là bản trình chiếu"))
    raise wrong_type(say("là tệp nén"))


def read_xls(content: bytes, limits: Limits) -> Workbook:
    """Reads the binary format of Excel 97-2003 (at most 65,536 rows of 256 columns, so bounded by itself)."""
    opened = _open(content)
    sheets = tuple(_calamine_sheet(each, None, ("",), limits) for each in _worksheets(opened, limits))
    return Workbook(FileKind.XLS, sheets)


def _open(content: bytes) -> CalamineWorkbook:
    try:
        return python_calamine.load_workbook(io.BytesIO(content))
    except python_calamine.PasswordError as fault:
        raise BadInput("password", say("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu, lưu rồi đưa lại.")) from fault
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        raise broken() from fault


def _worksheets(opened: CalamineWorkbook, limits: Limits) -> Iterator[tuple[CalamineSheet, bool]]:
    described = list(opened.sheets_metadata)
    if len(described) > limits.sheets:
        raise too_large(str(len(described)), limits)
    for index, metadata in enumerate(described):
        if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = opened.get_sheet_by_index(index)
        except (python_calamine.CalamineError, OSError, ValueError) as fault:
            raise broken(metadata.name) from fault
        yield sheet, metadata.visible != SheetVisibleEnum.Visible


def _calamine_sheet(
    found: tuple[CalamineSheet, bool], scan: SheetScan | None, font_names: tuple[str, ...], limits: Limits
) -> Sheet:
    sheet, hidden = found
    if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
        raise too_large(sheet.name, limits)
    merged = sheet.merged_cell_ranges or []
    rows = _rows(sheet)
    last = max((row for row, _column in scan.flags), default=-1) if scan else -1
    rows += [()] * (last + 1 - len(rows))  # rows of formulas that were never reckoned
    return Sheet(
        name=sheet.name,
        rows=rows,
        merged=tuple(
            MergedRange(top, left, bottom, right) for (top, left), (bottom, right) in merged[:_MOST_MERGES]
        ),
        hidden=hidden,
        hidden_rows=frozenset(scan.hidden_rows) if scan else frozenset(),
        font_names=font_names,
        fonts=scan.fonts if scan else (),
        flags=scan.flags if scan else {},
    )


def _rows(sheet: CalamineSheet) -> list[Row]:
    """All rows from row 1 and column A, each without its empty tail."""
    if sheet.start is None:
        return []
    lead = ("",) * sheet.start[1]
    rows: list[Row] = []
    for cells in sheet.iter_rows():
        end = len(cells)
        while end and cells[end - 1] == "":
            end -= 1
        rows.append((*lead, *cells[:end]) if end else ())
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _read_xlsx(content: bytes, container: Container, limits: Limits) -> Workbook:
    names, style_fonts = legacy_fonts(container)
    if container.holds("xl/sharedStrings.xml"):
        for piece in container.chunks("xl/sharedStrings.xml"):
            refuse_document_type(piece, "xl/sharedStrings.xml")
    scans: dict[str, SheetScan] = {}
    parts = sheet_parts(container)
    if len(parts) > limits.sheets:
        raise too_large(str(len(parts)), limits)
    cells = 0
    for sheet, part in parts.items():
        if "worksheets/" in part and container.holds(part):
            scan = scan_sheet(container.chunks(part), part, sheet, style_fonts, limits)
            cells += scan.rows * scan.columns
            if cells > limits.cells * 2:
                raise too_large(sheet, limits)
            scans[sheet] = scan
    sheets = tuple(
        _calamine_sheet(each, scans.get(each[0].name), names, limits)
        for each in _worksheets(_open(content), limits)
    )
    macros = any(name.endswith("vbaProject.bin") for name in container.names())
    return Workbook(FileKind.XLSM if macros else FileKind.XLSX, sheets, tuple(_notes(container, macros)))


def sheet_parts(container: Container) -> dict[str, str]:
    """Sheet name -> the part that holds it."""
    targets: dict[str, str] = {}
    relations = "xl/_rels/workbook.xml.rels"
    for element in _elements(container, relations):
        if element.tag.endswith("}Relationship"):
            target = element.get("Target", "")
            targets[element.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    parts: dict[str, str] = {}
    for element in _elements(container, "xl/workbook.xml"):
        if element.tag.endswith("}sheet"):
            relation = element.get(_RELATION) or element.get(_STRICT_RELATION) or ""
            if relation not in targets:
                raise broken("xl/workbook.xml")
            parts[element.get("name", "")] = targets[relation]
    if not parts:
        raise broken("xl/workbook.xml")
    return parts


def _elements(container: Container, name: str) -> list[ElementTree.Element]:
    content = container.read(name)
    refuse_document_type(content, name)
    try:
        return list(ElementTree.fromstring(content).iter())
    except ElementTree.ParseError as fault:
        raise broken(name) from fault


def _notes(container: Container, macros: bool) -> Iterator[Sentence]:
    if macros:
        yield say("Tệp có macro: macro không được chạy và không được giữ lại, chỉ đọc giá trị các ô.")
    if any(name.startswith("xl/externalLinks/") for name in container.names()):
        yield say(
            "Tệp có liên kết tới tệp khác: không mở tệp kia, chỉ dùng giá trị đã lưu sẵn trong ô. "
            "Hãy kiểm tra các ô đó."
        )


_ODS_REPEATED = re.compile(
    rb"<table:table-row\b[^>]*?number-rows-repeated=\"(\d+)\"[^>]*>(.*?)</table:table-row>", re.S
)
_ODS_WIDE = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*?number-columns-repeated=\"(\d{3,})\"[^>]*>")


def _read_ods(content: bytes, container: Container, limits: Limits) -> Workbook:
    if container.holds("META-INF/manifest.xml") and b"encryption-data" in container.read(
        "META-INF/manifest.xml"
    ):
        raise BadInput("password", say("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu, lưu rồi đưa lại."))
    body = container.read("content.xml", 256 * 1024 * 1024)
    refuse_document_type(body, "content.xml")
    for match in _ODS_REPEATED.finditer(body):
        if int(match.group(1)) > 1000 and b"value-type" in match.group(2):
            raise too_large("content.xml", limits)
    for match in _ODS_WIDE.finditer(body):
        if int(match.group(1)) > limits.columns and b"value-type" in match.group(0):
            raise too_large("content.xml", limits)
    sheets = tuple(_calamine_sheet(each, None, ("",), limits) for each in _worksheets(_open(content), limits))
    return Workbook(FileKind.ODS, sheets)
