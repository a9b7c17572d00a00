"""`hientai impact --standard CODE --from-document A --to-document B --as-of D`: what a new document changes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "văn bản mới thay đổi gì cho ai / what a new document changes for whom"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of, add_unit

    parser.add_argument("--standard", required=True, metavar="CODE", help="mã tiêu chuẩn / standard code")
    parser.add_argument(
        "--from-document", required=True, metavar="A", help="văn bản cũ / the earlier document"
    )
    parser.add_argument("--to-document", required=True, metavar="B", help="văn bản mới / the later document")
    add_as_of(parser)
    add_unit(parser)


def answer(options: argparse.Namespace) -> Answer:
    from hientai.apps.cadres import selectors as cadres
    from hientai.apps.screening import selectors
    from hientai.apps.screening.answers import impact_document
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of, actor = asking.day_of(options.as_of), asking.operator()
    found = selectors.impact(
        actor=actor,
        as_of=as_of,
        code=options.standard,
        before=options.from_document,
        after=options.to_document,
        unit_id=asking.unit_id_of(options.unit, as_of),
    )
    shifts = (found.gains, found.loses, found.becomes_unknown)
    concerned = [person for shift in shifts for person in shift.persons.to_list()]
    document = impact_document(found, cadres.codes(actor=actor, as_of=as_of, ids=concerned))
    text = (
        f"{found.before.document} → {found.after.document}, {found.base} người: thêm {found.gains.count} đạt, "
        f"{found.loses.count} không còn đạt, {found.becomes_unknown.count} thành chưa rõ."
    )
    return Answer(document, text)
