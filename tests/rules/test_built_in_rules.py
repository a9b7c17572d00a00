"""Every rule of the built-in rulebook against its sentence-named cases."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase

import pytest

from hientai.engines.criteria.judge import verdict_of
from hientai.engines.criteria.tree import Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.standard import standard_catalogue
from hientai.rulebook.load import check_rulebook

CHECKED = check_rulebook()


def test_built_in_rules_have_no_findings():
    assert [str(finding) for finding in CHECKED.findings] == []


@pytest.mark.parametrize("case", CHECKED.cases, ids=lambda case: f"{case.document}: {case.name}")
def test_case(case):
    judged = [
        CHECKED.rulebook.standard_of(code, case.document, case.as_of)
        for code in CHECKED.rulebook.document(case.document).standards
        if fnmatchcase(code, case.standard)
    ]
    assert judged
    for standard in judged:
        assert verdict_of(standard, case.facts) is case.verdict


def test_every_standard_has_a_case_met_not_met_and_unknown():
    seen = {(case.document, code, case.verdict) for case in CHECKED.cases for code in codes_of(case)}
    lacking = [
        (document.code, code, verdict.value)
        for document in CHECKED.rulebook.documents
        for code, standard in document.standards.items()
        if standard.criteria()
        for verdict in Verdict
        if (document.code, code, verdict) not in seen
    ]
    assert lacking == []


def test_every_number_has_a_case_on_both_sides_of_its_boundary():
    lacking = []
    for document in CHECKED.rulebook.documents:
        for code, standard in document.standards.items():
            tried = [
                case.facts
                for case in CHECKED.cases
                if case.document == document.code and code in codes_of(case)
            ]
            for criterion in standard.criteria():
                values = {facts.get(criterion.fact) for facts in tried}
                if criterion.operator.needs_order and not boundaries(criterion) <= values:
                    lacking.append((document.code, code, criterion.key, boundaries(criterion) - values))
    assert lacking == []


def boundaries(criterion):
    """The last value on one side and the first on the other."""
    required = criterion.required
    if isinstance(required, tuple):
        return {required[0] - 1, required[0], required[1] - 1, required[1]}
    return {required - 1, required} if criterion.operator.value in (">=", "<") else {required, required + 1}


def test_every_value_is_cited_dated_and_every_doubtful_one_says_why():
    for document in CHECKED.rulebook.documents:
        for versions in document.parameters.values():
            for version in versions:
                assert version.citation.document and version.valid_from
                assert version.verified is False or version.citation.source in document.sources
                assert version.verified or version.note
        for standard in document.standards.values():
            for criterion in standard.criteria():
                assert criterion.citation.document
                assert criterion.parameter.verified or criterion.parameter.note
                assert not criterion.parameter.verified or criterion.citation.source in document.sources


def test_no_standard_names_a_fact_that_is_for_statistics_only():
    catalogue = standard_catalogue()
    named = {
        criterion.fact
        for document in CHECKED.rulebook.documents
        for standard in document.standards.values()
        for criterion in standard.criteria()
    }
    assert named
    assert not any(catalogue[code].statistics_only for code in named)


def test_on_every_day_one_document_rules_the_plan():
    book = CHECKED.rulebook
    wanted = {
        date(2021, 12, 26): "15-HD/BTCTW",
        date(2021, 12, 27): "50-QĐ/TW",
        date(2025, 10, 7): "50-QĐ/TW",
        date(2025, 10, 8): "377-QĐ/TW",
    }
    assert {day: book.standard("plan.commune.chair", day).document for day in wanted} == wanted
    assert {day: book.setting_document("plan.share_women_min", day).code for day in wanted} == wanted


def test_district_titles_are_planned_until_the_level_ended_and_not_after():
    book = CHECKED.rulebook
    assert book.standard("plan.district.secretary", date(2025, 6, 30)).document == "50-QĐ/TW"
    with pytest.raises(BadInput) as error:
        book.standard("plan.district.secretary", date(2025, 7, 1))
    assert error.value.code == "standard_not_in_force"


def test_values_of_a_regime_are_looked_up_by_day_and_what_has_no_basis_has_no_value():
    book = CHECKED.rulebook
    assert book.parameter("plan.share_women_min", date(2024, 1, 1)).value == 0.25
    assert book.parameter("plan.share_women_min", date(2020, 1, 1)).verified is False
    assert book.parameter("plan.share_women_min", date(2026, 1, 1)) is None
    assert "plan.share_women_min" in book.document("qd-377-2025").structure


def codes_of(case):
    standards = CHECKED.rulebook.document(case.document).standards
    return [code for code in standards if fnmatchcase(code, case.standard)]
