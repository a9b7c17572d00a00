"""Turns the plain content of one document file into a `Document`, noting all that is not as it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from hientai.engines.criteria.tree import Citation, Direction, LocalChange, Parameter, Standard, walk
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.wording import Sentence, say
from hientai.rulebook.book import Document
from hientai.rulebook.fields import Fields, mapping_of
from hientai.rulebook.findings import Findings, Place
from hientai.rulebook.nodes import NODE_KEYS, NodeParser, citation_of
from hientai.rulebook.targets import parse_targets

DOCUMENT_KEYS = [
    "code",
    "title",
    "issuer",
    "signed",
    "in_force",
    "replaces",
    "sources",
    "notes",
    "parameters",
    "shared",
    "standards",
    "procedures",
    "dossiers",
    "targets",
]
PARAMETER_KEYS = [
    "value",
    "unit",
    "citation",
    "verified",
    "direction",
    "local_change",
    "note",
    "basis",
    "in_force",
]
FORCE_KEYS = ["from", "to", "verified", "note"]
STANDARD_KEYS = ["title", "in_force", *NODE_KEYS]


@dataclass(frozen=True)
class Force:
    """Half-open days of force and whether they are confirmed."""

    valid_from: date | None
    valid_to: date | None
    verified: bool


def parse_document(
    raw: Any, place: Place, slug: str, catalogue: Catalogue, findings: Findings
) -> Document | None:
    """The document of one file; None where too much is missing to make one (then there are findings)."""
    before = len(findings.found)
    fields = Fields(raw, place, findings, DOCUMENT_KEYS)
    code, title, issuer = fields.text("code"), fields.text("title"), fields.text("issuer")
    signed = fields.day("signed")
    force = _force(fields, required=True)
    if force.valid_from is not None and signed is not None and force.valid_from < signed:
        findings.add(
            "in_force_before_signed",
            place.at("in_force", "from"),
            say("Ngày có hiệu lực sớm hơn ngày ký; xem lại hai ngày."),
        )
    parameters, structure = _parameters(fields, code, force)
    standards = _standards(fields, code, force, parameters, catalogue)
    sources = {key: str(page) for key, page in mapping_of(fields.raw.get("sources"), place, findings).items()}
    targets = parse_targets(fields.raw.get("targets"), place.at("targets"), code, findings)
    _check_sources(parameters, standards, sources, place, findings)
    for target in targets:
        _check_source(target.citation, sources, place.at("targets"), findings)
    if signed is None or force.valid_from is None or not code or len(findings.found) > before:
        return None
    return Document(
        code,
        slug,
        Sentence(title),
        issuer,
        signed,
        force.valid_from,
        force.valid_to,
        force.verified,
        fields.texts("replaces"),
        parameters,
        structure,
        standards,
        sources,
        fields.texts("notes"),
        targets,
    )


def _check_sources(
    parameters: Mapping[str, tuple[Parameter, ...]],
    standards: Mapping[str, Standard],
    sources: Mapping[str, str],
    place: Place,
    findings: Findings,
) -> None:
    """Every page that a citation names must be among the sources of the document."""
    cited = [
        (place.at("parameters", key), version.citation)
        for key, versions in parameters.items()
        for version in versions
    ]
    cited += [
        (place.at("standards", code), node.citation)
        for code, standard in standards.items()
        for node in walk(standard.rule)
    ]
    for at, citation in cited:
        _check_source(citation, sources, at, findings)


def _check_source(citation: Citation, sources: Mapping[str, str], at: Place, findings: Findings) -> None:
    if citation.source and citation.source not in sources:
        findings.add(
            "unknown_source",
            at,
            say("Trích dẫn nêu nguồn “{source}” nhưng “sources” không có.", source=citation.source),
        )


def _force(fields: Fields, *, required: bool) -> Force:
    if "in_force" not in fields and not required:
        return Force(None, None, True)
    inner = Fields(fields.raw.get("in_force"), fields.place.at("in_force"), fields.findings, FORCE_KEYS)
    first, last = inner.day("from", required=required), inner.day("to", required=False)
    if first is not None and last is not None and first >= last:
        fields.findings.add(
            "dates_out_of_order",
            inner.place.at("to"),
            say("Ngày hết hiệu lực phải sau ngày có hiệu lực; “to” là ngày đầu tiên không còn hiệu lực."),
        )
    return Force(first, last, inner.truth("verified", required=False, default=True))


def _within(force: Force, outer: Force, place: Place, findings: Findings) -> Force:
    """Own days inside those of the document; ends that are not given are the document's."""
    first = outer.valid_from if force.valid_from is None else force.valid_from
    last = outer.valid_to if force.valid_to is None else force.valid_to
    too_early = first is not None and outer.valid_from is not None and first < outer.valid_from
    too_late = outer.valid_to is not None and last is not None and last > outer.valid_to
    if too_early or too_late:
        findings.add("outside_document", place, say("Khoảng hiệu lực vượt ra ngoài hiệu lực của văn bản."))
    return Force(first, last, force.verified)


