"""Reads proposals of change: sealed values opened, compared with the file as it stands now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from hientai.apps.cadres.types import RecordDraft
from hientai.apps.integrity import models
from hientai.apps.integrity.fields import BY_NAME
from hientai.apps.integrity.types import DOING_LABELS, FieldChange, ProposalRow, RecordChange
from hientai.foundation import encryption

_RECORDS, _UNREAD = "#records", "#unread"  # beside the fields, which are words


def sealed(
    changes: Mapping[str, tuple[str, str]], records: Sequence[RecordDraft] = (), unread: Sequence[str] = ()
) -> bytes:
    """{field: (before, after)}, the records and what could not be read of a form, encrypted."""
    said: dict[str, Any] = {name: list(pair) for name, pair in changes.items()}
    if records:
        said[_RECORDS] = [draft.as_plain() for draft in records]
    if unread:
        said[_UNREAD] = list(unread)
    return encryption.seal(json.dumps(said, ensure_ascii=False))


def opened(proposal: models.Proposal) -> dict[str, tuple[str, str]]:
    """{field: (before, after)} of a proposal, in the order of the form."""
    kept = _kept(proposal)
    return {name: (kept[name][0], kept[name][1]) for name in BY_NAME if name in kept}


def records_of(proposal: models.Proposal) -> list[RecordDraft]:
    """The records that a proposal adds or changes, in its order."""
    return [RecordDraft.of_plain(plain) for plain in _kept(proposal).get(_RECORDS, ())]


def _kept(proposal: models.Proposal) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encryption.reveal(proposal.changes))
    return found


def changes_of(proposal: models.Proposal, now: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Field by field: before, after, and as it stands now."""
    return tuple(
        FieldChange(name, str(BY_NAME[name].label), before, after, now.get(name, before))
        for name, (before, after) in opened(proposal).items()
    )


def row_of(
    proposal: models.Proposal, name: str, now: Mapping[str, str], steps: Iterable[models.ProposalStep],
    gone: Collection[tuple[str, int]] = (),
) -> ProposalRow:  # fmt: skip
    """A proposal as a page shows it. gone: (kind, id) of versions that are no longer on record."""
    records = tuple(
        RecordChange(
            number, draft.title, str(DOING_LABELS.get(draft.doing, draft.doing)), draft.before, draft.after,
            draft.row is not None and (draft.slug, draft.row) in gone,
        )
        for number, draft in enumerate(records_of(proposal))
    )  # fmt: skip
    return ProposalRow(
        proposal.id, proposal.person_id, proposal.person.code, name, proposal.state, proposal.get_state_display(),
        changes_of(proposal, now), proposal.reason, proposal.proposed_by, proposal.user_id, proposal.proposed_at,
        tuple((step.get_state_display(), step.done_by, step.done_at, step.note) for step in steps),
        tuple((paper.id, paper.name) for paper in proposal.papers.order_by("id")),
        records, tuple(_kept(proposal).get(_UNREAD, ())),
    )  # fmt: skip
