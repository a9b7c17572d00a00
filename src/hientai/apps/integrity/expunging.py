"""What belongs to a person's file, in every table there is: found by the references themselves, so that none is missed.

Every row that refers to the person is erased, and what hangs on it, but for rows that belong to others too (a vote, a
list of those summoned, a consultation): there only the name is taken out. The line in `cadres_person` stays as the
place where the tombstone stands: a code, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models as tables

from hientai.apps.integrity import models
from hientai.foundation import encryption

# Rows that stay, with the words that replace the person's; `{id}` is the row's own number.
BLANKED: dict[str, dict[str, str]] = {
    "procedures.casename": {"label": "(hồ sơ đã hủy {id})", "position": ""},
    "procedures.summons": {"name": "(hồ sơ đã hủy)"},
    "consultations.addressee": {"name": "(hồ sơ đã hủy {id})"},
}
Rows = list[tuple[type[tables.Model], list[int]]]


def person_table() -> type[tables.Model]:
    """The table of people, as proposals refer to it."""
    found = models.Proposal._meta.get_field("person").related_model
    assert isinstance(found, type) and issubclass(found, tables.Model)
    return found


def with_merged(person_id: int) -> list[int]:
    """The person and everybody whose file was merged into theirs: they are one human being."""
    found = [person_id]
    merges = next(r.related_model for r in person_table()._meta.related_objects if r.name == "merged_in")
    for person in found:
        merged = merges._default_manager.filter(person_id=person, undone_at__isnull=True)
        found += [other for other in merged.values_list("other_id", flat=True) if other not in found]
    return found


def belongings(people: Sequence[int]) -> tuple[Rows, Rows]:
    """Rows to be erased, those that hang on others first, and rows in which only words are replaced."""
    erased: dict[type[tables.Model], dict[int, None]] = {}
    blanked: Rows = []
    order: list[type[tables.Model]] = []
    _walk(person_table(), list(people), erased, blanked, order)
    return [(model, list(erased[model])) for model in order if erased[model]], blanked


def _walk(
    model: type[tables.Model], ids: list[int], erased: dict[type[tables.Model], dict[int, None]],
    blanked: Rows, order: list[type[tables.Model]],
) -> None:  # fmt: skip
    """Depth first: a table is put in the order after all that refer to it."""
    for relation in model._meta.related_objects:
        child, field = relation.related_model, relation.field
        if child is model or not field.concrete:
            continue
        rows = child._default_manager.filter(**{f"{field.attname}__in": ids}).order_by("pk")
        found = list(rows.values_list("pk", flat=True))
        if not found:
            continue
        if child._meta.label_lower in BLANKED:
            blanked.append((child, found))
            continue
        fresh = [row for row in found if row not in erased.setdefault(child, {})]
        erased[child].update(dict.fromkeys(fresh))
        if fresh:
            _walk(child, fresh, erased, blanked, order)
        if child in order:
            order.remove(child)
        order.append(child)


def digests(rows: Rows) -> set[str]:
    """Files in the vault that rows to be erased rest on."""
    return {
        digest
        for model, ids in rows
        if any(field.name == "digest" for field in model._meta.concrete_fields)
        for digest in model._default_manager.filter(pk__in=ids)
        .exclude(digest="")
        .values_list("digest", flat=True)
    }


def still_used(wanted: Iterable[str], rows: Rows) -> set[str]:
    """Those files that rows of other people rest on as well (asked after the erasing)."""
    left: set[str] = set()
    for model, _ids in rows:
        if any(field.name == "digest" for field in model._meta.concrete_fields):
            kept = model._default_manager.filter(digest__in=list(wanted))
            left |= set(kept.values_list("digest", flat=True))
    return left


def numbers(rows: Rows) -> list[str]:
    """Identity numbers among the rows, to look for them in files under way."""
    found = []
    for model, ids in rows:
        if model._meta.label_lower == "cadres.identitynumber":
            sealed = model._default_manager.filter(pk__in=ids).values_list("sealed", flat=True)
            found += [encryption.reveal(each) for each in sealed]
    return list(dict.fromkeys(found))


def remaining(people: Sequence[int]) -> list[str]:
    """Tables that still have rows of these people; empty after a destruction."""
    return sorted(model._meta.db_table for model, _ids in belongings(people)[0])
