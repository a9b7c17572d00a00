"""The desk where pages of lower capabilities leave what is proposed about a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import RecordDraft
from hientai.apps.integrity import services
from hientai.apps.integrity.fields import BY_NAME, read, values_of
from hientai.apps.integrity.types import PROPOSE, FieldChange
from hientai.engines.errors import BadInput
from hientai.engines.vitext import search_key
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict
from hientai.foundation.registry import ProposalDesk


def read_fields(
    *, actor: Actor, person_id: int, typed: Mapping[str, str]
) -> tuple[list[FieldChange], list[tuple[str, str]]]:
    """What fields would change, in the order of the form, and (text, why) of those that could not be read.

    A name in capitals, or a word with another sign of tone, changes nothing.
    """
    file = cadres.file_under(actor=actor, as_of=actor.today, person_id=person_id, permission=PROPOSE)
    now, changes, unreadable = values_of(file), [], []
    for name, field in BY_NAME.items():
        if not typed.get(name):
            continue
        try:
            after = read(name, typed[name])
        except BadInput as error:
            unreadable.append((f"{field.label}: {typed[name]}", str(error.message.render(_))))
            continue
        if after != now[name] and (field.is_day or search_key(after) != search_key(now[name])):
            changes.append(FieldChange(name, str(field.label), now[name], after, now[name]))
    return changes, unreadable


def send(
    *, actor: Actor, person_id: int, reason: str, records: Sequence[RecordDraft] = (),
    typed: Mapping[str, str] | None = None, unread: Sequence[str] = (), version: str = "",
    papers: Sequence[tuple[str, bytes]] = (),
) -> str:  # fmt: skip
    """Makes the proposal and returns its address. Raises Conflict when the file is no longer at `version`."""
    file = cadres.file_under(actor=actor, as_of=actor.today, person_id=person_id, permission=PROPOSE)
    if version and file.version != version:
        raise Conflict(
            "changed_meanwhile",
            say(
                "Hồ sơ vừa được người khác thay đổi sau khi đọc bản khai; chưa gửi gì. Hãy nộp lại bản khai."
            ),
        )
    made = services.propose(
        actor=actor, person_id=person_id, seen=values_of(file), typed=typed or {}, reason=reason, papers=papers,
        records=records, unread=unread,
    )  # fmt: skip
    return reverse("proposal", args=[made.pk])


DESK = ProposalDesk(read_fields, send)
