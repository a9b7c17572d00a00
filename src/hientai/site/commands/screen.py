"""`hientai screen --standard CODE --as-of D`: one standard asked of everybody."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "rà soát mọi người theo một tiêu chuẩn / ask a standard of everybody"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of, add_unit

    parser.add_argument("--standard", required=True, metavar="CODE", help="mã tiêu chuẩn / standard code")
    add_as_of(parser)
    add_unit(parser)
    parser.add_argument(
        "--xlsx", type=Path, metavar="F", help="ghi danh sách ra tệp Excel / write the list to a workbook"
    )


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.screening import selectors
    from hientai.apps.screening.answers import screening_document
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of, actor = asking.day_of(options.as_of), asking.operator()
    unit = asking.unit_id_of(options.unit, as_of)
    found = selectors.screen(actor=actor, as_of=as_of, code=options.standard, unit_id=unit)
    people = selectors.everybody(actor=actor, as_of=as_of, answer=found)
    if options.xlsx:
        from hientai.apps.screening.documents import screening_xlsx

        options.xlsx.write_bytes(screening_xlsx(found, people))
    counts = found.counts
    text = (
        f"{found.standard.title} ({found.standard.document}), {counts.base} người: "
        f"đạt {counts.met}, chưa đạt {counts.not_met}, chưa rõ {counts.unknown}."
    )
    return Answer(screening_document(found, people), text)
