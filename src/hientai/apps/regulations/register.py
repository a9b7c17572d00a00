"""The documents of the program and of the office as one list, and the values that the office has confirmed."""

from __future__ import annotations

from functools import cache

from django.db.models import Q

from hientai.apps.regulations.models import OfficeDocument, ValueProposal
from hientai.apps.regulations.types import Kind, Outcome
from hientai.apps.regulations.values import plain, stored_local_value
from hientai.engines.errors import BadInput
from hientai.foundation.rules import plain_rulebook
from hientai.rulebook.overlay import ConfirmedValue, OfficeValues, model_of
from hientai.rulebook.register import Entry, register


@cache
def _built_in() -> tuple[Entry, ...]:
    return register(plain_rulebook())


def entries() -> tuple[Entry, ...]:
    """Every document, those of the program first."""
    return (*_built_in(), *map(_of_office, OfficeDocument.objects.order_by("valid_from", "code")))


def entry_of(code: str) -> Entry | None:
    """The document of that code or slug; asks the database only for what the program does not bring."""
    wanted = code.strip()
    for entry in _built_in():
        if wanted in (entry.code, entry.slug):
            return entry
    row = OfficeDocument.objects.filter(Q(code=wanted) | Q(slug=wanted)).first() if wanted else None
    return None if row is None else _of_office(row)


def _of_office(row: OfficeDocument) -> Entry:
    return Entry(
        row.code, row.slug, row.title, row.issuer, row.signed_on, row.valid_from, row.valid_to, True,
        tuple(row.replaces), row.note,
    )  # fmt: skip


def office_values() -> OfficeValues:
    """What this office has confirmed and set; one query."""
    confirmed, local = [], []
    book = plain_rulebook()
    for row in ValueProposal.objects.filter(outcome=Outcome.CONFIRMED).order_by("pk"):
        if row.kind == Kind.CONFIRMATION:
            confirmed.append(
                ConfirmedValue(row.document, row.key, plain(row.value), row.article, row.starts_on)
            )
            continue
        try:
            central = model_of(book, book.document(row.document), row.key)
        except BadInput:
            continue
        local.append(stored_local_value(row, central))
    return OfficeValues(tuple(confirmed), tuple(local))
