"""From bytes to a `Workbook`: any spreadsheet an office has, or a refusal it understands."""

from __future__ import annotations

from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet.reading.delimited import read_delimited, read_text
from hientai.engines.worksheet.reading.kind import tell_kind
from hientai.engines.worksheet.reading.spreadsheet import read_xls, read_zipped
from hientai.engines.worksheet.sheet import MEGABYTE, FileKind, Limits, Workbook

_NO_LIMITS_GIVEN = Limits()


def read_workbook(source: Path | str | bytes, limits: Limits = _NO_LIMITS_GIVEN, name: str = "") -> Workbook:
    """Reads a file (by path, or its bytes) of the kinds xlsx, xlsm, xls, ods, csv and tsv.

    The kind is told by content, never by extension. `name` names the only sheet of a text file
    (default: the file's own name). Raises BadInput with codes `not_found`, `empty`, `too_large`,
    `wrong_type`,
    `zip_bomb`, `password`, `broken`, `encoding`.
    """
    if isinstance(source, bytes):
        content = source
    else:
        path = Path(source)
        name = name or path.stem
        try:
            size = path.stat().st_size
            if size > limits.file_bytes:
                raise _too_many_bytes(size, limits)
            content = path.read_bytes()
        except OSError as fault:
            raise BadInput(
                "not_found", say("Không mở được tệp {file}.", file=path.name), path.name
            ) from fault
    if len(content) > limits.file_bytes:
        raise _too_many_bytes(len(content), limits)
    kind = tell_kind(content)
    if kind is FileKind.XLS:
        return read_xls(content, limits)
    if kind is FileKind.DELIMITED:
        return read_delimited(content, limits, name or "CSV")
    return read_zipped(content, limits)


def read_pasted(text: str, limits: Limits = _NO_LIMITS_GIVEN, name: str = "Dán") -> Workbook:
    """Reads cells pasted from Excel (tabs between cells, quoted cells with line breaks)."""
    if len(text) > limits.file_bytes:
        raise _too_many_bytes(len(text), limits)
    if not text.strip():
        raise BadInput("empty", say("Chưa có dữ liệu được dán. Hãy chép các ô trong Excel rồi dán lại."))
    return read_text(text, limits, name)


def _too_many_bytes(size: int, limits: Limits) -> BadInput:
    return BadInput(
        "too_large",
        say(
            "Tệp nặng {size} MB, vượt mức {most} MB. Hãy bỏ hình ảnh, trang tính thừa "
            "hoặc tách thành nhiều tệp.",
            size=-(-size // MEGABYTE),
            most=limits.file_bytes // MEGABYTE,
        ),
    )
