"""Outcomes of voting steps on both sides of every threshold."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.ballots import BallotCount, Threshold, decide, read_rule
from hientai.engines.ballots.count import read_count
from hientai.engines.ballots.published import published_rule, published_rules
from hientai.engines.errors import BadInput
from hientai.site.command_line import main


def held(votes: dict, summoned: int = 30, present: int | None = None, previous: str | None = None):
    present = summoned if present is None else present
    return BallotCount(summoned, present, present, present, votes, previous)


def outcome(code: str, votes: dict, **counts):
    return decide(published_rule(code), held(votes, **counts))


@pytest.mark.parametrize(
    ("code", "votes", "counts", "status", "chosen", "carried"),
    [
        # More than half of the summoned, not of those present.
        ("nd115-b2", {"An": 16}, {}, "chosen", ("An",), ()),
        ("nd115-b2", {"An": 15}, {}, "carried", (), ("An",)),
        ("nd115-b2", {"An": 15}, {"present": 20}, "carried", (), ("An",)),
        ("nd115-b2", {"An": 16}, {"summoned": 31}, "chosen", ("An",), ()),
        ("nd115-b2", {"An": 15}, {"summoned": 31}, "carried", (), ("An",)),
        # Quorum: two thirds of the summoned, exactly two thirds is enough.
        ("nd115-b2", {"An": 20}, {"present": 20}, "chosen", ("An",), ()),
        ("nd115-b2", {"An": 19}, {"present": 19}, "no_quorum", (), ()),
        ("nd115-b2", {"An": 21}, {"summoned": 31, "present": 21}, "chosen", ("An",), ()),
        ("nd115-b2", {"An": 20}, {"summoned": 31, "present": 20}, "no_quorum", (), ()),
        # Everybody from 30 % goes on; nobody: stop.
        ("nd115-b2", {"An": 12, "Bình": 9, "Chi": 8}, {}, "carried", (), ("An", "Bình")),
        ("nd115-b2", {"An": 8, "Bình": 8, "Chi": 8}, {}, "none", (), ()),
        ("nd115-b2", {}, {}, "none", (), ()),
        # Another person than in the step before needs two thirds.
        ("nd115-b3", {"An": 16}, {"previous": "An"}, "chosen", ("An",), ()),
        ("nd115-b3", {"Bình": 20}, {"previous": "An"}, "chosen", ("Bình",), ()),
        ("nd115-b3", {"Bình": 19}, {"previous": "An"}, "none", (), ()),
        # Exactly half: the head decides.
        ("nd115-b5", {"An": 16, "Bình": 14}, {}, "chosen", ("An",), ()),
        ("nd115-b5", {"An": 15, "Bình": 15}, {}, "head_decides", (), ()),
        ("nd115-b5", {"An": 14, "Bình": 13}, {}, "none", (), ()),
        ("nd115-b5", {"An": 15}, {"summoned": 31}, "none", (), ()),
        # 105-QĐ/TW: the two highest go on.
        ("qd105-b2", {"An": 16, "Bình": 14}, {}, "chosen", ("An",), ()),
        ("qd105-b2", {"An": 15, "Bình": 8, "Chi": 7}, {}, "carried", (), ("An", "Bình")),
        ("qd105-b2", {"An": 12, "Bình": 9, "Chi": 9}, {}, "tie", (), ("An",)),
        ("qd105-b2", {"An": 3, "Bình": 0}, {}, "carried", (), ("An",)),
        # Re-election: everybody above half.
        ("ct35-reelection", {"An": 30, "Bình": 16, "Chi": 15}, {}, "chosen", ("An", "Bình"), ()),
    ],
)
def test_the_outcome_of_published_steps(code, votes, counts, status, chosen, carried):
    result = outcome(code, votes, **counts)
    assert (result.status, result.with_verdict("chosen"), result.with_verdict("carried")) == (
        status,
        chosen,
        carried,
    )
    assert result.reasons and all(str(reason) for reason in result.reasons)
    assert str(result.citation)


@pytest.mark.parametrize(
    ("votes", "consequence"),
    [
        (20, "miễn nhiệm"),
        (19, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (16, "đưa ra khỏi quy hoạch hoặc từ chức"),
        (15, ""),
    ],
)
def test_a_confidence_vote_has_the_consequence_of_its_band(votes, consequence):
    result = outcome("qd96-confidence", {"An": votes})
    assert (result.status, result.names[0].consequence) == ("banded", consequence)
    assert not result.verified


def test_only_the_part_of_a_rule_that_decided_makes_an_outcome_unverified():
    assert outcome("qd105-b2", {"An": 16}).verified
    assert not outcome("qd105-b2", {"An": 10}, present=10).verified
    assert not outcome("nd115-b5", {"An": 1}).verified
    assert not outcome("qd50-planning-final", {"An": 30}).verified


RULE = {"citation": "QĐ 1", "pass": {"more_than": "50%"}, "verified": True}


def test_more_names_above_the_line_than_places_takes_the_highest():
    result = decide(read_rule(RULE | {"places": 2}), held({"An": 20, "Bình": 25, "Chi": 17}))
    assert (result.status, result.with_verdict("chosen")) == ("chosen", ("Bình", "An"))


def test_equal_votes_for_the_last_place_are_a_tie_and_nobody_is_taken_on_a_guess():
    result = decide(read_rule(RULE | {"places": 2}), held({"An": 25, "Bình": 20, "Chi": 20}))
    assert (result.status, result.with_verdict("chosen"), result.with_verdict("tied")) == (
        "tie",
        ("An",),
        ("Bình", "Chi"),
    )


def test_fewer_names_above_the_line_than_places_leaves_places_empty():
    result = decide(read_rule(RULE | {"places": 3}), held({"An": 25, "Bình": 15}))
    assert (result.status, result.with_verdict("chosen")) == ("chosen", ("An",))


@pytest.mark.parametrize(
    ("base", "status"), [("summoned", "none"), ("present", "chosen"), ("valid", "chosen")]
)
def test_the_same_votes_on_another_base_decide_otherwise(base, status):
    count = BallotCount(30, 24, 24, 22, {"An": 13})
    result = decide(read_rule(RULE | {"base": base}), count)
    assert (result.status, result.base) == (status, count.of(base))


def test_the_base_is_named_beside_every_percentage():
    result = decide(read_rule(RULE), held({"An": 418}, summoned=478, present=423))
    assert result.names[0].share == Fraction(418, 478)
    assert "418 phiếu trên 478 (87,45 %)" in str(result.reasons[0])
    assert "số người được triệu tập" in str(result.reasons[0])


@given(st.fractions(0, 1, max_denominator=50), st.booleans(), st.integers(1, 400))
def test_the_number_needed_is_the_smallest_that_passes(share, strict, base):
    threshold = Threshold(share, strict)
    needed = threshold.needed(base)
    assert threshold.passes(needed, base)
    assert needed == 0 or not threshold.passes(needed - 1, base)


@given(
    st.sampled_from([rule for rule in published_rules().values() if rule.passes]),
    st.integers(1, 60),
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 60), max_size=5),
)
def test_one_vote_more_for_a_chosen_person_never_unseats_them(rule, summoned, votes):
    votes = {name: number % (summoned + 1) for name, number in votes.items()}
    if rule.names_per_ballot and sum(votes.values()) >= summoned:
        return
    before = decide(rule, held(votes, summoned))
    for name in before.with_verdict("chosen"):
        if votes[name] < summoned:
            after = decide(rule, held(votes | {name: votes[name] + 1}, summoned))
            assert name in after.with_verdict("chosen")


GOOD = {"summoned": 30, "present": 28, "issued": 28, "valid": 27, "votes": {"An": 16}}


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"present": 31}, "counts_contradict", "present"),
        ({"issued": 29}, "counts_contradict", "issued"),
        ({"valid": 29}, "counts_contradict", "valid"),
        ({"votes": {"An": 28}}, "votes_above_valid", "votes.An"),
        ({"votes": {"An": -1}}, "not_a_whole_number", "votes.An"),
        ({"votes": {"An": 1.5}}, "not_a_whole_number", "votes.An"),
        ({"votes": [1]}, "not_an_object", "votes"),
        ({"summoned": "30"}, "not_a_whole_number", "summoned"),
        ({"summoned": 0, "present": 0, "issued": 0, "valid": 0, "votes": {}}, "nobody_summoned", "summoned"),
        ({"voters": 3}, "unknown_key", ""),
    ],
)
def test_totals_that_cannot_all_be_true_are_refused(change, code, where):
    with pytest.raises(BadInput) as refused:
        read_count(GOOD | change)
    assert (refused.value.code, refused.value.where) == (code, where)


def test_totals_that_just_fit_are_accepted():
    read_count({"summoned": 5, "present": 5, "issued": 5, "valid": 5, "votes": {"An": 5, "Bình": 5}})


def test_more_names_than_ballots_are_refused_where_a_ballot_holds_one_name():
    with pytest.raises(BadInput) as refused:
        outcome("nd115-b2", {"An": 20, "Bình": 11})
    assert refused.value.code == "too_many_votes"
    assert outcome("nd115-b2", {"An": 20, "Bình": 10}).status == "chosen"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pass": {"more_than": 1}}, "not_a_share"),
        ({"pass": {"more_than": "50%", "at_least": "50%"}}, "bad_threshold"),
        ({"pass": {}}, "bad_threshold"),
        ({"bands": []}, "pass_or_bands"),
        ({"base": "voters"}, "unknown_base"),
        ({"places": 0}, "not_a_whole_number"),
        ({"at_half": "lot"}, "bad_at_half"),
        ({"otherwise": {}}, "bad_otherwise"),
        ({"otherwise": {"carry_highest": 0}}, "not_a_whole_number"),
        ({"citation": {"article": 3}}, "missing_key"),
        ({"threshold": 1}, "unknown_key"),
    ],
)
def test_a_malformed_rule_is_refused(change, code):
    with pytest.raises(BadInput) as refused:
        read_rule(RULE | change)
    assert refused.value.code == code


def test_a_rule_without_a_citation_is_refused():
    with pytest.raises(BadInput):
        read_rule({"pass": {"more_than": "50%"}})


def test_the_command_answers_for_a_code_and_for_a_whole_rule(capsys, tmp_path):
    path = tmp_path / "ballot.json"
    for rule in ("nd115-b2", RULE):
        path.write_text(json.dumps(GOOD | {"rule": rule}), encoding="utf-8")
        assert main(["ballot", str(path), "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["outcome"], answer["chosen"], answer["needed"]) == ("chosen", ["An"], 16)
        assert answer["base"] == {"name": "summoned", "count": 30}
        assert answer["names"][0]["percent"] == "53,33 %"
    assert main(["ballot", str(path)]) == 0
    assert "Căn cứ: QĐ 1" in capsys.readouterr().out


def test_the_command_refuses_an_unknown_code(capsys, tmp_path):
    path = tmp_path / "ballot.json"
    path.write_text(json.dumps(GOOD | {"rule": "nd999"}), encoding="utf-8")
    assert main(["ballot", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unknown_rule"
