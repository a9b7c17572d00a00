"""Both sides of every boundary of every criterion are tried by a case in which that criterion decides, reckoned from
the rule files: a new number without its two cases fails here, and says which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fnmatch import fnmatchcase
from itertools import pairwise

import pytest

from hientai.engines.criteria.judge import blamed, compare, verdict_of
from hientai.engines.criteria.tree import Criterion, Operator, Standard, Verdict
from hientai.engines.facts.standard import standard_catalogue
from hientai.rulebook.cases import Case
from hientai.rulebook.load import check_rulebook

CHECKED = check_rulebook()
CATALOGUE = standard_catalogue()
MOST_CODES = 12
PLANNING = ("15-HD/BTCTW", "50-QĐ/TW", "377-QĐ/TW")
TEN_TITLES = (
    "plan.commune.committee_member", "plan.commune.standing_committee_member", "plan.commune.secretary",
    "plan.commune.chair", "plan.province.committee_member", "plan.province.standing_committee_member",
    "plan.province.secretary", "plan.province.chair", "plan.province.department_head", "plan.province.division_head",
)  # fmt: skip


def tried() -> Iterator[tuple[str, Standard, list[Case]]]:
    """Every standard of every document as each of its cases sees it."""
    for document in CHECKED.rulebook.documents:
        for code, standard in document.standards.items():
            cases = [
                one
                for one in CHECKED.cases
                if one.document == document.code and fnmatchcase(code, one.standard)
            ]
            yield document.code, standard, cases


def standard_in(case: Case, code: str) -> Standard:
    return CHECKED.rulebook.standard_of(code, case.document, case.as_of)


def decides(case: Case, standard: Standard, criterion: Criterion) -> bool:
    """Whether the criterion alone keeps the person of a case where it is."""
    verdict = verdict_of(standard, case.facts)
    if verdict is Verdict.MET:
        return True

    def outcome_of(one: Criterion) -> Verdict:
        return compare(case.facts.get(one.fact), one.operator, one.required)

    return criterion.key in {one.key for one in blamed(standard.rule, outcome_of, verdict)}


def sides(criterion: Criterion) -> dict[str, set[object]]:
    """The values next to each boundary: those that pass, and those that fail."""
    required, fact = criterion.required, CATALOGUE[criterion.fact]
    if criterion.operator in (Operator.IS_TRUE, Operator.IS_FALSE):
        return {
            "passes": {criterion.operator is Operator.IS_TRUE},
            "fails": {criterion.operator is Operator.IS_FALSE},
        }
    if criterion.operator.needs_order:
        return numbers(criterion.operator, required)
    known = set(fact.codes) if 0 < len(fact.codes) <= MOST_CODES else set()
    named = set(required) if isinstance(required, tuple) else {required}
    inside = criterion.operator in (Operator.EQUALS, Operator.IN)
    return {"passes": named if inside else known - named, "fails": known - named if inside else named}


def numbers(operator: Operator, required: object) -> dict[str, set[object]]:
    if isinstance(required, tuple):
        low, high = required
        return {"passes": {low, high - 1}, "fails": {low - 1, high}}
    step = {">=": (0, -1), ">": (1, 0), "<=": (0, 1), "<": (-1, 0)}[operator.value]
    return {"passes": {required + step[0]}, "fails": {required + step[1]}}


def lacking() -> list[tuple[str, str, str, str, object]]:
    found = []
    for document, standard, cases in tried():
        for criterion in standard.criteria():
            seen = {"passes": set(), "fails": set(), "unknown": set()}
            for case in cases:
                own = standard_in(case, standard.code)
                here = next(one for one in own.criteria() if one.key == criterion.key)
                value = case.facts.get(here.fact)
                if not decides(case, own, here):
                    continue
                outcome = compare(value, here.operator, here.required)
                seen[{"met": "passes", "not_met": "fails", "unknown": "unknown"}[outcome.value]].add(value)
            for side, wanted in sides(criterion).items():
                found += [
                    (document, standard.code, criterion.key, side, value)
                    for value in sorted(wanted - seen[side], key=str)
                ]
            if not seen["unknown"]:
                found.append((document, standard.code, criterion.key, "unknown", None))
    return found


def test_both_sides_of_every_boundary_and_not_knowing_are_tried_by_a_case_that_turns_on_them() -> None:
    assert lacking() == []


@pytest.mark.parametrize("document", PLANNING)
def test_ten_titles_under_each_planning_regime_are_tried_in_all_three_verdicts(document: str) -> None:
    for code in TEN_TITLES:
        cases = [one for one in CHECKED.cases if one.document == document and fnmatchcase(code, one.standard)]
        assert {one.verdict for one in cases} == set(Verdict), (document, code)


def test_the_days_on_which_one_document_gives_way_to_another_are_both_answered() -> None:
    book = CHECKED.rulebook
    changes = 0
    for code in book.standard_codes:
        for earlier, later in pairwise(book.versions(code)):
            day = later.valid_from
            assert day is not None and earlier.valid_to == day
            assert book.standard(code, day - timedelta(days=1)).document == earlier.document
            assert book.standard(code, day).document == later.document
            changes += 1
    assert changes >= 2 * len(TEN_TITLES)


def test_a_value_changes_on_its_day_and_not_before() -> None:
    for document in CHECKED.rulebook.documents:
        for key, versions in document.parameters.items():
            for version in versions:
                first = version.valid_from or date.min
                assert document.parameter(key, first) == version
                if version.valid_to is not None:
                    after = document.parameter(key, version.valid_to)
                    assert after != version
