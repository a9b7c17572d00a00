"""A slate's result as the JSON document of the contract, and as sentences for people."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hientai.engines.slate.problem import Conflict, Relaxation, Result, RuleReading, Slate
from hientai.engines.wording import Sentence, say


def as_document(result: Result) -> dict[str, Any]:
    """The answer of `slate PROBLEM.json --json`; shares are fractions of one, costs only when asked for."""
    if result.conflict is not None:
        return {"status": "infeasible", **_conflict(result.conflict)}
    document: dict[str, Any] = {
        "status": result.status,
        "kind": "proposal",
        "objective": None,
        "bound": _number(result.bound),
        "chosen": [],
        "rules": [_rule(rule) for rule in result.rules],
    }
    if result.best is not None:
        document.update(_slate(result.best))
    if result.others:
        document["others"] = [_slate(other) for other in result.others]
    if result.person_costs:
        document["entries"] = [{"name": n, "cost": _number(c)} for n, c in result.person_costs.items()]
    return document


def _slate(slate: Slate) -> dict[str, Any]:
    return {"objective": _number(slate.objective), "chosen": list(slate.chosen)}


def _rule(rule: RuleReading) -> dict[str, Any]:
    value = rule.value
    entry: dict[str, Any] = {
        "name": rule.name,
        "value": _number(value),
        "count": rule.count,
        "base": rule.base,
        "slack": rule.slack,
        "binding": rule.binding,
        "unknown": rule.unknown,
    }
    if rule.cost is not None:
        entry["cost"] = _number(rule.cost)
    return entry


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "conflict": list(conflict.rules or conflict.people),
        "with": list(conflict.people if conflict.rules else ()),
        "irreducible": conflict.irreducible,
        "relaxations": [_relaxation(one) for one in conflict.relaxations],
        "relaxation_proven": conflict.relaxation_proven,
    }


def _relaxation(one: Relaxation) -> dict[str, Any]:
    return {"rule": one.rule, "by": one.by, "side": one.side, "to": _number(one.to)}


def _number(value: Fraction | int | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if Fraction(value).denominator == 1 else float(value)


def sentences(result: Result) -> list[Sentence]:
    """The result for a person at a terminal, line by line."""
    if result.conflict is not None:
        return _conflict_sentences(result.conflict)
    if result.best is None:
        return [say("Chưa tìm được phương án nào trong giới hạn đã cho; chưa thể kết luận là không có.")]
    best = result.best
    lines = [say("Đề xuất cơ cấu để bàn, không phải quyết định và không xếp hạng cá nhân.")]
    if result.status == "optimal":
        lines.append(
            say(
                "Tổng điểm {total}: đã chứng minh không có phương án nào cao hơn.",
                total=_number(best.objective),
            )
        )
    else:
        lines.append(
            say(
                "Tổng điểm {total}; chưa chứng minh xong, không phương án nào vượt {bound}.",
                total=_number(best.objective),
                bound=_number(result.bound),
            )
        )
    lines.append(say("Chọn {n} người: {people}", n=len(best.chosen), people=", ".join(best.chosen)))
    lines += [_rule_sentence(rule) for rule in result.rules]
    lines += [
        say(
            "Phương án khác, tổng điểm {total}: {people}",
            total=_number(other.objective),
            people=", ".join(other.chosen),
        )
        for other in result.others
    ]
    lines += [
        say("Nếu bỏ “{name}”, tổng điểm tăng {cost}.", name=_entry(name), cost=_number(cost))
        for name, cost in result.person_costs.items()
    ]
    return lines


def _rule_sentence(rule: RuleReading) -> Sentence:
    parts = [
        say("- {name}: {count} trên {base} người", name=rule.name, count=rule.count, base=rule.base),
        say("vừa đủ, không còn dư") if rule.binding else say("còn dư {slack} người", slack=rule.slack),
    ]
    if rule.unknown:
        parts.append(say("{unknown} người chưa rõ thông tin", unknown=rule.unknown))
    if rule.cost is not None:
        parts.append(say("bỏ quy tắc này thì tổng điểm tăng {cost}", cost=_number(rule.cost)))
    return _joined(parts)


def _joined(parts: list[Sentence]) -> Sentence:
    template = "; ".join(f"{{p{i}}}" for i in range(len(parts)))
    return Sentence(template, {f"p{i}": part for i, part in enumerate(parts)})


def _entry(name: str) -> Sentence:
    """An entry of must, must_not, together or apart in words."""
    kind, _, people = name.partition(": ")
    return {
        "must": say("phải chọn {people}", people=people),
        "must_not": say("không chọn {people}", people=people),
        "together": say("cùng chọn hoặc cùng không: {people}", people=people),
        "apart": say("không cùng chọn: {people}", people=people),
    }[kind]


def _conflict_sentences(conflict: Conflict) -> list[Sentence]:
    lines = [say("Không có phương án nào đủ số người mà thỏa mọi quy tắc. Các mục sau không thể cùng đúng:")]
    lines += [say("- {name}", name=name) for name in conflict.rules]
    lines += [say("- {name}", name=_entry(name)) for name in conflict.people]
    if conflict.irreducible:
        lines.append(say("Bỏ bất kỳ mục nào trong số đó thì các mục còn lại cùng đúng được."))
    if conflict.relaxations:
        lines.append(say("Cách nới rẻ nhất (áp dụng tất cả các mục sau):"))
    for one in conflict.relaxations:
        if one.side in ("least", "most"):
            lines.append(
                say("- “{rule}”: nới {by} người, thành {to}", rule=one.rule, by=one.by, to=_number(one.to))
            )
        else:
            lines.append(say("- bỏ: {rule}", rule=_entry(one.rule)))
    return lines
