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
    from hientai.rulebook.load import BUILT_IN
    from hientai.rulebook.whole_folder import check_folder

    found = check_folder(options.folder or BUILT_IN)
    checked = found.documents
    document = {
        "documents": checked.documents,
        "standards": checked.standards,
        "cases": len(checked.cases),
        "verdicts": checked.judged,
        "procedures": [
            {"file": one.file, "code": one.code, "kind": one.kind, "document": one.document}
            for one in found.procedures
        ],
        "templates": found.templates,
        "quality_rules": found.quality_rules,
        "left_aside": dict(found.left_aside),
        "findings": [finding.as_document() for finding in found.findings],
    }
    lines = [str(finding) for finding in found.findings]
    lines += [f"{one.file}: quy trình {one.code} ({one.document})" for one in found.procedures]
    if found.left_aside:
        said = ", ".join(f"{name} ({count} tệp)" for name, count in found.left_aside)
        lines.append(f"Không kiểm ở lệnh này: {said}")
    lines.append(
        f"{checked.documents} văn bản, {checked.standards} tiêu chuẩn, {len(checked.cases)} ca thử "
        f"({checked.judged} kết luận), {len(found.procedures)} quy trình, {found.templates} mẫu hồ sơ, "
        f"{found.quality_rules} quy tắc chất lượng: {len(found.findings)} lỗi"
    )
    return Answer(document, "\n".join(lines), FAULTS_FOUND if found.findings else ANSWERED)
