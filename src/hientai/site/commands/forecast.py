"""`hientai forecast --from D --years N`: retirements, ends of terms, ready successors and shortages, year by year."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "nhìn trước: nghỉ hưu, hết nhiệm kỳ, nguồn kế cận / retirements, ends of terms and successors ahead"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_unit

    parser.add_argument("--from", dest="begins", default="", metavar="D", help="từ ngày / first day")
    parser.add_argument("--years", type=int, default=5, metavar="N", help="số năm / how many years")
    add_unit(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.planning.ahead import ahead, vacancy_rows
    from hientai.apps.planning.answers import ahead_document
    from hientai.site import asking
    from hientai.site.command_line import Answer

    begins = asking.day_of(options.begins, "--from")
    asking.unit_id_of(options.unit, begins)
    actor = asking.operator()
    found = ahead(actor=actor, as_of=begins, years=options.years, unit_code=options.unit)
    rows = vacancy_rows(actor=actor, as_of=begins, found=found, kind="short")
    lines = [
        f"{year['begins']} – {year['ends']}: nghỉ hưu {year['retirements']}, hết nhiệm kỳ {year['term_ends']},"
        f" thiếu người kế cận {year['shortages']}"
        for year in found.by_year.iter_rows(named=True)
    ]
    lines += [f"  {row.on:%d/%m/%Y}  {row.title}, {row.unit}" for row in rows]
    return Answer(ahead_document(found, rows, options.unit), "\n".join(lines))
