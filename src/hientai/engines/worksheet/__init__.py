"""From an untidy staff workbook of any Vietnamese office to classified rows and typed person records.

    workbook = read_workbook(path)                     bytes, made safe
    tables = propose(workbook, SavedMapping(...))      where the tables are and what their columns hold;
    editable
    extraction = extract(workbook, tables, read_on)    every row below a heading once: person, refused,
    duplicate, ignored

Nothing here knows the database, and nothing is guessed in silence: what cannot be read is refused or
remarked upon.
"""

from hientai.engines.worksheet.extraction import extract
from hientai.engines.worksheet.mapping import ColumnProposal, SavedMapping, TableProposal
from hientai.engines.worksheet.proposing import propose
from hientai.engines.worksheet.reading import read_pasted, read_workbook
from hientai.engines.worksheet.record import (
    Coded,
    ExtractedRow,
    Extraction,
    PersonRecord,
    Position,
    Reason,
    Status,
)
from hientai.engines.worksheet.sheet import FileKind, Limits, Sheet, Workbook

__all__ = [
    "Coded",
    "ColumnProposal",
    "ExtractedRow",
    "Extraction",
    "FileKind",
    "Limits",
    "PersonRecord",
    "Position",
    "Reason",
    "SavedMapping",
    "Sheet",
    "Status",
    "TableProposal",
    "Workbook",
    "extract",
    "propose",
    "read_pasted",
    "read_workbook",
]
