"""Titles and code lists agree with the standards, the facts and the words that workbooks use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hientai.apps.cadres.types import QualificationKind
from hientai.engines.errors import BadInput
from hientai.engines.facts.standard import qualifications as facts
from hientai.engines.worksheet import vocabulary
from hientai.rulebook import code_lists as lists
from hientai.rulebook import load_rulebook
from hientai.rulebook import titles as catalogue
from hientai.rulebook.code_lists import code_lists
from hientai.rulebook.titles import titles
from hientai.rulebook.units import REFORM

RANKS = {
    "general": facts.GENERAL, "professional": facts.PROFESSIONAL, "political_theory": facts.POLITICAL_THEORY,
    "state_management": facts.STATE_MANAGEMENT, "language": facts.LANGUAGE, "informatics": facts.INFORMATICS,
    "defence_security": facts.DEFENCE,
}  # fmt: skip
WORKBOOK = {
    "professional": "professional", "political_theory": "political_theory", "state_management": "state_management",
    "language": "language", "informatics": "it", "defence_security": "defence_security", "general": "education_general",
    "religion": "religion",
}  # fmt: skip


def _codes(name: str) -> dict[str, lists.CodeEntry]:
    return {entry.code: entry for entry in code_lists() if entry.list == name}


def test_every_kind_of_qualification_has_its_list() -> None:
    assert set(QualificationKind.values) <= {entry.list for entry in code_lists()}


@pytest.mark.parametrize("name", RANKS)
def test_every_rank_of_a_list_has_a_label_in_its_fact(name: str) -> None:
    assert {entry.rank for entry in _codes(name).values()} <= set(RANKS[name])


@pytest.mark.parametrize("name", ["professional", "political_theory", "state_management"])
def test_a_rank_is_called_the_same_in_list_and_fact(name: str) -> None:
    for entry in _codes(name).values():
        label = str(RANKS[name][entry.rank])
        assert entry.code == "none" or entry.name.lower() == label.lower()


@pytest.mark.parametrize("name", WORKBOOK)
def test_every_code_that_workbooks_are_read_to_is_in_the_list(name: str) -> None:
    words = {word.code for word in vocabulary.code_lists()[WORKBOOK[name]]}
    assert words and words <= set(_codes(name))


def test_there_are_54_ethnic_groups_and_kinh_is_the_first() -> None:
    groups = _codes("ethnicity")
    assert len(groups) == 54
    assert sorted(entry.number for entry in groups.values()) == [f"{n:02d}" for n in range(1, 55)]
    assert groups["kinh"].number == "01"


def test_every_standard_that_a_title_names_is_in_the_rulebook() -> None:
    known = {code for document in load_rulebook().documents for code in document.standards}
    named = {title.standard for title in titles() if title.standard}
    assert named and named <= known


def test_titles_of_districts_end_with_the_districts_and_those_of_new_communes_begin() -> None:
    assert {title.valid_to for title in titles() if title.level == "district"} == {REFORM}
    assert {t.valid_from for t in titles() if t.code.startswith("commune2025.")} == {REFORM}
    assert {t.valid_to for t in titles() if t.code.startswith("commune.")} == {REFORM}


def test_a_secretary_ranks_above_the_members_of_the_committee() -> None:
    rank = {title.code: title.rank for title in titles()}
    for level in ("province", "district", "commune", "commune2025"):
        order = ("secretary", "standing_committee_member", "committee_member")
        ranks = [rank[f"{level}.{word}"] for word in order]
        assert ranks == sorted(ranks, reverse=True) and len(set(ranks)) == 3


def test_protocol_order_has_no_ties() -> None:
    orders = [title.order for title in titles()]
    assert len(set(orders)) == len(orders)


BAD_TITLES = {
    "missing rank": "{name: A, tier: agency, order: 1}",
    "unknown field": "{name: A, rank: 1, tier: agency, order: 1, colour: red}",
    "rank in words": "{name: A, rank: high, tier: agency, order: 1}",
    "ends first": "{name: A, rank: 1, tier: agency, order: 1, valid_to: 1999-01-01}",
}


@pytest.mark.parametrize("fault", BAD_TITLES)
def test_a_faulty_title_is_refused_with_file_and_code(fault: str, tmp_path: Path) -> None:
    head = "level: province\nverified: false\nvalid_from: 2000-01-01\ntitles:\n"
    (tmp_path / "a.yaml").write_text(f"{head}  a.b: {BAD_TITLES[fault]}\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        catalogue.titles(tmp_path)
    assert refused.value.code == "bad_title_file" and refused.value.where == "a.yaml: a.b"


def test_a_code_of_a_list_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("list: x\ncodes:\n  a: {rank: 1}\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        lists.code_lists(tmp_path)
    assert refused.value.where == "x.yaml: a"


def test_certificates_a_b_c_are_no_longer_given_since_2020() -> None:
    assert {_codes("language")[c].valid_to for c in "ABC"} == {date(2020, 1, 15)}
