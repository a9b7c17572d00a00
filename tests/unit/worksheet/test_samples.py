"""What is shown beside a column: cells of people, not of numbering and section rows."""

from hientai.engines.worksheet import propose
from hientai.engines.worksheet.sheet import FileKind, Sheet, Workbook

ROWS = (
    ("STT", "Họ và tên", "Ngày sinh", "Số CCCD"),
    ("(1)", "(2)", "(3)", "(4)"),
    ("I", "KHỐI ĐẢNG", "", ""),
    ("1", "Lò Thị Mai", "05/03/1980", "011180000011"),
    ("2", "Giàng A Sơn", "14/02/1990", "011090000033"),
)


def test_samples_are_of_people() -> None:
    (table,) = propose(Workbook(FileKind.XLSX, (Sheet("DS", ROWS),)))
    assert [column.samples for column in table.columns][:2] == [("1", "2"), ("Lò Thị Mai", "Giàng A Sơn")]
