"""A ballot's outcome as a JSON document, and as sentences for people."""

from __future__ import annotations

from typing import Any

from hientai.engines.amounts import printed_percent
from hientai.engines.ballots.count import label_of
from hientai.engines.ballots.outcome import Outcome
from hientai.engines.wording import Sentence, say

_VERDICTS = {
    "chosen": say("được chọn"),
    "carried": say("đưa sang bước sau"),
    "head": say("người đứng đầu quyết định"),
    "tied": say("bằng phiếu, chưa phân định"),
    "band": say("thuộc mức phải xử lý"),
    "out": say("không đạt"),
}


def verdict_label(verdict: str) -> Sentence:
    """What a name's verdict is called: "được chọn"; nothing decided where opinions are only recorded."""
    return _VERDICTS[verdict]


def as_document(outcome: Outcome) -> dict[str, Any]:
    """The answer of `ballot RULE.json --json`; shares are fractions of one, percent is rounded half up."""
    citation = outcome.citation
    return {
        "outcome": outcome.status,
        "base": {"name": outcome.base_name, "count": outcome.base},
        "needed": outcome.needed or None,
        "chosen": list(outcome.with_verdict("chosen")),
        "carried": list(outcome.with_verdict("carried")),
        "head_decides": list(outcome.with_verdict("head")),
        "tied": list(outcome.with_verdict("tied")),
        "names": [
            {
                "name": one.name,
                "votes": one.votes,
                "share": float(one.share),
                "percent": printed_percent(one.share),
                "verdict": one.verdict,
                "short_by": one.short_by,
            }
            | ({"consequence": one.consequence} if one.consequence else {})
            for one in outcome.names
        ],
        "reasons": [str(reason) for reason in outcome.reasons],
        "citation": {
            "document": citation.document,
            "article": citation.article or None,
            "clause": citation.clause or None,
            "source": citation.source or None,
        },
        "verified": outcome.verified,
        "announced": outcome.announced,
    }


def sentences(outcome: Outcome) -> list[Sentence]:
    """The outcome for a person at a terminal, line by line."""
    lines = list(outcome.reasons)
    lines += [
        say(
            "- {name}: {votes} trên {base} {label} ({percent}, làm tròn nửa lên) – {verdict}",
            name=one.name,
            votes=one.votes,
            base=outcome.base,
            label=label_of(outcome.base_name),
            percent=printed_percent(one.share),
            verdict=_VERDICTS[one.verdict],
        )
        for one in outcome.names
    ]
    lines.append(say("Căn cứ: {citation}.", citation=str(outcome.citation)))
    if not outcome.verified:
        lines.append(say("Phần quy tắc quyết định ở đây chưa được xác nhận với văn bản gốc."))
    if outcome.announced is False:
        lines.append(say("Kết quả bước này không công bố tại hội nghị."))
    return lines
