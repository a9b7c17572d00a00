"""`rules check [DIR]`: validates rule files and runs their cases. Stateless."""

from __future__ import annotations

import argparse
from pathlib import Path

from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

SUMMARY = "rules check [DIR]: kiểm tra tệp quy tắc / check rule files"
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check`, then the folder; the built-in rulebook where none is given."""
    parser.add_argument("act", choices=["check"])
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")


def answer(options: argparse.Namespace) -> Answer:
    """Every finding with file, line, key path and what to do; status 4 where there is any."""
    from hientai.rulebook.load import BUILT_IN, check_rulebook

    checked = check_rulebook(options.folder or BUILT_IN)
    document = {
        "documents": checked.documents,
        "standards": checked.standards,
        "cases": len(checked.cases),
        "verdicts": checked.judged,
        "findings": [finding.as_document() for finding in checked.findings],
    }
    summary = (
        f"{checked.documents} văn bản, {checked.standards} tiêu chuẩn, {len(checked.cases)} ca thử "
        f"({checked.judged} kết luận): {len(checked.findings)} lỗi"
    )
    text = "\n".join([*(str(finding) for finding in checked.findings), summary])
    return Answer(document, text, FAULTS_FOUND if checked.findings else ANSWERED)
