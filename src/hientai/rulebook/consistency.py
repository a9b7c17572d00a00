"""What must hold between documents, and between the parts of one: time, replacement, contradiction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from hientai.engines.criteria.possible import contradictions
from hientai.engines.criteria.tree import Parameter, Standard
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.wording import say
from hientai.rulebook.book import Document
from hientai.rulebook.findings import Findings, Place

NO_END = date.max


def check_documents(
    documents: Sequence[Document], places: Mapping[str, Place], catalogue: Catalogue, findings: Findings
) -> None:
    """Notes everything that single files cannot show. places: document code -> root of its file."""
    _check_codes(documents, places, findings)
    _check_replaced(documents, places, findings)
    _check_regimes(documents, places, findings)
    _check_parameter_regimes(documents, places, findings)
    for document in documents:
        _check_bounds(document, places[document.code], findings)
        for code, standard in document.standards.items():
            _check_possible(standard, places[document.code].at("standards", code), catalogue, findings)


def _check_codes(documents: Sequence[Document], places: Mapping[str, Place], findings: Findings) -> None:
    for number, document in enumerate(documents):
        for earlier in documents[:number]:
            if document.code == earlier.code or document.slug == earlier.slug:
                findings.add(
                    "duplicate_document",
                    places[document.code].at("code"),
                    say("Hai tệp cùng mang số văn bản “{code}”.", code=document.code),
                )


def _check_replaced(documents: Sequence[Document], places: Mapping[str, Place], findings: Findings) -> None:
    by_code = {document.code: document for document in documents}
    for document in documents:
        for code in document.replaces:
            replaced = by_code.get(code)
            if replaced is None or (
                replaced.valid_to is not None and replaced.valid_to <= document.valid_from
            ):
                continue
            findings.add(
                "replaced_still_in_force",
                places[code].at("in_force", "to"),
                say(
                    "Văn bản bị {code} thay thế từ {day} nhưng vẫn ghi còn hiệu lực; sửa “in_force.to”.",
                    code=document.code,
                    day=document.valid_from.isoformat(),
                ),
            )


def _check_regimes(documents: Sequence[Document], places: Mapping[str, Place], findings: Findings) -> None:
    """Versions of one standard must follow each other without overlap or gap."""
    versions: dict[str, list[Standard]] = {}
    for document in documents:
        for code, standard in document.standards.items():
            versions.setdefault(code, []).append(standard)
    for code, found in versions.items():
        ordered = sorted(found, key=lambda standard: standard.valid_from or date.min)
        for earlier, later in pairwise(ordered):
            end, start = earlier.valid_to or NO_END, later.valid_from or date.min
            place = places[later.document].at("standards", code)
            if start < end:
                findings.add(
                    "overlapping_regimes",
                    place,
                    say(
                        "Chồng lấn: {earlier} và {later} cùng có hiệu lực từ {day}.",
                        earlier=earlier.document,
                        later=later.document,
                        day=start.isoformat(),
                    ),
                )
            elif start > end:
                findings.add(
                    "gap_between_regimes",
                    place,
                    say(
                        "Khoảng trống: từ {end} đến {start} không văn bản nào quy định tiêu chuẩn này.",
                        end=end.isoformat(),
                        start=start.isoformat(),
                    ),
                )


def _check_parameter_regimes(
    documents: Sequence[Document], places: Mapping[str, Place], findings: Findings
) -> None:
    """One parameter must not have values from two documents on one day."""
    versions: dict[str, list[tuple[Parameter, Document]]] = {}
    for document in documents:
        for key, found in document.parameters.items():
            versions.setdefault(key, []).extend((version, document) for version in found)
    for key, dated in versions.items():
        ordered = sorted(dated, key=lambda pair: pair[0].valid_from or date.min)
        for (earlier, _), (later, document) in pairwise(ordered):
            if (later.valid_from or date.min) < (earlier.valid_to or NO_END):
                findings.add(
                    "overlapping_parameters",
                    places[document.code].at("parameters", key),
                    say(
                        "Tham số “{key}” có hai giá trị cùng hiệu lực, ở {first} và {second}.",
                        key=key,
                        first=earlier.citation.document,
                        second=later.citation.document,
                    ),
                )


def _check_bounds(document: Document, place: Place, findings: Findings) -> None:
    """A lower bound above the upper bound of the same quantity (`..._min` and `..._max`)."""
    for key, lows in document.parameters.items():
        partner = re.sub(r"(^|[._])min($|[._])", r"\1max\2", key)
        if partner == key:
            continue
        for low in lows:
            for high in document.parameters.get(partner, ()):
                if _overlap(low, high) and _above(low, high):
                    findings.add(
                        "contradictory_bounds",
                        place.at("parameters", key),
                        say(
                            "Mức tối thiểu {low} lớn hơn mức tối đa {high} của “{partner}”.",
                            low=low.value,
                            high=high.value,
                            partner=partner,
                        ),
                    )


def _overlap(one: Parameter, other: Parameter) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts < min(one.valid_to or NO_END, other.valid_to or NO_END)


def _above(low: Parameter, high: Parameter) -> bool:
    numbers = [value for value in (low.value, high.value) if isinstance(value, int | float)]
    return len(numbers) == 2 and numbers[0] > numbers[1]


def _check_possible(standard: Standard, place: Place, catalogue: Catalogue, findings: Findings) -> None:
    for clash in contradictions(standard.rule, catalogue):
        findings.add(
            "can_never_be_met",
            place,
            say(
                "Không ai đạt được tiêu chuẩn này: các tiêu chí {keys} mâu thuẫn nhau về “{label}”.",
                keys=", ".join(criterion.key for criterion in clash.criteria),
                label=catalogue[clash.fact].label,
            ),
        )
