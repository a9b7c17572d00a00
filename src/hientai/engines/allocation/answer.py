"""An allocation's result as a JSON document, and as sentences for people."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hientai.engines.allocation.problem import Problem, Result
from hientai.engines.wording import Sentence, say


def as_document(problem: Problem, result: Result) -> dict[str, Any]:
    """The answer of `allocate PROBLEM.json --json`; shares are fractions of one."""
    return {
        "status": result.status,
        "kind": "proposal",
        "objective": _number(result.objective),
        "bound": _number(result.bound),
        "gap": _number(result.gap),
        "missed": result.missed,
        "missed_bound": result.missed_bound,
        "accepted": [
            {"person": one.person, "unit": one.unit, "class": one.to_class}
            for one in (problem.nominations[i] for i in result.accepted)
        ],
        "classes": [
            {"id": one.id, "accepted": one.accepted, "places": one.places, "open": one.open}
            for one in result.classes
        ],
        "units": [
            {
                "id": one.id,
                "asked": one.asked,
                "accepted": one.accepted,
                "share": _number(one.share),
                "most_away": one.most_away,
                "away_at_most": one.away_at_most,
            }
            for one in result.units
        ],
        "quotas": [{"name": one.name, "value": one.count, "missed": one.missed} for one in result.quotas],
        "left_out": [
            {
                "person": one.person,
                "class": one.to_class,
                "codes": list(one.codes),
                "reasons": [str(reason) for reason in one.reasons],
            }
            for one in result.left_out
        ],
    }


def sentences(problem: Problem, result: Result) -> list[Sentence]:
    """The result for a person at a terminal, line by line."""
    lines = [say("Đề xuất để xem xét, không phải quyết định cử đi học.")]
    if result.status == "optimal":
        lines.append(say("Đã chứng minh không có cách xếp nào tốt hơn."))
    else:
        lines.append(
            say(
                "Chưa chứng minh xong: đạt {objective}, không cách xếp nào vượt {bound}.",
                objective=_number(result.objective),
                bound=_number(result.bound),
            )
        )
    lines.append(
        say("Nhận {n} trên {all} đề cử.", n=len(result.accepted), all=len(problem.nominations)),
    )
    lines += [
        say("- Lớp {id}: {n} trên {places} chỗ", id=one.id, n=one.accepted, places=one.places)
        for one in result.classes
    ]
    lines += [
        say(
            "- Chỉ tiêu “{name}”: {count} người, còn thiếu {missed}",
            name=one.name,
            count=one.count,
            missed=one.missed,
        )
        for one in result.quotas
    ]
    if result.left_out:
        lines.append(say("Chưa nhận:"))
    for entry in result.left_out:
        reasons = Sentence(
            " ".join(f"{{r{i}}}" for i in range(len(entry.reasons))),
            {f"r{i}": r for i, r in enumerate(entry.reasons)},
        )
        lines.append(
            say(
                "- {person}, lớp {to_class}: {reasons}",
                person=entry.person,
                to_class=entry.to_class,
                reasons=reasons,
            )
        )
    return lines


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
