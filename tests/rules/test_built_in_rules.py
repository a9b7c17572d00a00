"""Every rule of the built-in rulebook against its sentence-named cases."""

from __future__ import annotations

import pytest

from hientai.engines.criteria.judge import verdict_of
from hientai.engines.criteria.tree import Verdict
from hientai.rulebook.load import check_rulebook

CHECKED = check_rulebook()


def test_built_in_rules_have_no_findings():
    assert [str(finding) for finding in CHECKED.findings] == []


@pytest.mark.parametrize("case", CHECKED.cases, ids=lambda case: f"{case.document}: {case.name}")
def test_case(case):
    from fnmatch import fnmatchcase

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


def codes_of(case):
    from fnmatch import fnmatchcase

    standards = CHECKED.rulebook.document(case.document).standards
    return [code for code in standards if fnmatchcase(code, case.standard)]
