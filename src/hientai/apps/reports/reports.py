"""What this capability itself gives to the catalogue of reports: the extract list of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.accounts import selectors as accounts
from hientai.apps.cadres import selectors as cadres
from hientai.apps.reports.extract import GROUPS, PAPERS, Choice, extract, usual_columns
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Report
from hientai.foundation.people_lists import FROM, found_people
from hientai.foundation.registry import ReportOption, ReportSource

USUAL = "usual"


def column_sets(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    """The usual columns, and the choices the account has kept."""
    kept = accounts.saved_views(actor=actor, as_of=as_of, page="extract")
    return [(USUAL, _("Cột thường dùng")), *((row.name, row.name) for row in kept)]


def groups(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    return [
        (code or "none", str(label)) for code, label in sorted(GROUPS.items(), key=lambda g: g[0] != "unit")
    ]


def papers(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in PAPERS.items()]


def extract_of_unit(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """Everybody on file at or below the unit, in protocol order."""
    asked = {FROM: "people", **({"unit": unit} if unit else {})}
    people = found_people(actor=actor, as_of=as_of, asked=asked)
    group = "" if options["group"] == "none" else options["group"]
    choice = Choice(_columns(actor, as_of, options["columns"]), group, paper=options["paper"])
    return extract(actor=actor, as_of=as_of, people=people, choice=choice)


def _columns(actor: Actor, as_of: date, name: str) -> tuple[str, ...]:
    kept = {row.name: row.query for row in accounts.saved_views(actor=actor, as_of=as_of, page="extract")}
    chosen = parse_qs(kept.get(name, "")).get("cols", [""])[0]
    return tuple(chosen.split(",")) if chosen else usual_columns(actor)


EXTRACT = ReportSource(
    "extract",
    gettext_lazy("Danh sách trích ngang"),
    gettext_lazy("Cán bộ của một đơn vị theo thứ tự lễ tân; cột, cách chia nhóm và khổ giấy tùy chọn."),
    extract_of_unit,
    cadres.READ,
    20,
    (
        ReportOption("columns", gettext_lazy("Mẫu cột"), column_sets),
        ReportOption("group", gettext_lazy("Chia nhóm"), groups),
        ReportOption("paper", gettext_lazy("Khổ giấy"), papers),
    ),
)
