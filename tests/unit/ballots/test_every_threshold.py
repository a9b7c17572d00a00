"""Every number of every shipped rule from both sides, by hand: one vote (or person) less, and just enough."""

import pytest

from hientai.engines.ballots import BallotCount, decide
from hientai.engines.ballots.published import published_rules

HALF = {30: 16, 31: 16, 9: 5, 2: 2}  # the smallest number that is more than half of the summoned
TWO_THIRDS = {30: 20, 31: 21, 9: 6, 2: 2}
THIRTY_PERCENT = {30: 9, 31: 10, 9: 3, 2: 1}
BASES = tuple(HALF)
OPINION = {"nd115-b4", "qd105-b4", "qd80-b4", "qd377-b4", "qd50-planning-b3", "qd50-planning-b4",
           "qd377-planning-b3", "qd377-planning-b4"}  # fmt: skip
OVER_HALF = {
    "nd115-b2", "nd115-b3", "nd115-b5", "nd115-elsewhere", "qd105-b2", "qd105-b3", "qd105-b5", "qd80-b2", "qd80-b3",
    "qd80-b5", "qd377-b2", "qd377-b3", "qd377-b5", "nd138-reappointment-leadership", "bnv727-extension",
    "ct35-reelection", "qd50-planning-final", "qd377-planning-final",
}  # fmt: skip
CARRY_THIRTY = {"nd115-b2", "nd115-b3", "qd80-b2", "qd80-b3", "qd377-b2", "qd377-b3"}
CARRY_TWO = {"qd105-b2"}
TWO_THIRDS_IF_CHANGED = {"nd115-b3", "qd80-b3", "qd377-b3"}
HEAD_AT_HALF = {"nd115-b5", "qd105-b5", "qd80-b5", "qd377-b5", "bnv727-extension"}
WITHOUT_QUORUM = {"bnv727-extension"}
BANDS = {"qd96-confidence"}


def result(code, votes, summoned, present=None, previous=None):
    present = summoned if present is None else present
    return decide(published_rules()[code], BallotCount(summoned, present, present, present, votes, previous))


def test_the_table_names_every_shipped_rule_and_every_threshold_it_has():
    rules = published_rules()
    assert rules.keys() == OPINION | OVER_HALF | BANDS
    assert {code for code, rule in rules.items() if rule.carry} == CARRY_THIRTY
    assert {code for code, rule in rules.items() if rule.carry_highest} == CARRY_TWO
    assert {code for code, rule in rules.items() if rule.if_changed} == TWO_THIRDS_IF_CHANGED
    assert {code for code, rule in rules.items() if rule.head_decides_at_half} == HEAD_AT_HALF
    assert {code for code, rule in rules.items() if not rule.quorum} == WITHOUT_QUORUM
    assert {code for code, rule in rules.items() if rule.base != "summoned"} == set()


@pytest.mark.parametrize("summoned", BASES)
@pytest.mark.parametrize("code", sorted(OVER_HALF))
def test_more_than_half_of_the_summoned_is_chosen_and_one_vote_less_is_not(code, summoned):
    enough = HALF[summoned]
    assert result(code, {"An": enough}, summoned).with_verdict("chosen") == ("An",)
    assert result(code, {"An": enough - 1}, summoned).with_verdict("chosen") == ()


@pytest.mark.parametrize("code", sorted(OVER_HALF - WITHOUT_QUORUM))
def test_the_base_stays_the_summoned_however_many_came(code):
    assert result(code, {"An": 15}, 30, present=20).status != "chosen"
    assert result(code, {"An": 16}, 30, present=20).status == "chosen"


@pytest.mark.parametrize("summoned", BASES)
@pytest.mark.parametrize("code", sorted((OVER_HALF | OPINION | BANDS) - WITHOUT_QUORUM))
def test_two_thirds_of_the_summoned_may_meet_and_one_person_less_may_not(code, summoned):
    enough = TWO_THIRDS[summoned]
    assert result(code, {"An": 0}, summoned, present=enough).status != "no_quorum"
    assert result(code, {"An": 0}, summoned, present=enough - 1).status == "no_quorum"


@pytest.mark.parametrize("summoned", [30, 31, 9])
@pytest.mark.parametrize("code", sorted(CARRY_THIRTY))
def test_thirty_percent_goes_on_and_one_vote_less_does_not(code, summoned):
    enough = THIRTY_PERCENT[summoned]
    assert result(code, {"An": enough, "Bình": enough - 1}, summoned).with_verdict("carried") == ("An",)
    assert result(code, {"An": enough - 1}, summoned).status == "none"


@pytest.mark.parametrize("summoned", [30, 31, 9])
@pytest.mark.parametrize("code", sorted(TWO_THIRDS_IF_CHANGED))
def test_somebody_else_than_before_needs_two_thirds_and_the_same_person_does_not(code, summoned):
    enough = TWO_THIRDS[summoned]
    assert result(code, {"Bình": enough}, summoned, previous="An").status == "chosen"
    assert result(code, {"Bình": enough - 1}, summoned, previous="An").status == "none"
    assert result(code, {"An": enough - 1}, summoned, previous="An").status == "chosen"


@pytest.mark.parametrize("code", sorted(HEAD_AT_HALF))
def test_exactly_half_goes_to_the_head_and_one_vote_either_way_does_not(code):
    assert result(code, {"An": 15}, 30).with_verdict("head") == ("An",)
    assert result(code, {"An": 14}, 30).status == "none"
    assert result(code, {"An": 16}, 30).status == "chosen"
    assert result(code, {"An": 15}, 31).status == "none"


@pytest.mark.parametrize("code", sorted(OVER_HALF - HEAD_AT_HALF - CARRY_THIRTY - CARRY_TWO))
def test_exactly_half_is_not_enough_where_no_rule_gives_it_to_the_head(code):
    assert result(code, {"An": 15}, 30).status == "none"


def test_the_two_highest_go_on_and_a_third_with_equal_votes_is_a_tie():
    assert result("qd105-b2", {"An": 10, "Bình": 9, "Chi": 8}, 30).with_verdict("carried") == ("An", "Bình")
    assert result("qd105-b2", {"An": 10, "Bình": 9, "Chi": 9}, 30).status == "tie"


@pytest.mark.parametrize("code", sorted(OPINION))
def test_an_opinion_is_recorded_whatever_it_is(code):
    for votes in (0, 1, 15, 16, 30):
        outcome = result(code, {"An": votes}, 30)
        assert (outcome.status, outcome.names[0].verdict, outcome.needed) == ("recorded", "out", 0)


@pytest.mark.parametrize(
    ("votes", "summoned", "then"),
    [
        (20, 30, "miễn nhiệm"),
        (19, 30, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (16, 30, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (15, 30, ""),
        (21, 31, "miễn nhiệm"),
        (20, 31, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (16, 31, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (15, 31, ""),
    ],
)
def test_low_confidence_has_its_consequence_from_the_very_vote(votes, summoned, then):
    assert result("qd96-confidence", {"An": votes}, summoned).names[0].consequence == then


@pytest.mark.parametrize("code", ["nd115-b5", "nd138-reappointment-leadership", "bnv727-extension"])
def test_equal_votes_over_the_line_choose_nobody_on_a_guess(code):
    outcome = result(code, {"An": 20, "Bình": 20}, 30)
    assert (outcome.status, outcome.with_verdict("tied")) == ("tie", ("An", "Bình"))
