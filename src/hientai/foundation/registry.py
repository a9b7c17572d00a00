"""Where higher layers announce themselves to lower ones, filled in each app's `ready()`.

There are no signals: "who adds this?" is answered by docs/reference/registry.md, printed from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.functional import Promise

from hientai.foundation.actor import Actor


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation, shown to those who hold `permission`."""

    section: str | Promise
    label: str | Promise
    url_name: str
    permission: str
    order: int
    icon: str = ""


@dataclass(frozen=True)
class PersonPanel:
    """A panel of the person page: `content(actor, person_id, as_of)` fills `template`."""

    code: str
    title: str | Promise
    template: str
    content: Callable[..., dict[str, Any]]
    permission: str
    order: int


@dataclass(frozen=True)
class SeatPanel:
    """What a capability says about seats (successors, papers): `content(actor, seat_ids, as_of)` answers rows by seat.

    content: asked once for all seats of a page; seat id -> rows, each a dict with `text`, and where there is one
    `url`, `note`, `tone`; seats it has nothing to say about are missing.
    """

    code: str
    title: str | Promise
    content: Callable[..., dict[int, list[dict[str, Any]]]]
    permission: str
    order: int


OF_SOME_PEOPLE = "/* of some people */"


@dataclass(frozen=True)
class Export:
    """A table of the columnar snapshot: name, the SQL that reads it out of PostgreSQL, and what is added in columns.

    A table with a column `person_id` may be asked for some people only: its rows about a person must rest on records of
    that person and on tables that name nobody. The whole statement is then restricted to them, and every OF_SOME_PEOPLE
    in it, for sources that PostgreSQL would go through whole otherwise.
    """

    table: str
    sql: str
    derive: Callable[[pl.DataFrame], pl.DataFrame] | None = None


@dataclass(frozen=True)
class Tile:
    """A figure of the home page: value with unit and base, and the address of its list."""

    label: str | Promise
    value: int
    unit: str | Promise
    base: str | Promise
    url: str


@dataclass(frozen=True)
class TileSource:
    """`tiles(actor, as_of)` gives the figures one capability shows on the home page."""

    tiles: Callable[..., list[Tile]]
    permission: str
    order: int


@dataclass(frozen=True)
class HomePanel:
    """A chart or table of the home page: `content(actor, as_of)` fills `template`."""

    title: str | Promise
    template: str
    content: Callable[..., dict[str, Any]]
    permission: str
    order: int


@dataclass(frozen=True)
class SearchSource:
    """What the global search asks: `find(actor, text, as_of)` gives (label, note, address) rows."""

    label: str | Promise
    find: Callable[..., list[tuple[str, str, str]]]
    permission: str


@dataclass(frozen=True)
class UnitUse:
    """What keeps a unit from ending, or an act on it from being undone.

    `find(unit_ids=, since=)` names records that hold at these units on or after a day: codes, never names of people.
    """

    label: str | Promise
    find: Callable[..., list[str]]


@dataclass(frozen=True)
class UnitFigure:
    """A number of a unit with everything below it: `count(actor, as_of, unit_ids)` gives id -> number.

    url: `url(code, as_of)` is the address of the list behind it.
    """

    code: str
    label: str | Promise
    count: Callable[..., dict[int, int]]
    url: Callable[..., str]
    permission: str
    order: int


@dataclass(frozen=True)
class UnitPanel:
    """A panel of the unit page: `content(actor, unit_id, code, as_of)` fills `template`."""

    code: str
    title: str | Promise
    template: str
    content: Callable[..., dict[str, Any]]
    permission: str
    order: int


@dataclass(frozen=True)
class ProcedureHandler:
    """What happens to the thing a case was opened for. subject_kind: the word the case carries (`plan_proposal`).

    approved(actor=, subject_id=, names=, on=, source=): the case ended with approval for `names`, pairs of person and
    seat (None where the case was about no seat); closed(actor=, subject_id=, ending=, on=, source=): it ended
    otherwise. Both run in the transaction of the act and may refuse it. url(subject_id): the page of the thing.
    """

    subject_kind: str
    label: str | Promise
    approved: Callable[..., None]
    closed: Callable[..., None]
    url: Callable[[str], str]


@dataclass(frozen=True)
class ReportOption:
    """One more question a report asks; `choices(actor, as_of)` gives (value, label) pairs, the first is the default."""

    name: str
    label: str | Promise
    choices: Callable[..., list[tuple[str, str]]]


@dataclass(frozen=True)
class ReportSource:
    """A report of the catalogue: `build(actor, as_of, unit, options)` answers a `foundation.documents.report.Report`.

    unit: a unit code or "" for all the actor may see; options: by the names of `options`. The page, the command, every
    form it is written in, freezing and verifying come by themselves.
    """

    code: str
    title: str | Promise
    about: str | Promise
    build: Callable[..., Any]
    permission: str
    order: int
    options: tuple[ReportOption, ...] = ()


@dataclass(frozen=True)
class MeasuredFigure:
    """One figure of a measure: for whom, how many of how many (None: has no basis), and the addresses of both lists."""

    label: str | Promise
    count: int | None
    base: int
    count_url: str = ""
    base_url: str = ""

    @property
    def share(self) -> float | None:
        """The count on its base; None where there is no basis or nobody."""
        return None if self.count is None or not self.base else self.count / self.base


@dataclass(frozen=True)
class MeasureSource:
    """Something that documents set targets for, as a share: `figures(actor, as_of, unit_id)` gives a line a group.

    code: as targets name it (`plan.share_women`); unit_id: at or below that unit, None for all the actor may see.
    """

    code: str
    label: str | Promise
    figures: Callable[..., list[MeasuredFigure]]
    permission: str


