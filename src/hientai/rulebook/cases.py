"""The cases beside a document: sentence-named people with the verdict that the text gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from hientai.engines.criteria.judge import blamed, compare, verdict_of
from hientai.engines.criteria.tree import Criterion, Standard, Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Value
from hientai.engines.wording import say
from hientai.rulebook.book import Document, Rulebook
from hientai.rulebook.fields import Fields, list_of, mapping_of
from hientai.rulebook.findings import Findings, Place

CASE_KEYS = ["name", "standard", "as_of", "facts", "verdict", "decisive", "blamed"]


@dataclass(frozen=True)
class Case:
    """One person as facts, and what the rule says about them.

    standard: a code, or a pattern (`plan.*`) for every standard of the document that fits. as_of: a day on
    which the document was in force. decisive: whether verified values alone give that verdict. blamed: keys
    of the criteria that keep the person from it, None where the case does not say.
    """

    name: str
    document: str
    standard: str
    as_of: date
    facts: Mapping[str, Value | None]
    verdict: Verdict
    decisive: bool
    blamed: tuple[str, ...] | None
    place: Place


def parse_cases(
    raw: Any, place: Place, document: Document, catalogue: Catalogue, findings: Findings
) -> tuple[Case, ...]:
    """The cases of one file (key `cases`); wrong ones are noted and left out."""
    fields = Fields(raw, place, findings, ("cases",))
    at = place.at("cases")
    parsed = [
        _case(one, at.at(number), document, catalogue, findings)
        for number, one in enumerate(list_of(fields.raw.get("cases"), at, findings))
    ]
    return tuple(case for case in parsed if case is not None)


def _case(
    raw: Any, place: Place, document: Document, catalogue: Catalogue, findings: Findings
) -> Case | None:
    fields = Fields(raw, place, findings, CASE_KEYS)
    name, standard = fields.text("name"), fields.text("standard")
    as_of = fields.day("as_of", required=False) or document.valid_from
    verdict = fields.choice("verdict", Verdict)
    facts = mapping_of(fields.raw.get("facts"), place.at("facts"), findings)
    try:
        catalogue.check_values(facts)
    except BadInput as error:
        findings.add(error.code, place.at("facts", error.where), error.message)
        return None
    if not document.in_force_on(as_of):
        findings.add("case_out_of_force", place, say("Ngày của ca thử nằm ngoài hiệu lực của văn bản."))
        return None
    if not any(fnmatchcase(code, standard) for code in document.standards):
        findings.add(
            "unknown_standard",
            place.at("standard"),
            say("Văn bản không có tiêu chuẩn “{code}”.", code=standard),
        )
        return None
    if verdict is None or not name:
        return None
    decisive = fields.truth("decisive", required=False, default=True)
    names = fields.texts("blamed") if "blamed" in fields else None
    return Case(name, document.code, standard, as_of, facts, verdict, decisive, names, place)


def run_case(case: Case, rulebook: Rulebook, findings: Findings) -> int:
    """Judges the person of a case by every standard it names; notes differences, returns how many."""
    judged = 0
    for code in rulebook.document(case.document).standards:
        if not fnmatchcase(code, case.standard):
            continue
        standard = rulebook.standard_of(code, case.document, case.as_of)
        judged += 1
        _compare(case, standard, findings)
    return judged


def _compare(case: Case, standard: Standard, findings: Findings) -> None:
    verdict = verdict_of(standard, case.facts)
    decisive = verdict is verdict_of(standard, case.facts, confirmed=True)
    if (verdict, decisive) != (case.verdict, case.decisive):
        findings.add(
            "case_fails",
            case.place,
            say(
                "Ca thử “{name}” trái với quy tắc {standard}: mong đợi {wanted}, quy tắc cho {found}.",
                name=case.name,
                standard=standard.code,
                wanted=_told(case.verdict, case.decisive),
                found=_told(verdict, decisive),
            ),
        )
        return
    met = verdict is Verdict.MET
    behind = () if met else blamed(standard.rule, _outcomes(case), verdict)
    keys = tuple(criterion.key for criterion in behind)
    if case.blamed is not None and set(keys) != set(case.blamed):
        findings.add(
            "case_blames_others",
            case.place.at("blamed"),
            say(
                "Ca thử “{name}”, tiêu chuẩn {standard}: tiêu chí quyết định là {found}, không phải "
                "{wanted}.",
                name=case.name,
                standard=standard.code,
                found=", ".join(keys) or "–",
                wanted=", ".join(case.blamed) or "–",
            ),
        )


def _outcomes(case: Case) -> Any:
    def outcome_of(criterion: Criterion) -> Verdict:
        return compare(case.facts.get(criterion.fact), criterion.operator, criterion.required)

    return outcome_of


def _told(verdict: Verdict, decisive: bool) -> str:
    return verdict.value if decisive else f"{verdict.value} (decisive: false)"
