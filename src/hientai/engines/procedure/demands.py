"""What a step still asks for before it can end, in the order in which an officer would see to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hientai.engines.ballots import Citation, Threshold
from hientai.engines.procedure.definition import PaperNeed, Step
from hientai.engines.procedure.state import State
from hientai.engines.wording import Sentence, say

TITLES = {
    "minutes": say("Biên bản hội nghị"),
    "counting": say("Biên bản kiểm phiếu"),
    "aggregate": say("Bảng tổng hợp kiểm phiếu"),
}


@dataclass(frozen=True)
class Demand:
    """code: paper_missing | paper_expired | no_meeting | meeting_not_held | quorum_missed | ballot_open |
    ballot_corrected; about: the paper or step; citation: the article behind it."""

    code: str
    about: str
    message: Sentence
    citation: Citation
    verified: bool


def demands(state: State, on: date) -> tuple[Demand, ...]:
    """What keeps the present step from ending on a day; empty when nothing does. Nothing is asked of an ended case."""
    if state.status == "ended":
        return ()
    return tuple(_demands(state, state.step, on))


def quorum_needed(step: Step, summoned: int) -> int:
    """How many of those summoned must come; 0 where nothing is asked."""
    return 0 if step.quorum is None else Threshold(step.quorum, strict=False).needed(summoned)


def _demands(state: State, step: Step, on: date) -> Iterator[Demand]:
    if state.contradicted:
        title = Sentence(state.definition.step(state.contradicted).title)
        message = say(
            "Kết quả kiểm phiếu bước “{step}” đã được đính chính và khác kết quả đã dùng để đi tiếp; "
            "hãy trả hồ sơ về bước đó.",
            step=title,
        )
        yield Demand("ballot_corrected", state.contradicted, message, step.citation, step.verified)
    for paper in step.needs:
        yield from _paper(state, step, paper, on)
    yield from _meeting(state, step)
    if step.ballot and state.result is None:
        yield Demand(
            "ballot_open", step.code, say("Chưa khóa kết quả kiểm phiếu."), step.citation, step.verified
        )
    for kind in step.gives:
        if step.own_paper(kind) not in state.papers:
            message = say("Chưa có: {paper} của bước này.", paper=TITLES[kind])
            yield Demand("paper_missing", step.own_paper(kind), message, step.citation, step.verified)


def _paper(state: State, step: Step, paper: PaperNeed, on: date) -> Iterator[Demand]:
    if state.is_waived(paper.code):
        return
    citation, held = paper.citation or step.citation, state.papers.get(paper.code)
    if held is None:
        message = say("Thiếu giấy tờ: {paper}.", paper=Sentence(paper.title))
        yield Demand("paper_missing", paper.code, message, citation, paper.verified)
    elif held.valid_until is not None and held.valid_until < on:
        message = say(
            "“{paper}” chỉ có giá trị đến hết ngày {day}; cần bản mới.",
            paper=Sentence(paper.title),
            day=f"{held.valid_until:%d/%m/%Y}",
        )
        yield Demand("paper_expired", paper.code, message, citation, paper.verified)


def _meeting(state: State, step: Step) -> Iterator[Demand]:
    if not step.is_meeting:
        return
    sitting = state.sitting
    if sitting is None:
        message = say("Chưa triệu tập: {who}.", who=step.summoned)
        yield Demand("no_meeting", step.code, message, step.citation, step.verified)
    elif sitting.present is None:
        message = say("Chưa ghi kết quả họp ngày {day}.", day=f"{sitting.meeting_on:%d/%m/%Y}")
        yield Demand("meeting_not_held", step.code, message, step.citation, step.verified)
    elif not sitting.quorate:
        message = say(
            "Hội nghị ngày {day} có mặt {present} trên {summoned} người được triệu tập, cần {needed}: "
            "không đủ để họp, phải triệu tập lại.",
            day=f"{sitting.meeting_on:%d/%m/%Y}",
            present=sitting.present,
            summoned=sitting.summoned,
            needed=quorum_needed(step, sitting.summoned),
        )
        yield Demand("quorum_missed", step.code, message, step.citation, step.quorum_verified)
