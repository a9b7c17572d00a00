"""`advance(state, event)`: the next state and what follows, or a refusal that says why. Pure; no clock.

Source of the rules: the definition (each step cites its article); nothing about law is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.procedure.definition import AGAIN, Definition, Target
from hientai.engines.procedure.demands import demands, quorum_needed
from hientai.engines.procedure.events import (
    BallotClosed,
    BallotCorrected,
    Effect,
    Ended,
    Event,
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
from hientai.engines.procedure.state import Result, Sitting, State, Visit
from hientai.engines.wording import Sentence, say

Moved = tuple[State, tuple[Effect, ...]]
PASSING = ("chosen", "carried", "head_decides")
BOARD = "board"


def begin(definition: Definition, names: Sequence[str], on: date) -> Moved:
    """A case at its first step. Raises BadInput when the regime is not in force on that day or a name comes twice."""
    if not definition.holds_on(on):
        raise BadInput(
            "not_in_force",
            say(
                "Ngày {day} quy trình “{title}” không có hiệu lực.",
                day=f"{on:%d/%m/%Y}",
                title=Sentence(definition.title),
            ),
            definition.code,
        )
    if len(set(names)) != len(names):
        raise BadInput("name_twice", say("Có người được nêu hai lần."), "names")
    state = State(definition, on, on, definition.first, tuple(names), on)
    return state, (StepEntered(definition.first, on, state.step.deadline),)


def advance(state: State, event: Event, capacities: Collection[str] = (BOARD,)) -> Moved:
    """The case after `event`, and the effects, in order.

    capacities: in which the actor acts ("board", "unit"); a step belongs to one of them. Raises BadInput with the
    reason: the case has ended or rests, the event is out of order, a paper is missing or expired, the quorum was
    missed, the actor is not the one.
    """
    _check_actor(state, event, capacities)
    _check_day(state, event)
    _check_status(state, event)
    moved, effects = _ACTS[type(event)](state, event)
    return replace(moved, last_on=event.on), effects


def _check_actor(state: State, event: Event, capacities: Collection[str]) -> None:
    whose = (
        state.step.capacity
        if isinstance(event, Summoned | Met | BallotClosed | PaperGiven | Finished)
        else BOARD
    )
    if BOARD not in capacities and whose not in capacities:
        raise BadInput(
            "not_the_actor",
            say(
                "Việc này thuộc cơ quan tổ chức cán bộ; bước hiện tại do {convener} thực hiện.",
                convener=Sentence(state.step.convener),
            ),
            state.step_code,
        )


def _check_day(state: State, event: Event) -> None:
    if event.on < state.last_on:
        raise BadInput(
            "day_before",
            say(
                "Ngày {day} sớm hơn việc đã ghi trước đó (ngày {last}).",
                day=f"{event.on:%d/%m/%Y}",
                last=f"{state.last_on:%d/%m/%Y}",
            ),
            "on",
        )


def _check_status(state: State, event: Event) -> None:
    if state.status == "ended" and not isinstance(event, BallotCorrected):
        raise BadInput("case_ended", say("Hồ sơ đã kết thúc; không ghi thêm được."), state.ending)
    if state.status == "suspended" and not isinstance(event, Resumed | Stopped | BallotCorrected):
        raise BadInput(
            "case_suspended", say("Hồ sơ đang tạm dừng; hãy tiếp tục hồ sơ trước."), state.step_code
        )


def _summoned(state: State, event: Summoned) -> Moved:
    step = state.step
    if not step.is_meeting:
        raise BadInput(
            "no_meeting_here", say("Bước “{step}” không họp.", step=Sentence(step.title)), step.code
        )
    if event.number < 1:
        raise BadInput("nobody_summoned", say("Danh sách triệu tập phải có ít nhất một người."), "number")
    if event.meeting_on < event.on:
        raise BadInput("meeting_in_past", say("Ngày họp sớm hơn ngày triệu tập."), "meeting_on")
    if state.sitting is not None and state.sitting.quorate:
        raise BadInput("already_met", say("Hội nghị của bước này đã họp đủ số người."), step.code)
    return replace(state, sitting=Sitting(event.meeting_on, event.number)), ()


def _met(state: State, event: Met) -> Moved:
    sitting, step = state.sitting, state.step
    if sitting is None:
        raise BadInput("no_meeting", say("Chưa triệu tập hội nghị của bước này."), step.code)
    if sitting.present is not None:
        raise BadInput("already_met", say("Kết quả họp đã ghi; muốn họp lại thì triệu tập lại."), step.code)
    if event.on < sitting.meeting_on:
        raise BadInput(
            "meeting_too_early",
            say("Hội nghị được triệu tập ngày {day}.", day=f"{sitting.meeting_on:%d/%m/%Y}"),
            "on",
        )
    if not 0 <= event.present <= sitting.summoned:
        raise BadInput(
            "more_present_than_summoned",
            say(
                "Có mặt {present} nhưng chỉ triệu tập {summoned} người.",
                present=event.present,
                summoned=sitting.summoned,
            ),
            "present",
        )
    needed = quorum_needed(step, sitting.summoned)
    quorate = event.present >= needed
    held = replace(state, sitting=replace(sitting, present=event.present, quorate=quorate))
    return held, () if quorate else (MeetingFailed(step.code, event.present, needed),)


def _closed(state: State, event: BallotClosed) -> Moved:
    step = state.step
    if not step.ballot:
        raise BadInput(
            "no_ballot_here", say("Bước “{step}” không bỏ phiếu.", step=Sentence(step.title)), step.code
        )
    if state.result is not None:
        raise BadInput(
            "already_closed", say("Kết quả kiểm phiếu đã khóa; muốn sửa thì đính chính."), step.code
        )
    meeting = [
        one
        for one in demands(state, event.on)
        if one.code in ("no_meeting", "meeting_not_held", "quorum_missed")
    ]
    if meeting:
        raise BadInput(meeting[0].code, meeting[0].message, meeting[0].about)
    _check_names(state.names, event.passed)
    return replace(state, result=Result(event.status, event.passed, event.verified)), ()


def _corrected(state: State, event: BallotCorrected) -> Moved:
    _check_reason(event.because)
    result = Result(event.status, event.passed, event.verified)
    if event.step == state.step_code and state.result is not None and state.status != "ended":
        _check_names(state.names, event.passed)
        return replace(state, result=result), ()
    visit = state.left.get(event.step)
    if visit is None or visit.result is None:
        raise BadInput("nothing_to_correct", say("Bước này chưa có kết quả kiểm phiếu đã khóa."), event.step)
    _check_names(visit.names, event.passed)
    after = replace(visit, corrected=result)
    moved = replace(state, left={**state.left, event.step: after})
    return moved, (ResultContradicted(event.step),) if after.is_contradicted else ()


def _paper_given(state: State, event: PaperGiven) -> Moved:
    known = {paper.code for step in state.definition.steps for paper in step.needs}
    own = {state.step.own_paper(kind) for kind in state.step.gives}
    if event.code not in known | own:
        raise BadInput("unknown_paper", say("Bước hiện tại không dùng giấy tờ này."), event.code)
    if event.signed_on > event.on:
        raise BadInput("signed_later", say("Ngày ký sau ngày ghi nhận."), "signed_on")
    return replace(state, papers={**state.papers, event.code: event}), ()


def _waived(state: State, event: Waived) -> Moved:
    _check_reason(event.ground, "ground")
    _check_reason(event.by, "by")
    papers = {paper.code for step in state.definition.steps for paper in step.needs}
    timed = {"deadline"} | {f"{step.code}:deadline" for step in state.definition.steps}
    if event.what not in papers | timed:
        raise BadInput(
            "cannot_be_waived",
            say(
                "Không bỏ qua được: chỉ giấy tờ phải nộp và thời hạn mới có thể được miễn; "
                "họp, phiếu và biên bản thì không."
            ),
            event.what,
        )
    return replace(state, waivers=(*state.waivers, event)), ()


def _finished(state: State, event: Finished) -> Moved:
    open_ones = demands(state, event.on)
    if open_ones:
        raise BadInput(open_ones[0].code, open_ones[0].message, open_ones[0].about)
    outcome = _outcome(state, event)
    target = state.step.next[outcome]
    if target.to == AGAIN:
        return _enter(state, state.step_code, state.names, event.on)
    names = _names_after(state, event, outcome, target)
    visit = Visit(state.names, state.sitting, state.result)
    left = {code: kept for code, kept in state.left.items() if code != state.step_code}
    moved = replace(state, left={**left, state.step_code: visit})
    ending = state.definition.ending(target.to)
    if ending is None:
        return _enter(moved, target.to, names, event.on)
    return (
        replace(moved, status="ended", ending=ending.code, names=names),
        (Ended(ending.code, ending.approved, names if ending.approved else (), event.on),),
    )


def _outcome(state: State, event: Finished) -> str:
    """Which of the step's ways out; a closed ballot leaves no choice."""
    ways = state.step.next
    if state.step.ballot and state.result is not None:
        if event.outcome not in ("", state.result.status):
            raise BadInput("ballot_decides", say("Kết quả kiểm phiếu quyết định bước tiếp theo."), "outcome")
        if not state.result.verified and state.result.status != "recorded":
            _check_ground(event.ground)
        return state.result.status
    outcome = event.outcome or (next(iter(ways)) if len(ways) == 1 else "")
    if outcome not in ways:
        raise BadInput(
            "outcome_missing",
            say("Hãy chọn kết quả của bước “{step}”.", step=Sentence(state.step.title)),
            "outcome",
        )
    return outcome


