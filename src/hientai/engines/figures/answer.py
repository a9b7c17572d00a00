"""The findings as one JSON document and as lines of text: the answer of `check-figures`, the page and the
API."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hientai.engines.figures.findings import (
    FAULTS,
    Closing,
    Findings,
    Likely,
    Relation,
    ShareFinding,
    SumFinding,
    Unclaimed,
    Verdict,
)

Translate = Callable[[str], str]


def number(value: Fraction) -> int | float:
    """A JSON number: an integer where the value is whole."""
    return int(value) if value.denominator == 1 else float(value)


def as_document(findings: Findings, translate: Translate = str) -> dict[str, Any]:
    """`{"percentages": [...], "sums": [...], "unclaimed": [...], "counts": {...}, "faults": n}`.

    Shares are fractions of one (58,02% is 0.5802); `printed` is as in the source; `likely` names the slip in
    words, `slip` is its code. The order is that of the input.
    """
    counts = {verdict.value: 0 for verdict in Verdict}
    for finding in _all(findings):
        counts[finding.verdict.value] += 1
    return {
        "percentages": [_share(share, translate) for share in findings.shares],
        "sums": [_sum(total, translate) for total in findings.sums],
        "unclaimed": [_unclaimed(figure) for figure in findings.unclaimed],
        "counts": counts,
        "faults": findings.faults,
    }


def _all(findings: Findings) -> list[ShareFinding | SumFinding]:
    return [*findings.shares, *findings.sums]


def _share(share: ShareFinding, translate: Translate) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "label": share.label,
        "printed": share.printed if share.given is None else share.given,
        "printed_share": number(share.value),
        "exact": None if share.exact is None else number(share.exact),
        "num": None if share.num is None else number(share.num),
        "den": None if share.den is None else number(share.den),
        "where": share.where.name,
        "verdict": share.verdict.value,
        "digits": share.digits,
        "explanation": share.explanation.render(translate),
    }
    if share.exact is not None:
        entry["fraction"] = f"{share.num}/{share.den}"
    if share.relation is not Relation.SHARE:
        entry["relation"] = share.relation.value
    if share.in_points:
        entry["in_points"] = True
    _add_likely(entry, share.likely, translate)
    if share.verdict is Verdict.BASE_MISSING:
        entry["bases"] = [
            {"value": number(base.value), "label": base.label, "where": base.where} for base in share.bases
        ]
        if share.fitting:
            entry["fitting"] = {"from": share.fitting[0], "to": share.fitting[1]}
    return entry


def _sum(total: SumFinding, translate: Translate) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "label": total.label,
        "parts": [number(part) for part in total.parts],
        "total": number(total.total),
        "sum": number(total.sum),
        "where": total.where.name,
        "verdict": total.verdict.value,
        "closing": total.closing.value,
        "explanation": total.explanation.render(translate),
    }
    if total.rest:
        entry["rest"] = number(total.rest)
    if total.part_labels:
        entry["part_labels"] = list(total.part_labels)
    if any(total.units):
        entry["units"] = list(total.units)
    _add_likely(entry, total.likely, translate)
    return entry


def _add_likely(entry: dict[str, Any], likely: Likely | None, translate: Translate) -> None:
    if likely:
        entry["likely"] = likely.sentence.render(translate)
        entry["slip"] = likely.slip.value


def _unclaimed(figure: Unclaimed) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": number(figure.value),
        "unit": figure.unit,
        "where": figure.where.name,
    }


VERDICT_WORDS = {
    Verdict.EXACT: "đúng",
    Verdict.ROUNDED: "làm tròn",
    Verdict.TRUNCATED: "cắt bỏ",
    Verdict.FORCED: "chỉnh cho đủ 100",
    Verdict.WRONG: "SAI",
    Verdict.BASE_MISSING: "thiếu mẫu số",
    Verdict.UNIT_MIXED: "LẪN ĐƠN VỊ",
}


def as_text(findings: Findings, translate: Translate = str) -> str:
    """What a person reads: faults first, then the other findings in order, then how many figures have no
    claim."""
    lines: list[str] = []
    for finding in sorted(_all(findings), key=lambda one: one.verdict not in FAULTS):
        if not _is_trivial(finding):
            lines.append(_line(finding, translate))
    heading = translate(
        "Tỷ lệ: {shares}; phép cộng: {sums}; số không có phép tính kèm: {unclaimed}; sai: {faults}"
    ).format(
        shares=len(findings.shares),
        sums=len(findings.sums),
        unclaimed=len(findings.unclaimed),
        faults=findings.faults,
    )
    return "\n".join([heading, *lines])


def _is_trivial(finding: ShareFinding | SumFinding) -> bool:
    """A single part below its whole says nothing that a reader must see."""
    if isinstance(finding, ShareFinding) or finding.verdict in FAULTS:
        return False
    return finding.closing is Closing.PARTS and len(finding.parts) == 1


def _line(finding: ShareFinding | SumFinding, translate: Translate) -> str:
    mark, words = translate(VERDICT_WORDS[finding.verdict]), finding.explanation.render(translate)
    text = f"[{mark}] {finding.where.name}: {words}"
    if finding.likely:
        text += f" - {finding.likely.sentence.render(translate)}"
    if finding.label:
        text += f" · {finding.label}"
    return text
