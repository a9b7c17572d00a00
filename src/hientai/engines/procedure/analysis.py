"""Proves a definition sound: every step is reached, from every step an end is, every outcome leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hientai.engines.ballots import Rule, possible_statuses
from hientai.engines.procedure.definition import AGAIN, STEP_PAPERS, Definition, Step
from hientai.engines.wording import Sentence, say


def faults(definition: Definition, rules: Mapping[str, Rule]) -> list[Sentence]:
    """What is wrong with a definition, one sentence each; empty when a case can always go on to an end.

    rules: the ballot rules by code that its steps may name.
    """
    return [
        *_names(definition),
        *_ways(definition, rules),
        *_reach(definition),
    ]


def _names(definition: Definition) -> Iterator[Sentence]:
    codes = [step.code for step in definition.steps] + [ending.code for ending in definition.endings]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield say("Mã “{code}” dùng hai lần.", code=code)
    if "stopped" not in codes:
        yield say("Thiếu kết thúc “stopped”: hồ sơ nào cũng có thể phải dừng.")
    for step in definition.steps:
        for kind in step.gives:
            if kind not in STEP_PAPERS:
                yield say("Bước “{step}”: không có loại giấy tờ “{kind}”.", step=step.code, kind=kind)


def _ways(definition: Definition, rules: Mapping[str, Rule]) -> Iterator[Sentence]:
    known = (
        {step.code for step in definition.steps} | {ending.code for ending in definition.endings} | {AGAIN}
    )
    for step in definition.steps:
        if not step.next:
            yield say("Bước “{step}” không dẫn tới đâu.", step=step.code)
        for outcome, target in step.next.items():
            if target.to not in known:
                yield say(
                    "Bước “{step}”, kết quả “{outcome}”: không có “{to}”.",
                    step=step.code,
                    outcome=outcome,
                    to=target.to,
                )
        if step.ballot:
            yield from _ballot(step, rules)


def _ballot(step: Step, rules: Mapping[str, Rule]) -> Iterator[Sentence]:
    """A step asks its quorum before anybody votes, so that its ballot never ends for want of one."""
    rule = rules.get(step.ballot)
    if rule is None:
        yield say("Bước “{step}”: không có quy tắc bỏ phiếu “{rule}”.", step=step.code, rule=step.ballot)
        return
    if not step.is_meeting:
        yield say("Bước “{step}” bỏ phiếu nhưng không nêu ai được triệu tập.", step=step.code)
    if rule.quorum != step.quorum:
        yield say("Bước “{step}”: số người cần có mặt khác với quy tắc bỏ phiếu.", step=step.code)
    possible = possible_statuses(rule) - {"no_quorum"}
    for outcome in sorted(possible - step.next.keys()):
        yield say(
            "Bước “{step}”: kết quả “{outcome}” của quy tắc không dẫn tới đâu.",
            step=step.code,
            outcome=outcome,
        )
    for outcome in sorted(step.next.keys() - possible):
        yield say(
            "Bước “{step}”: quy tắc không bao giờ cho kết quả “{outcome}”.", step=step.code, outcome=outcome
        )


def _reach(definition: Definition) -> Iterator[Sentence]:
    onward = {
        step.code: {target.to for target in step.next.values() if target.to != AGAIN}
        for step in definition.steps
    }
    reached = _closure(definition.first, onward)
    for step in definition.steps:
        if step.code not in reached:
            yield say("Không có cách nào tới bước “{step}”.", step=step.code)
        ends = [e for e in definition.endings if e.code in _closure(step.code, onward)]
        if not ends:
            yield say("Bước “{step}” là ngõ cụt: không có đường tới kết thúc.", step=step.code)
    for ending in definition.endings:
        if ending.code not in reached and ending.code != "stopped":
            yield say("Không có cách nào tới kết thúc “{ending}”.", ending=ending.code)
    if not any(ending.approved and ending.code in reached for ending in definition.endings):
        yield say("Không có đường nào tới một kết thúc được phê duyệt.")


def _closure(start: str, onward: Mapping[str, set[str]]) -> set[str]:
    found, open_ones = {start}, [start]
    while open_ones:
        for code in onward.get(open_ones.pop(), set()) - found:
            found.add(code)
            open_ones.append(code)
    return found