def _names_after(state: State, event: Finished, outcome: str, target: Target) -> tuple[str, ...]:
    if state.step.head_decides and outcome == "chosen":
        if event.names is None or len(event.names) != 1 or event.names[0] not in state.names:
            raise BadInput("one_name", say("Người đứng đầu chọn đúng một người trong số còn lại."), "names")
        _check_ground(event.ground)
        return event.names
    if state.result is not None and outcome in PASSING and not target.all_names:
        if event.names not in (None, state.result.passed):
            raise BadInput("ballot_decides", say("Kết quả kiểm phiếu quyết định ai đi tiếp."), "names")
        return state.result.passed
    if event.names is None or target.all_names:
        return state.names
    _check_names(state.names, event.names)
    if not event.names:
        raise BadInput("nobody_left", say("Phải còn ít nhất một người, nếu không hãy dừng hồ sơ."), "names")
    if set(event.names) != set(state.names):
        _check_ground(event.ground)
    return event.names


def _enter(state: State, code: str, names: tuple[str, ...], on: date) -> Moved:
    """A step begins anew: no meeting, no count, its own papers not yet there."""
    own = {state.definition.step(code).own_paper(kind) for kind in state.definition.step(code).gives}
    papers = {key: paper for key, paper in state.papers.items() if key not in own}
    moved = replace(
        state, step_code=code, entered_on=on, names=names, sitting=None, result=None, papers=papers
    )
    return moved, (StepEntered(code, on, moved.step.deadline),)


