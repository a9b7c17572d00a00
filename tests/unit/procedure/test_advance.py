"""A case goes through its steps, and every step out of order is refused with its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hientai.engines.errors import BadInput
from hientai.engines.procedure import advance, begin, demands
from hientai.engines.procedure.events import (
    BallotClosed,
    BallotCorrected,
    Ended,
    Finished,
    MeetingFailed,
    Met,
    PaperGiven,
    ResultContradicted,
    Resumed,
    Returned,
    StepEntered,
    Stopped,
    Summoned,
    Suspended,
    Waived,
)
from hientai.rulebook.procedures import definition_in_force

DAY = date(2025, 6, 2)
APPOINTMENT = definition_in_force("appointment.on_spot.public_employee", DAY)
PLANNING = definition_in_force("planning.on_spot", DAY)
PAPERS = ["cv", "self_review", "committee_comments", "residence_comments", "political_conclusion",
          "asset_declaration", "diplomas", "health", "party_opinion"]  # fmt: skip


def go(state, *events):
    for event in events:
        state, _ = advance(state, event)
    return state


def paper(code, until=None, on=DAY):
    return PaperGiven(on, code, on, until)


def own(state, on=DAY):
    """Every paper that the present step itself must leave behind."""
    return [paper(state.step.own_paper(kind), on=on) for kind in state.step.gives]


def meeting(state, summoned=30, present=30):
    return go(state, Summoned(DAY, DAY, summoned), Met(DAY, present), *own(state))


def voted(state, status, *passed, verified=True, ground=""):
    state = go(meeting(state), BallotClosed(DAY, status, passed, verified))
    return advance(state, Finished(DAY, ground=ground))


def at_b2():
    state, _ = begin(APPOINTMENT, ("An", "Bình", "Chi"), DAY)
    return go(meeting(go(state, paper("policy"))), Finished(DAY, "agreed"))


def refused(state, event, capacities=("board",)):
    with pytest.raises(BadInput) as error:
        advance(state, event, capacities)
    return error.value.code


def test_an_appointment_goes_through_its_five_steps_to_the_decision():
    state = at_b2()
    state, effects = voted(state, "chosen", "An")
    assert (state.step_code, state.names) == ("b3", ("An", "Bình", "Chi"))
    assert effects == (StepEntered("b3", DAY, None),)
    assert state.previous_first == "An"
    state, _ = voted(state, "chosen", "An")
    assert (state.step_code, state.names) == ("b4", ("An",))
    state, _ = voted(state, "recorded")
    state = go(state, *[paper(code) for code in PAPERS])
    state, _ = voted(state, "chosen", "An")
    state, effects = advance(state, Finished(DAY, "approved"))
    assert effects == (Ended("approved", approved=True, names=("An",), on=DAY),)
    assert state.status == "ended"


def test_exactly_half_goes_to_the_head_who_names_one_person_on_a_ground():
    state = replace(at_b2(), step_code="b5", names=("An", "Bình"))
    state = go(state, *[paper(code) for code in PAPERS])
    state, _ = voted(state, "head_decides", "An", "Bình")
    assert (state.step_code, state.names) == ("head", ("An", "Bình"))
    assert refused(state, Finished(DAY, "chosen")) == "one_name"
    assert refused(state, Finished(DAY, "chosen", ("An", "Bình"), "x")) == "one_name"
    assert refused(state, Finished(DAY, "chosen", ("Chi",), "x")) == "one_name"
    assert refused(state, Finished(DAY, "chosen", ("An",))) == "ground_missing"
    assert go(state, Finished(DAY, "chosen", ("An",), "Ý kiến người đứng đầu")).names == ("An",)


def test_nobody_over_the_line_carries_those_above_thirty_percent_and_drops_the_rest():
    state, _ = voted(at_b2(), "carried", "An", "Bình")
    assert (state.step_code, state.names, state.previous_first) == ("b3", ("An", "Bình"), None)


def test_nobody_at_all_ends_the_case():
    state, effects = voted(at_b2(), "none")
    assert (state.status, state.ending) == ("ended", "nobody")
    assert effects == (Ended("nobody", approved=False, names=(), on=DAY),)


def test_a_meeting_one_short_of_its_quorum_is_kept_and_nobody_votes():
    state = go(at_b2(), Summoned(DAY, DAY, 30))
    state, effects = advance(state, Met(DAY, 19))
    assert effects == (MeetingFailed("b2", 19, 20),)
    assert refused(state, BallotClosed(DAY, "chosen", ("An",), True)) == "quorum_missed"
    assert refused(state, Finished(DAY)) == "quorum_missed"
    again = go(state, Summoned(DAY, DAY, 30), Met(DAY, 20))
    assert again.sitting.quorate


def test_more_present_than_summoned_or_a_meeting_before_its_day_is_refused():
    state = go(at_b2(), Summoned(DAY, DAY + timedelta(days=3), 30))
    assert refused(state, Met(DAY + timedelta(days=3), 31)) == "more_present_than_summoned"
    assert refused(state, Met(DAY + timedelta(days=2), 30)) == "meeting_too_early"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Met(DAY, 20), "no_meeting"),
        (BallotClosed(DAY, "chosen", ("An",), True), "no_meeting"),
        (Finished(DAY), "no_meeting"),
        (Summoned(DAY, DAY, 0), "nobody_summoned"),
        (Summoned(DAY, DAY - timedelta(days=1), 3), "meeting_in_past"),
        (Resumed(DAY), "not_suspended"),
        (Returned(DAY, "b5", "x"), "not_passed"),
        (Returned(DAY, "b1", " "), "reason_missing"),
        (Suspended(DAY, ""), "reason_missing"),
        (Stopped(DAY, ""), "reason_missing"),
        (PaperGiven(DAY, "b3.minutes", DAY), "unknown_paper"),
        (PaperGiven(DAY, "cv", DAY + timedelta(days=1)), "signed_later"),
        (Suspended(DAY - timedelta(days=1), "x"), "day_before"),
        (BallotCorrected(DAY, "b2", "none", (), True, "x"), "nothing_to_correct"),
        (Waived(DAY, "b2.minutes", "An", "x"), "cannot_be_waived"),
        (Waived(DAY, "health", "An", ""), "reason_missing"),
        (Waived(DAY, "health", "", "x"), "reason_missing"),
    ],
)
def test_an_event_out_of_order_is_refused_with_its_reason(event, code):
    assert refused(at_b2(), event) == code


def test_the_first_step_does_not_end_without_its_paper_and_does_with_a_waiver_of_it():
    state, _ = begin(APPOINTMENT, ("An",), DAY)
    state = meeting(state)
    assert refused(state, Finished(DAY, "agreed")) == "paper_missing"
    assert refused(state, Finished(DAY, "voted")) == "paper_missing"
    waived = go(state, Waived(DAY, "policy", "Ban Thường vụ", "Thông báo 12"))
    assert refused(waived, Finished(DAY, "voted")) == "outcome_missing"
    assert go(waived, Finished(DAY, "agreed")).step_code == "b2"


def test_a_paper_that_expired_between_steps_is_missed_the_day_after_its_last_day():
    state = replace(at_b2(), step_code="b5", names=("An",))
    until = DAY + timedelta(days=10)
    state = go(state, *[paper(code) for code in PAPERS if code != "health"], paper("health", until))
    state = go(meeting(state), BallotClosed(DAY, "chosen", ("An",), True))
    late = until + timedelta(days=1)
    assert [one.code for one in demands(state, late)] == ["paper_expired"]
    assert refused(state, Finished(late)) == "paper_expired"
    assert go(state, Finished(until)).step_code == "decision"
    renewed = go(state, PaperGiven(late, "health", late, late + timedelta(days=180)))
    assert go(renewed, Finished(late)).step_code == "decision"


def test_minutes_are_asked_for_at_every_meeting():
    state = go(at_b2(), Summoned(DAY, DAY, 30), Met(DAY, 30), BallotClosed(DAY, "chosen", ("An",), True))
    assert [one.about for one in demands(state, DAY)] == ["b2.minutes", "b2.counting", "b2.aggregate"]
    assert refused(state, Finished(DAY)) == "paper_missing"


def test_a_closed_count_leaves_no_choice_and_is_closed_once():
    state = go(meeting(at_b2()), BallotClosed(DAY, "carried", ("An", "Bình"), True))
    assert refused(state, BallotClosed(DAY, "chosen", ("An",), True)) == "already_closed"
    assert refused(state, Finished(DAY, "chosen")) == "ballot_decides"
    assert refused(state, Finished(DAY, names=("An",))) == "ballot_decides"
    assert refused(go(meeting(at_b2())), BallotClosed(DAY, "chosen", ("Dũng",), True)) == "unknown_name"


def test_an_outcome_under_an_unconfirmed_rule_needs_the_ground_the_office_rests_on():
    state = go(meeting(at_b2()), BallotClosed(DAY, "chosen", ("An",), False))
    assert refused(state, Finished(DAY)) == "ground_missing"
    assert go(state, Finished(DAY, ground="Quy chế 12-QC/HU, khoản 2")).step_code == "b3"


def test_a_corrected_count_that_decides_otherwise_sends_the_case_back_and_both_stay():
    state, _ = voted(at_b2(), "carried", "An", "Bình")
    same, effects = advance(
        state, BallotCorrected(DAY, "b2", "carried", ("An", "Bình"), True, "ghi nhầm phiếu trắng")
    )
    assert effects == () and not same.contradicted
    state, effects = advance(state, BallotCorrected(DAY, "b2", "carried", ("An", "Chi"), True, "cộng nhầm"))
    assert effects == (ResultContradicted("b2"),)
    assert state.left["b2"].result.passed == ("An", "Bình")
    assert state.left["b2"].corrected.passed == ("An", "Chi")
    assert (
        refused(go(meeting(state), BallotClosed(DAY, "chosen", ("An",), True)), Finished(DAY))
        == "ballot_corrected"
    )
    back = go(state, Returned(DAY, "b2", "kết quả kiểm phiếu được đính chính"))
    assert (back.step_code, back.names, back.contradicted) == ("b2", ("An", "Bình", "Chi"), "")
    onward = go(back, *own(back), Finished(DAY))
    assert (onward.step_code, onward.names) == ("b3", ("An", "Chi"))


def test_a_count_corrected_before_the_case_went_on_simply_replaces_the_first():
    state = go(meeting(at_b2()), BallotClosed(DAY, "none", (), True))
    state = go(state, BallotCorrected(DAY, "b2", "chosen", ("An",), True, "đọc nhầm cột"))
    assert go(state, Finished(DAY)).step_code == "b3"


def test_sent_back_to_an_earlier_step_later_counts_no_longer_count():
    state, _ = voted(at_b2(), "carried", "An", "Bình")
    back = go(state, Returned(DAY, "b1", "bổ sung nhân sự"))
    assert (back.step_code, back.names, dict(back.left)) == ("b1", ("An", "Bình", "Chi"), {})
    assert "policy" in back.papers and "b2.minutes" not in back.papers


def test_a_suspended_case_takes_nothing_but_going_on_or_the_end():
    state = go(at_b2(), Suspended(DAY, "đang xác minh"))
    assert refused(state, Summoned(DAY, DAY, 3)) == "case_suspended"
    assert go(state, Resumed(DAY)).status == "open"
    ended = go(state, Stopped(DAY, "rút nhân sự"))
    assert (ended.status, ended.ending) == ("ended", "stopped")
    assert refused(ended, Summoned(DAY, DAY, 3)) == "case_ended"
    assert demands(ended, DAY) == ()


def test_who_is_not_the_actor_of_a_step_is_refused_and_the_sending_unit_may_act_on_its_own():
    state = at_b2()
    assert refused(state, Summoned(DAY, DAY, 3), ("unit",)) == "not_the_actor"
    elsewhere = definition_in_force("appointment.elsewhere.public_employee", DAY)
    sending, _ = begin(elsewhere, ("An",), DAY)
    sending = replace(sending, step_code="b2")
    assert advance(sending, Summoned(DAY, DAY, 3), ("unit",))[0].sitting is not None
    assert refused(sending, Suspended(DAY, "x"), ("unit",)) == "not_the_actor"
    assert refused(sending, Summoned(DAY, DAY, 3), ()) == "not_the_actor"


def test_names_are_dropped_without_a_ballot_only_on_a_ground():
    state, _ = begin(PLANNING, ("An", "Bình"), DAY)
    state = go(state, paper("plan"), paper("source_list"))
    assert refused(state, Finished(DAY, names=("An",))) == "ground_missing"
    assert refused(state, Finished(DAY, names=())) == "nobody_left"
    assert refused(state, Finished(DAY, names=("Dũng",), ground="x")) == "unknown_name"
    assert go(state, Finished(DAY, names=("An",), ground="Bình xin rút")).names == ("An",)


def test_a_case_begins_only_while_its_regime_is_in_force_and_with_each_name_once():
    with pytest.raises(BadInput) as error:
        begin(PLANNING, ("An",), date(2025, 10, 8))
    assert error.value.code == "not_in_force"
    with pytest.raises(BadInput) as error:
        begin(PLANNING, ("An", "An"), DAY)
    assert error.value.code == "name_twice"