@dataclass(frozen=True)
class ProposalDesk:
    """Where changes of a file are proposed for others to decide.

    read: `(*, actor, person_id, typed)` of fields as typed -> (changes field by field, [(text, why)] unreadable);
    send: `(*, actor, person_id, version, typed, records, unread, reason, papers)` -> the address of the proposal.
    """

    read: Callable[..., Any]
    send: Callable[..., str]


_measures: dict[str, MeasureSource] = {}
_unit_uses: list[UnitUse] = []
_unit_figures: list[UnitFigure] = []
_unit_panels: list[UnitPanel] = []
_navigation: list[NavigationItem] = []
_panels: list[PersonPanel] = []
_seat_panels: list[SeatPanel] = []
_exports: dict[str, Export] = {}
_searches: list[SearchSource] = []
_tiles: list[TileSource] = []
_home_panels: list[HomePanel] = []
_document_address: list[Callable[[str], str]] = []
_procedure_handlers: dict[str, ProcedureHandler] = {}
_reports: dict[str, ReportSource] = {}
_actor_factory: list[Callable[[Any, date], Actor]] = []
_proposal_desk: list[ProposalDesk] = []
_erasers: list[Callable[..., int]] = []


def register_navigation(item: NavigationItem) -> None:
    _navigation.append(item)


def register_panel(panel: PersonPanel) -> None:
    _panels.append(panel)


def register_seat_panel(panel: SeatPanel) -> None:
    _seat_panels.append(panel)


def register_export(export: Export) -> None:
    """Raises ValueError when two apps export one name."""
    if export.table in _exports:
        raise ValueError(f"{export.table} is exported twice")
    _exports[export.table] = export


def register_search(source: SearchSource) -> None:
    _searches.append(source)


def register_tiles(source: TileSource) -> None:
    _tiles.append(source)


def register_home_panel(panel: HomePanel) -> None:
    _home_panels.append(panel)


def register_unit_use(use: UnitUse) -> None:
    _unit_uses.append(use)


def register_unit_figure(figure: UnitFigure) -> None:
    _unit_figures.append(figure)


def register_unit_panel(panel: UnitPanel) -> None:
    _unit_panels.append(panel)


def register_measure(source: MeasureSource) -> None:
    """Raises ValueError when two apps measure one thing."""
    if source.code in _measures:
        raise ValueError(f"the measure {source.code} is registered twice")
    _measures[source.code] = source


def measures() -> dict[str, MeasureSource]:
    return dict(_measures)


def unit_uses() -> list[UnitUse]:
    return list(_unit_uses)


def unit_figures() -> list[UnitFigure]:
    return sorted(_unit_figures, key=lambda figure: figure.order)


def unit_panels() -> list[UnitPanel]:
    return sorted(_unit_panels, key=lambda panel: panel.order)


def register_document_address(address: Callable[[str], str]) -> None:
    """Says where the page of a legal document is, by its number."""
    _document_address[:] = [address]


def document_address(code: str) -> str:
    """The address of a document's page; "" where there is none."""
    return _document_address[0](code) if _document_address else ""


def register_procedure_handler(handler: ProcedureHandler) -> None:
    """Raises ValueError when two capabilities take one kind of subject."""
    if handler.subject_kind in _procedure_handlers:
        raise ValueError(f"{handler.subject_kind} is handled twice")
    _procedure_handlers[handler.subject_kind] = handler


def register_report(source: ReportSource) -> None:
    """Raises ValueError when two apps give one code."""
    if source.code in _reports:
        raise ValueError(f"the report {source.code} is registered twice")
    _reports[source.code] = source


def register_actor_factory(build: Callable[[Any, date], Actor]) -> None:
    _actor_factory[:] = [build]


def register_proposal_desk(desk: ProposalDesk) -> None:
    _proposal_desk[:] = [desk]


def proposal_desk() -> ProposalDesk:
    """The desk; there is always one in a whole program."""
    return _proposal_desk[0]


def register_eraser(erase: Callable[..., int]) -> None:
    """`(*, actor, codes)`: takes people out of what a capability keeps about many at once; how many places."""
    _erasers.append(erase)


def erasers() -> list[Callable[..., int]]:
    return list(_erasers)


def actor_of(user: Any, today: date) -> Actor:
    """The actor of a signed-in account."""
    return _actor_factory[0](user, today)


def navigation_for(request: Any) -> list[dict[str, Any]]:
    """The navigation of a page, sections in a row: label, address, icon, whether it is where one is."""
    entries = []
    for item in sorted(_navigation, key=lambda item: item.order):
        if request.actor.may(item.permission):
            url = reverse(item.url_name)
            here = request.path == url if url == "/" else request.path.startswith(url)
            entries.append(
                {"section": item.section, "label": item.label, "url": url, "icon": item.icon, "current": here}
            )
    return entries


def panels() -> list[PersonPanel]:
    return sorted(_panels, key=lambda panel: panel.order)


def seat_panels() -> list[SeatPanel]:
    return sorted(_seat_panels, key=lambda panel: panel.order)


def exports() -> dict[str, Export]:
    return dict(_exports)


def searches() -> list[SearchSource]:
    return list(_searches)


def tiles() -> list[TileSource]:
    return sorted(_tiles, key=lambda source: source.order)


def procedure_handlers() -> dict[str, ProcedureHandler]:
    return dict(_procedure_handlers)


def home_panels() -> list[HomePanel]:
    return sorted(_home_panels, key=lambda panel: panel.order)


def reports() -> list[ReportSource]:
    """The catalogue, in its order."""
    return sorted(_reports.values(), key=lambda source: (source.order, source.code))