def _suspended(state: State, event: Suspended) -> Moved:
    _check_reason(event.reason)
    return replace(state, status="suspended"), ()


def _resumed(state: State, event: Resumed) -> Moved:
    if state.status != "suspended":
        raise BadInput("not_suspended", say("Hồ sơ không ở trạng thái tạm dừng."), state.step_code)
    return replace(state, status="open"), ()


def _returned(state: State, event: Returned) -> Moved:
    """Back to a step: what was decided from there on no longer counts; a count corrected meanwhile does."""
    _check_reason(event.reason)
    codes = [step.code for step in state.definition.steps]
    if event.to != state.step_code and event.to not in state.left:
        raise BadInput("not_passed", say("Chỉ trả về bước đã qua hoặc bước hiện tại."), event.to)
    later = set(codes[codes.index(event.to) :])
    visit = state.left.get(event.to)
    names = state.names if visit is None else visit.names
    gone = {
        state.definition.step(code).own_paper(kind)
        for code in later
        for kind in state.definition.step(code).gives
    }
    kept = replace(
        state,
        left={code: one for code, one in state.left.items() if code not in later},
        papers={key: paper for key, paper in state.papers.items() if key not in gone},
    )
    moved, effects = _enter(kept, event.to, names, event.on)
    if visit is not None and visit.corrected is not None:
        moved = replace(moved, sitting=visit.sitting, result=visit.corrected)
    return moved, effects


def _stopped(state: State, event: Stopped) -> Moved:
    _check_reason(event.reason)
    ended = replace(state, status="ended", ending="stopped")
    return ended, (Ended("stopped", False, (), event.on),)


def _check_names(known: Collection[str], said: Sequence[str]) -> None:
    strangers = [name for name in said if name not in known]
    if strangers or len(set(said)) != len(said):
        raise BadInput("unknown_name", say("Có tên không còn trong hồ sơ, hoặc nêu hai lần."), "names")


def _check_reason(text: str, where: str = "reason") -> None:
    if not text.strip():
        raise BadInput("reason_missing", say("Phải ghi lý do, căn cứ và người có thẩm quyền."), where)


def _check_ground(text: str) -> None:
    if not text.strip():
        raise BadInput(
            "ground_missing",
            say(
                "Quy tắc quyết định ở đây chưa được xác nhận với văn bản gốc, hoặc lựa chọn thuộc cơ quan: "
                "hãy ghi căn cứ áp dụng."
            ),
            "ground",
        )


_ACTS: dict[type, Callable[[State, Any], Moved]] = {
    Summoned: _summoned,
    Met: _met,
    BallotClosed: _closed,
    BallotCorrected: _corrected,
    PaperGiven: _paper_given,
    Waived: _waived,
    Finished: _finished,
    Suspended: _suspended,
    Resumed: _resumed,
    Returned: _returned,
    Stopped: _stopped,
}
