"""`hientai check-figures FILE`: do the printed shares and totals of a draft hold?"""

from __future__ import annotations

import argparse
from pathlib import Path

from hientai.engines.figures.answer import as_document, as_text
from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

SUMMARY = "kiểm tra tỷ lệ, phép cộng trong dự thảo (txt, docx, xlsx, pdf, json) / check printed figures"
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and, optionally, copies of it with the findings marked."""
    parser.add_argument("file", type=Path, metavar="FILE", help="txt, docx, xlsx, pdf, json")


def answer(options: argparse.Namespace) -> Answer:
    """The findings of the file; exit status 4 when a figure is wrong, 0 otherwise."""
    from hientai.engines.figures.check import check_file

    findings = check_file(options.file)
    return Answer(as_document(findings), as_text(findings), FAULTS_FOUND if findings.faults else ANSWERED)
