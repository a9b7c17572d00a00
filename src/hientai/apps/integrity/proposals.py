"""Reads proposals of change: sealed values opened, compared with the file as it stands now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from hientai.apps.integrity import models
from hientai.apps.integrity.fields import BY_NAME
from hientai.apps.integrity.types import FieldChange, ProposalRow
from hientai.foundation import encryption


def sealed(changes: Mapping[str, tuple[str, str]]) -> bytes:
    """{field: (before, after)}, encrypted."""
    return encryption.seal(
        json.dumps({name: list(pair) for name, pair in changes.items()}, ensure_ascii=False)
    )


def opened(proposal: models.Proposal) -> dict[str, tuple[str, str]]:
    """{field: (before, after)} of a proposal, in the order of the form."""
    kept = json.loads(encryption.reveal(proposal.changes))
    return {name: (kept[name][0], kept[name][1]) for name in BY_NAME if name in kept}


def changes_of(proposal: models.Proposal, now: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Field by field: before, after, and as it stands now."""
    return tuple(
        FieldChange(name, str(BY_NAME[name].label), before, after, now.get(name, before))
        for name, (before, after) in opened(proposal).items()
    )


def row_of(
    proposal: models.Proposal, name: str, now: Mapping[str, str], steps: Iterable[models.ProposalStep]
) -> ProposalRow:
    """A proposal as a page shows it."""
    return ProposalRow(
        proposal.id, proposal.person_id, proposal.person.code, name, proposal.state, proposal.get_state_display(),
        changes_of(proposal, now), proposal.reason, proposal.proposed_by, proposal.user_id, proposal.proposed_at,
        tuple((step.get_state_display(), step.done_by, step.done_at, step.note) for step in steps),
        tuple((paper.id, paper.name) for paper in proposal.papers.order_by("id")),
    )  # fmt: skip
