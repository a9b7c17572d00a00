"""`hientai import FILE`: an office's workbook into records, every row accounted for."""  # noqa: N999 (the word of the command is a keyword of Python)

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

if TYPE_CHECKING:
    from hientai.apps.exchange.types import Judgement
    from hientai.engines.worksheet import SavedMapping
    from hientai.site.command_line import Answer

SUMMARY = "nhập danh sách cán bộ từ bảng tính / import people from a workbook"
STATELESS = False
MAKES_TABLES = True  # a list is often the first thing an office brings
_UNIT_HINT = say("Gợi ý: ghi đơn vị của danh sách bằng --unit MÃ (các mã: `hientai units`).")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_unit

    parser.add_argument("file", metavar="FILE", help="tệp xlsx, xlsm, xls, ods, csv / a workbook")
    parser.add_argument(
        "--map",
        default="auto",
        metavar="auto|MAP.yaml",
        help="tự ghép cột hoặc tệp ghép cột / column mapping",
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi / write nothing")
    parser.add_argument(
        "--allow-partial", action="store_true", help="ghi các dòng đúng / commit the good rows"
    )
    add_unit(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.exchange import answers, selectors, services
    from hientai.apps.exchange.reading import error_file, read_list
    from hientai.site import asking
    from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

    actor = asking.operator()
    path = Path(options.file)
    content, extraction = read_list(path, _mapping(options.map), actor.today)
    asking.unit_id_of(options.unit, actor.today)
    judgement = selectors.preview(
        actor=actor,
        as_of=actor.today,
        extraction=extraction,
        unit_code=options.unit,
        strict=not options.dry_run,
        content=content,
    )
    commits = not options.dry_run and (options.allow_partial or judgement.may_commit_whole)
    if commits:
        services.commit_list(
            actor=actor, judgement=judgement, source=path.name, allow_partial=options.allow_partial
        )
    written = error_file(content, extraction, judgement, path.name)
    document = answers.judgement_document(judgement, committed=commits, error_workbook=written)
    if any(reason.code == "unit_missing" for row in judgement.rows for reason in row.reasons):
        document["notes"].append(str(_UNIT_HINT))
    refused = not options.dry_run and not commits
    return Answer(document, _text(judgement, commits, written), FAULTS_FOUND if refused else ANSWERED)


def _mapping(asked: str) -> SavedMapping:
    from hientai.engines.worksheet import SavedMapping

    if asked == "auto":
        return SavedMapping()
    try:
        return SavedMapping.from_yaml(Path(asked).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "not_found", say("Không đọc được tệp ghép cột {file}.", file=asked), "--map"
        ) from error


def _text(judgement: Judgement, committed: bool, written: str) -> str:
    from hientai.apps.exchange.types import RowStatus

    lines = [f"{RowStatus(status).label}: {count}" for status, count in judgement.counts().items()]
    lines.append("Đã ghi." if committed else "Chưa ghi gì.")
    for judged in judgement.rows:
        if judged.status == RowStatus.REFUSED:
            faults = "; ".join(f"{r.cell} {r.message}".strip() for r in judged.reasons if r.refuses)
            lines.append(f"  {judged.row.sheet}, dòng {judged.row.row}: {faults}")
    if any(reason.code == "unit_missing" for row in judgement.rows for reason in row.reasons):
        lines.append(str(_UNIT_HINT))
    if written:
        lines.append(f"Tệp kết quả: {written}")
    return "\n".join(lines)
