"""Events as plain documents, so that they can be stored and replayed: `read_event(kind, written)` undoes `written`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.procedure import events
from hientai.engines.procedure.events import Event
from hientai.engines.wording import say

KINDS: Mapping[str, type] = {
    "summoned": events.Summoned,
    "met": events.Met,
    "ballot_closed": events.BallotClosed,
    "ballot_corrected": events.BallotCorrected,
    "paper": events.PaperGiven,
    "waived": events.Waived,
    "finished": events.Finished,
    "suspended": events.Suspended,
    "resumed": events.Resumed,
    "returned": events.Returned,
    "stopped": events.Stopped,
}
_KIND_OF = {kind: name for name, kind in KINDS.items()}
_DAYS = {"on", "meeting_on", "signed_on", "valid_until"}
_NAMES = {"passed", "names"}


def kind_of(event: Event) -> str:
    """The stable word an event is stored under."""
    return _KIND_OF[type(event)]


def written(event: Event) -> dict[str, Any]:
    """The fields of an event as JSON values, without its day `on`, which is stored beside it."""
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event) if field.name != "on"}


def read_event(kind: str, on: date, document: Mapping[str, Any]) -> Event:
    """The event of a stored document. Raises BadInput for a kind nobody knows."""
    if kind not in KINDS:
        raise BadInput("unknown_event", say("Không có loại việc “{kind}”.", kind=kind), kind)
    values = {key: _value(key, value) for key, value in document.items()}
    event: Event = KINDS[kind](on=on, **values)
    return event


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key in _DAYS:
        return date.fromisoformat(value)
    return tuple(value) if key in _NAMES else value
