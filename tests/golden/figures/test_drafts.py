"""Written drafts: every planted fault is found, nothing else is called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.figures.drafts import WrittenDraft, faults_of, found_faults, written_drafts

from hientai.engines.figures.check import check_file
from hientai.engines.figures.findings import Closing, Findings, Verdict

CLEAN = written_drafts("clean-drafts.txt")
FAULTY = written_drafts("faulty-drafts.txt")
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def test_there_are_more_than_forty_drafts_of_each_need():
    assert len(CLEAN) + len(FAULTY) > 80
    assert all(draft.faults for draft in FAULTY)


@pytest.mark.parametrize("draft", CLEAN, ids=lambda draft: draft.name)
def test_clean_draft_raises_no_alarm(draft: WrittenDraft):
    assert faults_of(draft.text) == frozenset()


@pytest.mark.parametrize("draft", FAULTY, ids=lambda draft: draft.name)
def test_planted_faults_are_found_and_nothing_else(draft: WrittenDraft):
    assert faults_of(draft.text) == draft.faults


@pytest.fixture(scope="module")
def seeds() -> dict[str, Findings]:
    if not SEEDS.is_dir():
        pytest.skip("the source articles are not beside this checkout")
    return {path.name[:3]: check_file(path) for path in sorted(SEEDS.glob("*.txt"))}


def test_the_only_fault_of_the_five_articles_is_the_total_of_328(seeds: dict[str, Findings]):
    assert {name: found_faults(found) for name, found in seeds.items() if found.faults} == {
        "002": frozenset({"sum 328"})
    }


def test_the_rest_of_328_is_told(seeds: dict[str, Findings]):
    wrong = next(total for total in seeds["002"].sums if total.verdict is Verdict.WRONG)
    assert (wrong.parts, wrong.rest) == ((125, 151), 52)
    assert wrong.likely is not None and "52" in str(wrong.likely.sentence)


def test_sums_of_the_articles_that_close_are_exact(seeds: dict[str, Findings]):
    exact = {total.total for total in seeds["002"].sums if total.verdict is Verdict.EXACT and not total.rest}
    assert exact == {45, 3368, 25944}


def test_planned_parts_leave_330_of_895(seeds: dict[str, Findings]):
    planned = next(total for total in seeds["000"].sums if total.total == 895)
    assert (planned.sum, planned.rest, planned.closing, planned.verdict) == (
        565,
        330,
        Closing.PARTS,
        Verdict.EXACT,
    )


def test_surplus_and_reelection_shares_are_rounded_right(seeds: dict[str, Findings]):
    shares = {
        share.printed: (share.num, share.den, share.verdict) for share in seeds["004"].shares if share.num
    }
    assert shares == {
        "14,08%": (10, 71, Verdict.ROUNDED),
        "58,02%": (47, 81, Verdict.ROUNDED),
        "41,98%": (34, 81, Verdict.ROUNDED),
    }


def test_quota_of_the_44_sent_is_back_solved(seeds: dict[str, Findings]):
    share = next(share for share in seeds["002"].shares if share.num == 44)
    assert (share.verdict, share.fitting) == (Verdict.BASE_MISSING, (55, 55))
