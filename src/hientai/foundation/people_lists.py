"""Lists of people that screens hand to each other: where a list comes from, and the columns it can show.

A list is named by its source and the question in its address, never by the people in it: so it can be shared, asked
again as of another day, and shows everybody only what they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

FROM = "from"
_OWN = ("page", "format", "cols", "column", "group", "order", "paper", FROM)


@dataclass(frozen=True)
class OwnColumn:
    """A column that only this list has, shown last: `read(ids)` gives person id -> words."""

    label: str
    read: Callable[[Sequence[int]], Mapping[int, str]]
    width: float = 2.0


@dataclass(frozen=True)
class FoundPeople:
    """ids: who is in the list, in its own order; title: what the list is; base: of what it is a part, in words.

    own: what only this list knows about its people, such as why they are in it.
    """

    ids: tuple[int, ...]
    title: str
    base: str
    own: OwnColumn | None = None


class Find(Protocol):
    """Answers a list from the parameters of an address."""

    def __call__(self, *, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople: ...


@dataclass(frozen=True)
class PeopleSource:
    """A screen whose list of people can be taken over; `find` scopes by the actor and raises NotFound, BadInput."""

    code: str
    find: Find
    permission: str


@dataclass(frozen=True)
class ListColumn:
    """code; label; over: words over the label, shared with neighbours; width: 1 is a narrow column; align: l, c, r.

    permission: needed beyond that of the list, "" for none; usual: shown unless somebody chooses otherwise.
    """

    code: str
    label: str | Promise
    over: str | Promise = ""
    width: float = 1.0
    align: str = "l"
    permission: str = ""
    usual: bool = False


class Read(Protocol):
    """Answers wanted columns of many people: column code -> person id -> value."""

    def __call__(
        self, *, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]
    ) -> Mapping[str, Mapping[int, Any]]: ...


@dataclass(frozen=True)
class ColumnSource:
    """Columns that one capability gives to lists of people, under one heading; `read` is asked once a list."""

    label: str | Promise
    columns: Callable[[], tuple[ListColumn, ...]]
    read: Read
    order: int


_sources: dict[str, PeopleSource] = {}
_columns: list[ColumnSource] = []


def register_people(source: PeopleSource) -> None:
    """Raises ValueError when two screens give one code."""
    if source.code in _sources:
        raise ValueError(f"the list {source.code} is registered twice")
    _sources[source.code] = source


def register_columns(source: ColumnSource) -> None:
    _columns.append(source)


def column_sources() -> list[ColumnSource]:
    return sorted(_columns, key=lambda source: source.order)


def found_people(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """The list that an address names. Raises NotFound, Forbidden."""
    source = _sources.get(asked.get(FROM, ""))
    if source is None:
        raise NotFound(asked.get(FROM, ""))
    actor.check_may(source.permission)
    return source.find(actor=actor, as_of=as_of, asked=asked)


def extract_item(request: Any, source: str, **more: str) -> list[dict[str, str]]:
    """The way from a list on a screen to its extract, for `<c-export>`; empty for who may not export."""
    if not request.actor.may("exchange.export"):
        return []
    kept = {key: value for key, value in request.GET.items() if key not in _OWN and value}
    query = {FROM: source, **kept, **more, "as_of": request.as_of.isoformat()}
    return [
        {"label": _("Danh sách trích ngang…"), "url": f"{reverse('extract')}?{urlencode(query)}", "page": "1"}
    ]
