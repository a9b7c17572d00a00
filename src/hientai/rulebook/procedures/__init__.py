"""The shipped procedures, one file each, and the public holidays; every definition is proved sound when loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.ballots import Rule, read_rule
from hientai.engines.ballots.published import published_document, published_rules
from hientai.engines.document import day_of, fields_of, list_of, name_of, required, truth_of, whole_of
from hientai.engines.errors import BadInput
from hientai.engines.procedure import Calendar, Definition, faults, read_definition
from hientai.engines.wording import say

FOLDER = Path(__file__).parent
HOLIDAYS = "holidays.yaml"


@cache
def definitions(folder: Path = FOLDER) -> tuple[Definition, ...]:
    """Every definition by kind and first day. Raises BadInput with file and place where one is malformed or unsound."""
    found = [_definition(file) for file in sorted(folder.glob("*.yaml")) if file.name != HOLIDAYS]
    ordered = sorted(found, key=lambda one: (one.kind, one.valid_from))
    _check_regimes(ordered)
    return tuple(ordered)


def definition_in_force(kind: str, on: date, folder: Path = FOLDER) -> Definition:
    """The definition of a kind under which a case may begin on a day. Raises BadInput with the kinds there are."""
    known = definitions(folder)
    found = next((one for one in known if one.kind == kind and one.holds_on(on)), None)
    if found is None:
        raise BadInput(
            "no_procedure",
            say(
                "Ngày {day} không có quy trình “{kind}” nào có hiệu lực. Các quy trình có: {known}.",
                day=f"{on:%d/%m/%Y}",
                kind=kind,
                known=", ".join(sorted({one.kind for one in known})),
            ),
            kind,
        )
    return found


def kept_document(definition: Definition, folder: Path = FOLDER) -> dict[str, Any]:
    """A shipped definition with its ballot rules as one JSON document: what a case keeps of the day it began."""
    for file in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        if raw.get("code") == definition.code:
            plain: dict[str, Any] = json.loads(json.dumps(raw, default=lambda value: value.isoformat()))
            codes = sorted({step.ballot for step in definition.steps if step.ballot})
            return {"definition": plain, "rules": {code: published_document(code) for code in codes}}
    raise BadInput("no_procedure", say("Không có quy trình “{kind}”.", kind=definition.code), definition.code)


def read_kept(document: Mapping[str, Any]) -> tuple[Definition, dict[str, Rule]]:
    """The definition and its ballot rules out of `kept_document`."""
    rules = {code: read_rule(entry, code) for code, entry in document["rules"].items()}
    return read_definition(document["definition"], rules, "kept"), rules


@cache
def calendar(folder: Path = FOLDER) -> Calendar:
    """Days off and days worked in exchange. Raises BadInput with the place of a malformed entry."""
    where = HOLIDAYS
    document = yaml.safe_load((folder / HOLIDAYS).read_text(encoding="utf-8"))
    fields = fields_of(document, ("sources", "complete", "days_off", "worked"), where)
    sources = fields_of(fields.get("sources", {}), None, f"{where}: sources")
    off: dict[date, bool] = {}
    for i, entry in enumerate(list_of(fields, "days_off")):
        at = f"{where}: days_off[{i}]"
        inner = fields_of(entry, ("from", "to", "title", "source", "verified", "note"), at)
        first, last = _day(required(inner, "from", at), at), _day(required(inner, "to", at), at)
        if last < first:
            raise BadInput("dates_out_of_order", say("Ngày cuối trước ngày đầu."), at)
        off |= dict.fromkeys(_days(first, last), _is_sure(inner, sources, at))
    worked: dict[date, bool] = {}
    for i, entry in enumerate(list_of(fields, "worked", optional=True)):
        at = f"{where}: worked[{i}]"
        inner = fields_of(entry, ("day", "title", "source", "verified", "note"), at)
        worked[_day(required(inner, "day", at), at)] = _is_sure(inner, sources, at)
    years = frozenset(whole_of(year, f"{where}: complete", 1900) for year in list_of(fields, "complete"))
    return Calendar(off, worked, years)


def _definition(file: Path) -> Definition:
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadInput(
            "not_yaml", say("Tệp không phải YAML hợp lệ: {reason}", reason=str(error)), file.name
        ) from error
    rules = published_rules()
    definition = read_definition(document, rules, file.name)
    found = faults(definition, rules)
    if found:
        raise BadInput("unsound_procedure", found[0], file.name)
    check_sources(definition, file.name)
    return definition


def check_sources(definition: Definition, where: str) -> None:
    """A part that claims to be confirmed names a page on which it was read."""
    parts = [(step.code, step.citation, step.verified) for step in definition.steps]
    parts += [
        (paper.code, paper.citation, paper.verified)
        for s in definition.steps
        for paper in s.needs
        if paper.citation
    ]
    for code, citation, verified in parts:
        if verified and not citation.source:
            raise BadInput(
                "no_source", say("“{code}” ghi đã đối chiếu nhưng không nêu nguồn.", code=code), where
            )
        if citation.source and citation.source not in definition.sources:
            raise BadInput(
                "unknown_source", say("“sources” không có “{key}”.", key=citation.source), f"{where}: {code}"
            )


def _check_regimes(ordered: list[Definition]) -> None:
    """Two definitions of one kind never hold on one day, and no two carry one code."""
    codes = [one.code for one in ordered]
    for code in codes:
        if codes.count(code) > 1:
            raise BadInput("duplicate_procedure", say("Hai tệp cùng mã quy trình “{code}”.", code=code), code)
    for earlier, later in pairwise(ordered):
        if earlier.kind == later.kind and (earlier.valid_to is None or later.valid_from < earlier.valid_to):
            raise BadInput("overlapping_regimes", say("Hai quy trình cùng loại chồng hiệu lực."), later.code)


def _is_sure(fields: Any, sources: Any, where: str) -> bool:
    verified = truth_of(required(fields, "verified", where), where)
    name_of(required(fields, "title", where), where)
    source = fields.get("source", "")
    if verified and source not in sources:
        raise BadInput(
            "no_source", say("Ngày nghỉ ghi đã đối chiếu phải nêu nguồn có trong “sources”."), where
        )
    return verified


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _day(value: Any, where: str) -> date:
    return value if type(value) is date else day_of(value, where)
