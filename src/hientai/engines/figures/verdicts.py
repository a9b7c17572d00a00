"""Makes findings: the verdict of a share or a sum, the likely slip and the explanation in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, closes, fits, fitting_bases, judged_share
from hientai.engines.figures.findings import (
    Base,
    Closing,
    Likely,
    Place,
    Relation,
    ShareFinding,
    Slip,
    SumFinding,
    Verdict,
)
from hientai.engines.figures.numbers import Bound
from hientai.engines.figures.slips import likely_share_slip, likely_sum_slip
from hientai.engines.figures.spoken import spoken, spoken_sum
from hientai.engines.figures.units import Family, Match, Unit, match
from hientai.engines.wording import Sentence, say

_MOST_BASES = 5


def share_finding(
    *,
    label: str,
    shown: str,
    printed: Printed,
    num: Fraction | None,
    den: Fraction | None,
    where: Place,
    near: Sequence[Base] = (),
    forced: bool = False,
    relation: Relation = Relation.SHARE,
    in_points: bool = False,
    given: int | float | None = None,
) -> ShareFinding:
    """Judges one printed share. num or den None: BASE_MISSING with the numbers of `near` that would fit.

    den must not be zero; `forced` is told by the caller, who sees the whole set of shares.
    """
    finding = ShareFinding(
        label=label,
        printed=shown,
        value=printed.share,
        num=num,
        den=den,
        where=where,
        verdict=Verdict.BASE_MISSING,
        explanation=say("Chưa nêu mẫu số"),
        relation=relation,
        digits=printed.digits,
        in_points=in_points,
        given=given,
    )
    if num is None or den is None:
        return _without_base(finding, printed, near)
    verdict = judged_share(printed, num, den)
    if forced and verdict is not Verdict.EXACT and printed.bound is Bound.EXACT:
        verdict = Verdict.FORCED
    likely = likely_share_slip(printed, num, den, near) if verdict is Verdict.WRONG else None
    return replace(
        finding, verdict=verdict, likely=likely, explanation=_share_words(finding, printed, num, den, verdict)
    )


def _without_base(finding: ShareFinding, printed: Printed, near: Sequence[Base]) -> ShareFinding:
    if finding.num is None:
        return replace(
            finding,
            explanation=say(
                "Chỉ có tỷ lệ {printed}, không nêu số lượng và mẫu số nên không kiểm tra được",
                printed=finding.printed,
            ),
        )
    num = finding.num
    bases = tuple(
        base for base in near if base.value > 0 and base.value != num and fits(printed, num, base.value)
    )[:_MOST_BASES]
    fitting = fitting_bases(printed, num) if num < 10**7 else None
    if fitting is None:
        words: Sentence = say(
            "{num} là {printed} của số nào chưa nêu", num=spoken(num), printed=finding.printed
        )
    elif fitting[0] == fitting[1]:
        words = say(
            "{num} là {printed} của số nào chưa nêu; mẫu số khớp: {low}",
            num=spoken(num),
            printed=finding.printed,
            low=fitting[0],
        )
    else:
        words = say(
            "{num} là {printed} của số nào chưa nêu; mẫu số khớp: từ {low} đến {high}",
            num=spoken(num),
            printed=finding.printed,
            low=spoken(Fraction(fitting[0])),
            high=spoken(Fraction(fitting[1])),
        )
    return replace(finding, bases=bases, fitting=fitting, explanation=words)


def _share_words(
    finding: ShareFinding, printed: Printed, num: Fraction, den: Fraction, verdict: Verdict
) -> Sentence:
    exact = num / den * printed.scale
    sign = "%" if printed.scale == 100 else " lần" if finding.relation is Relation.TIMES else ""
    values = {
        "num": spoken(num),
        "den": spoken(den),
        "exact": spoken(exact) + sign,
        "printed": finding.printed,
        "digits": printed.digits,
    }
    if verdict is Verdict.EXACT:
        return say("{num} / {den} = {exact}, đúng bằng số in", **values)
    if verdict is Verdict.ROUNDED and printed.bound is not Bound.EXACT:
        return say("{num} / {den} = {exact}, phù hợp với cách nói ước chừng {printed}", **values)
    if verdict is Verdict.ROUNDED:
        return say("{num} / {den} = {exact}, in {printed}: làm tròn đến {digits} chữ số thập phân", **values)
    if verdict is Verdict.TRUNCATED:
        return say("{num} / {den} = {exact}, in {printed}: cắt bỏ phần sau thay vì làm tròn", **values)
    if verdict is Verdict.FORCED:
        return say(
            "{num} / {den} = {exact}, in {printed}: chỉnh một đơn vị cuối để các tỷ lệ cộng lại đúng 100",
            **values,
        )
    return say("{num} / {den} = {exact}, nhưng in {printed}", **values)


def sum_finding(
    *,
    label: str,
    parts: tuple[Fraction, ...],
    total: Fraction,
    where: Place,
    closing: Closing = Closing.WHOLE,
    within_rounding: bool = False,
    near: Sequence[Base] = (),
    part_labels: tuple[str, ...] = (),
    units: Sequence[Unit | None] = (),
    total_unit: Unit | None = None,
    likely: Likely | None = None,
) -> SumFinding:
    """Judges one total. PARTS need not be all of the total: only a sum above it is wrong, the rest is
    reported."""
    finding = SumFinding(
        label,
        parts,
        total,
        where,
        Verdict.EXACT,
        say(""),
        closing,
        part_labels=part_labels if any(part_labels) else (),
        units=tuple(unit.word if unit else "" for unit in units),
    )
    if closes(parts, total):
        mixed = closing is Closing.WHOLE and _mixed(units)
        if mixed:
            return replace(
                finding,
                verdict=Verdict.UNIT_MIXED,
                explanation=say("{parts} = {total}, nhưng cộng số người với số lượt", **_sum_values(finding)),
                likely=Likely(Slip.PERSONS_AND_TURNS, say("cộng số người với số lượt")),
            )
        return replace(finding, explanation=say("{parts} = {total}, đúng bằng số in", **_sum_values(finding)))
    if closing is Closing.PARTS and finding.rest > 0:
        return replace(
            finding,
            explanation=say(
                "{parts} = {sum}; còn lại {rest} trong {total} không nêu", **_sum_values(finding)
            ),
        )
    if within_rounding:
        return replace(
            finding,
            verdict=Verdict.ROUNDED,
            explanation=say(
                "{parts} = {sum}, in {total}: lệch trong phạm vi làm tròn", **_sum_values(finding)
            ),
        )
    return replace(
        finding,
        verdict=Verdict.WRONG,
        likely=likely or likely_sum_slip(parts, total, near),
        explanation=say("{parts} = {sum}, nhưng in {total} (lệch {difference})", **_sum_values(finding)),
    )


def _sum_values(finding: SumFinding) -> dict[str, str]:
    return {
        "parts": spoken_sum(finding.parts),
        "sum": spoken(finding.sum),
        "total": spoken(finding.total),
        "rest": spoken(finding.rest),
        "difference": spoken(abs(finding.rest)),
    }


def _mixed(units: Sequence[Unit | None]) -> bool:
    families = {unit.family for unit in units if unit}
    return {Family.PERSON, Family.TURN} <= families


def compatible(one: Unit | None, other: Unit | None) -> bool:
    """Whether two counts may meet in one sum at all."""
    return match(one, other) is not Match.CLASH
