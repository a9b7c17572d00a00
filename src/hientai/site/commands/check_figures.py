"""`hientai check-figures FILE`: do the printed shares and totals of a draft hold?"""

from __future__ import annotations

import argparse
from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.figures.answer import as_document, as_text
from hientai.engines.figures.findings import Findings
from hientai.engines.wording import say
from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

SUMMARY = "kiểm tra tỷ lệ, phép cộng trong dự thảo (txt, docx, xlsx, pdf, json) / check printed figures"
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and, optionally, copies of it with the findings marked."""
    parser.add_argument("file", type=Path, metavar="FILE", help="txt, docx, xlsx, pdf, json")
    parser.add_argument("--docx", type=Path, metavar="F", help="bản Word có chú thích / commented Word copy")
    parser.add_argument("--html", type=Path, metavar="F", help="bản HTML có đánh dấu / marked HTML copy")


def answer(options: argparse.Namespace) -> Answer:
    """The findings of the file; exit status 4 when a figure is wrong, 0 otherwise."""
    findings = _checked(options.file, options.docx, options.html)
    return Answer(as_document(findings), as_text(findings), FAULTS_FOUND if findings.faults else ANSWERED)


def _checked(file: Path, docx: Path | None, html: Path | None) -> Findings:
    from hientai.engines.figures.check import check_draft, check_file, read_draft

    if docx is None and html is None:
        return check_file(file)
    if file.suffix.lower() == ".json":
        raise BadInput("no_text", say("Tệp json không có văn bản để đánh dấu; bỏ --docx, --html"), file.name)
    draft = read_draft(file)
    findings = check_draft(draft)
    try:
        if html is not None:
            from hientai.engines.figures.marked import marked_page

            html.write_text(marked_page(draft, findings), encoding="utf-8")
        if docx is not None:
            from hientai.engines.figures.commented import write_commented

            write_commented(draft, findings, docx, source=file)
    except OSError as error:
        raise BadInput(
            "unwritable", say("Không ghi được tệp: {why}", why=error.strerror or ""), str(error.filename)
        ) from error
    return findings
