"""The outcome of a voting step: who is chosen, who goes on, who decides, with reason and citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.amounts import printed_percent
from hientai.engines.ballots.count import BallotCount, check_count, label_of
from hientai.engines.ballots.rule import Citation, Rule, Threshold
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True)
class NameResult:
    """votes of base: share, exactly; verdict: chosen | carried | head | tied | out | band;
    short_by: votes missing to the threshold, 0 when passed; consequence: of a band."""

    name: str
    votes: int
    share: Fraction
    verdict: str
    short_by: int = 0
    consequence: str = ""


@dataclass(frozen=True)
class Outcome:
    """status: no_quorum | chosen | carried | head_decides | tie | none | banded | recorded.

    "recorded": the rule has no threshold, opinions are counted and decide nothing.
    "tie": votes are equal where the rule must tell people apart; it does not say how, so nobody is taken.
    needed: votes that pass (0 for bands); base: the number shares are of; verified: False when a part of the
    rule that decided here is not confirmed against its text.
    """

    status: str
    names: tuple[NameResult, ...]
    needed: int
    base: int
    base_name: str
    reasons: tuple[Sentence, ...]
    citation: Citation
    verified: bool
    announced: bool | None

    def with_verdict(self, verdict: str) -> tuple[str, ...]:
        """Names with that verdict, most votes first."""
        return tuple(one.name for one in self.names if one.verdict == verdict)


def decide(rule: Rule, count: BallotCount) -> Outcome:
    """The outcome of `count` under `rule`. Raises BadInput when the totals contradict each other."""
    check_count(count, rule.names_per_ballot)
    base = count.of(rule.base)
    ranked = sorted(count.votes, key=lambda name: -count.votes[name])
    if rule.quorum is not None and count.present < rule.quorum * count.summoned:
        return _outcome(rule, count, "no_quorum", {}, [_quorum_sentence(rule, count)], {"quorum"})
    if base == 0:
        return _outcome(
            rule, count, "none", {}, [say("Không có {base} nào để tính.", base=label_of(rule.base))], {"base"}
        )
    if rule.passes is None:
        return _banded(rule, count, ranked)
    over = [name for name in ranked if rule.passes.passes(count.votes[name], base)]
    chosen, tied = _first(over, rule.places, count)
    if tied:
        return _tie(rule, count, chosen, tied, {"pass", "base", "places"})
    if chosen and rule.if_changed and not _may_change(rule, count, chosen[0]):
        return _changed(rule, count, chosen[0])
    half = _exactly_half(rule, count, ranked) if len(chosen) < rule.places else []
    if chosen or half:
        verdicts = dict.fromkeys(chosen, "chosen") | dict.fromkeys(half, "head")
        reasons = [_chosen_sentence(rule, count, chosen)] if chosen else []
        reasons += [_half_sentence(half, base)] if half else []
        if chosen and rule.if_changed and count.previous is None:
            reasons.append(say("Không nêu người của bước trước nên không xét yêu cầu khi kết quả khác đi."))
        deciding = (
            {"pass", "base"}
            | ({"at_half"} if half else set())
            | ({"if_changed"} if rule.if_changed else set())
        )
        return _outcome(rule, count, "chosen" if chosen else "head_decides", verdicts, reasons, deciding)
    return _below(rule, count, ranked)


def _first(names: Sequence[str], places: int, count: BallotCount) -> tuple[list[str], list[str]]:
    """The first `places` by votes, and those with equal votes at the edge when they do not all fit."""
    if len(names) <= places:
        return list(names), []
    edge = count.votes[names[places - 1]]
    if count.votes[names[places]] < edge:
        return list(names[:places]), []
    return [name for name in names if count.votes[name] > edge], [
        name for name in names if count.votes[name] == edge
    ]


def _below(rule: Rule, count: BallotCount, ranked: Sequence[str]) -> Outcome:
    """Nobody passed: who goes on to the next step, or nobody."""
    base, nobody = count.of(rule.base), _nobody_sentence(rule, count)
    if rule.carry is not None:
        on = [name for name in ranked if rule.carry.passes(count.votes[name], base)]
        say_on = say(
            "Đạt {limit} nên đưa sang bước sau: {names}.", limit=rule.carry.sentence(), names=", ".join(on)
        )
        none = say("Không ai đạt {limit}: dừng quy trình.", limit=rule.carry.sentence())
        return _outcome(
            rule,
            count,
            "carried" if on else "none",
            dict.fromkeys(on, "carried"),
            [nobody, say_on if on else none],
            {"pass", "base", "otherwise"},
        )
    if rule.carry_highest:
        voted = [name for name in ranked if count.votes[name] > 0]
        on, tied = _first(voted, rule.carry_highest, count)
        if tied:
            return _tie(rule, count, on, tied, {"pass", "base", "otherwise"}, "carried")
        say_on = say(
            "Đưa sang bước sau {n} người cao phiếu nhất: {names}.", n=rule.carry_highest, names=", ".join(on)
        )
        return _outcome(
            rule,
            count,
            "carried" if on else "none",
            dict.fromkeys(on, "carried"),
            [nobody, *([say_on] if on else [])],
            {"pass", "base", "otherwise"},
        )
    return _outcome(rule, count, "none", {}, [nobody], {"pass", "base", "otherwise"})


def _banded(rule: Rule, count: BallotCount, ranked: Sequence[str]) -> Outcome:
    base = count.of(rule.base)
    consequences: dict[str, str] = {}
    reasons = []
    for name in ranked:
        band = next((band for band in rule.bands if band.threshold.passes(count.votes[name], base)), None)
        if band:
            consequences[name] = band.consequence
            reasons.append(
                say(
                    "{name}: {votes} trên {base} phiếu ({percent}), {limit}: {then}.",
                    name=name,
                    votes=count.votes[name],
                    base=base,
                    percent=printed_percent(Fraction(count.votes[name], base)),
                    limit=band.threshold.sentence(),
                    then=band.consequence,
                )
            )
    if not rule.bands:
        return _outcome(rule, count, "recorded", {}, [_recorded_sentence()], {"bands"})
    return _outcome(
        rule, count, "banded", dict.fromkeys(consequences, "band"), reasons, {"bands", "base"}, consequences
    )


def _tie(
    rule: Rule,
    count: BallotCount,
    before: Sequence[str],
    tied: Sequence[str],
    deciding: set[str],
    verdict: str = "chosen",
) -> Outcome:
    reason = say(
        "{names} cùng {votes} phiếu ở vị trí cuối; quy tắc không nêu cách phân định, cần bỏ phiếu lại "
        "hoặc cấp có thẩm quyền cho ý kiến.",
        names=", ".join(tied),
        votes=count.votes[tied[0]],
    )
    return _outcome(
        rule, count, "tie", dict.fromkeys(before, verdict) | dict.fromkeys(tied, "tied"), [reason], deciding
    )


def _may_change(rule: Rule, count: BallotCount, name: str) -> bool:
    assert rule.if_changed is not None
    return count.previous in (None, name) or rule.if_changed.passes(count.votes[name], count.of(rule.base))


def _changed(rule: Rule, count: BallotCount, name: str) -> Outcome:
    assert rule.if_changed is not None
    base = count.of(rule.base)
    reason = say(
        "{name} khác với người của bước trước ({previous}) nên cần {limit}, tức {needed} phiếu; "
        "mới đạt {votes} trên {base}.",
        name=name,
        previous=count.previous,
        limit=rule.if_changed.sentence(),
        needed=rule.if_changed.needed(base),
        votes=count.votes[name],
        base=base,
    )
    return _outcome(rule, count, "none", {}, [reason], {"pass", "base", "if_changed"})


def _exactly_half(rule: Rule, count: BallotCount, ranked: Sequence[str]) -> list[str]:
    if not rule.head_decides_at_half:
        return []
    return [name for name in ranked if 2 * count.votes[name] == count.of(rule.base)]


def _outcome(
    rule: Rule,
    count: BallotCount,
    status: str,
    verdicts: dict[str, str],
    reasons: Sequence[Sentence],
    deciding: set[str],
    consequences: dict[str, str] | None = None,
) -> Outcome:
    base = count.of(rule.base)
    needed = rule.passes.needed(base) if rule.passes else 0
    names = tuple(
        NameResult(
            name=name,
            votes=count.votes[name],
            share=Fraction(count.votes[name], base) if base else Fraction(0),
            verdict=verdicts.get(name, "out"),
            short_by=max(0, needed - count.votes[name]),
            consequence=(consequences or {}).get(name, ""),
        )
        for name in sorted(count.votes, key=lambda name: -count.votes[name])
    )
    return Outcome(
        status=status,
        names=names,
        needed=needed,
        base=base,
        base_name=rule.base,
        reasons=tuple(reasons),
        citation=rule.citation,
        verified=not deciding & rule.unverified,
        announced=rule.announced,
    )


def _recorded_sentence() -> Sentence:
    return say("Phiếu lấy ý kiến: ghi nhận số phiếu, quy tắc không nêu ngưỡng.")


def _quorum_sentence(rule: Rule, count: BallotCount) -> Sentence:
    assert rule.quorum is not None
    limit = Threshold(rule.quorum, strict=False)
    return say(
        "Có mặt {present} trên {summoned} người được triệu tập; "
        "cần {limit}, tức {needed} người: chưa đủ để họp.",
        present=count.present,
        summoned=count.summoned,
        limit=limit.sentence(),
        needed=limit.needed(count.summoned),
    )


def _chosen_sentence(rule: Rule, count: BallotCount, chosen: Sequence[str]) -> Sentence:
    assert rule.passes is not None
    base = count.of(rule.base)
    lowest = min(count.votes[name] for name in chosen)
    return say(
        "{names}: từ {votes} phiếu trên {base} ({percent}), {limit} {base_name}.",
        names=", ".join(chosen),
        votes=lowest,
        base=base,
        percent=printed_percent(Fraction(lowest, base)),
        limit=rule.passes.sentence(),
        base_name=label_of(rule.base),
    )


def _half_sentence(half: Sequence[str], base: int) -> Sentence:
    return say(
        "{names} đạt đúng một nửa ({votes} trên {base}): người đứng đầu quyết định.",
        names=", ".join(half),
        votes=base // 2,
        base=base,
    )


def _nobody_sentence(rule: Rule, count: BallotCount) -> Sentence:
    assert rule.passes is not None
    base = count.of(rule.base)
    return say(
        "Không ai đạt {limit} {base_name} ({needed} trên {base}).",
        limit=rule.passes.sentence(),
        base_name=label_of(rule.base),
        needed=rule.passes.needed(base),
        base=base,
    )
