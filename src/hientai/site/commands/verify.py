"""`hientai verify`: recomputes what must agree; exit status 4 with the list when something does not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "kiểm tra dữ liệu tự khớp / check that the records agree with themselves"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seal",
        action="store_true",
        help="niêm phong lịch sử và nhật ký trước khi kiểm tra / seal history and the audit trail first",
    )
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE",
        help="kiểm tra một tập hồ sơ đã đóng / check a packed dossier instead",
    )


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.dossiers.bundles import faults_of
    from hientai.site import asking, integrity
    from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

    head = integrity.seal(asking.operator()) if options.seal else None
    found = {"tập hồ sơ": faults_of(options.bundle)} if options.bundle else integrity.faults()
    document = {
        "checks": [{"check": name, "faults": faults} for name, faults in found.items()],
        "sealed": head.head if head else None,
    }
    wrong = [fault for faults in found.values() for fault in faults]
    text = "\n".join(wrong) or "Mọi kiểm tra đều khớp: " + ", ".join(found) + "."
    return Answer(document, text, FAULTS_FOUND if wrong else ANSWERED)