def _parameters(
    fields: Fields, code: str, force: Force
) -> tuple[dict[str, tuple[Parameter, ...]], dict[str, str]]:
    place, findings = fields.place.at("parameters"), fields.findings
    parameters: dict[str, tuple[Parameter, ...]] = {}
    structure: dict[str, str] = {}
    for key, raw in mapping_of(fields.raw.get("parameters"), place, findings).items():
        at = place.at(key)
        if isinstance(raw, dict) and raw.get("basis") == "none":
            structure[key] = Fields(raw, at, findings, ("basis", "note")).text("note")
            continue
        if raw == []:
            findings.add("not_a_list", at, say("Chỗ này phải là một danh sách, ít nhất một phần tử."))
        versions = raw if isinstance(raw, list) else [raw]
        where = [at.at(number) if isinstance(raw, list) else at for number in range(len(versions))]
        parsed = [
            _parameter(key, one, spot, code, force, findings)
            for one, spot in zip(versions, where, strict=True)
        ]
        parameters[key] = tuple(version for version in parsed if version is not None)
        _check_versions(parameters[key], at, findings)
    return parameters, structure


def _parameter(
    key: str, raw: Any, place: Place, code: str, force: Force, findings: Findings
) -> Parameter | None:
    fields = Fields(raw, place, findings, PARAMETER_KEYS)
    value = fields.raw.get("value")
    if isinstance(value, list) and not all(isinstance(one, str | int | float) for one in value):
        findings.add("bad_value", place.at("value"), say("Danh sách giá trị chỉ gồm chữ và số."))
        return None
    if value is None or isinstance(value, dict):
        findings.add(
            "missing_value", place, say("Tham số chưa có giá trị; nếu chưa có căn cứ thì ghi “basis: none”.")
        )
        return None
    own = _within(_force(fields, required=False), force, place.at("in_force"), findings)
    direction = fields.choice("direction", Direction)
    change = fields.choice("local_change", LocalChange)
    if direction in (Direction.MINIMUM, Direction.MAXIMUM) and not _is_number(value):
        findings.add(
            "not_a_number",
            place.at("value"),
            say("“{value}” không phải là số; mức ít nhất hoặc nhiều nhất phải là số.", value=str(value)),
        )
        return None
    return Parameter(
        key,
        tuple(value) if isinstance(value, list) else value,
        fields.text("unit"),
        citation_of(fields, code) or Citation(code),
        fields.truth("verified"),
        direction or Direction.EXACT,
        change or LocalChange.NONE,
        fields.text("note", required=False),
        own.valid_from,
        own.valid_to,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_versions(versions: tuple[Parameter, ...], place: Place, findings: Findings) -> None:
    ordered = sorted(versions, key=lambda version: version.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or later.valid_from is None or later.valid_from < earlier.valid_to:
            findings.add(
                "overlapping_versions", place, say("Hai giá trị của cùng tham số có hiệu lực chồng nhau.")
            )


def _standards(
    fields: Fields,
    code: str,
    force: Force,
    parameters: dict[str, tuple[Parameter, ...]],
    catalogue: Catalogue,
) -> dict[str, Standard]:
    findings = fields.findings
    shared = mapping_of(fields.raw.get("shared"), fields.place.at("shared"), findings)
    parser = NodeParser(code, parameters, shared, fields.place.at("shared"), catalogue, findings)
    standards: dict[str, Standard] = {}
    place = fields.place.at("standards")
    for name, raw in mapping_of(fields.raw.get("standards"), place, findings).items():
        at = place.at(name)
        inner = Fields(raw, at, findings, STANDARD_KEYS)
        title = Sentence(inner.text("title"))
        own = _within(_force(inner, required=False), force, at.at("in_force"), findings)
        rule = parser.root(inner, title)
        if rule is not None:
            standards[name] = Standard(name, title, code, rule, own.valid_from, own.valid_to)
    parser.check_all_shared_used()
    return standards
