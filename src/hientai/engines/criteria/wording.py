"""Found and required values in words."""

from __future__ import annotations

from hientai.engines.criteria.tree import Operator, Required
from hientai.engines.facts.fact import Fact, FactType, Value
from hientai.engines.wording import Sentence, say

NOT_KNOWN = say("chưa có thông tin")
YES, NO = say("có"), say("không")


def found_text(fact: Fact, value: Value | None) -> Sentence:
    """One answer of a fact in words: its label where it has one, else the number with its unit."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return YES if value else NO
    if value in fact.codes:
        return fact.codes[value]
    if fact.type is FactType.SHARE:
        return say("{percent} %", percent=f"{float(value) * 100:.2f}".rstrip("0").rstrip("."))
    return say("{value} {unit}", value=value, unit=fact.unit) if fact.unit.template else Sentence(str(value))


def required_text(fact: Fact, operator: str, required: Required) -> Sentence:
    """What would be enough, in words: "từ 60 tháng trở lên"."""
    if operator == Operator.IS_TRUE.value:
        return YES
    if operator == Operator.IS_FALSE.value:
        return NO
    if isinstance(required, tuple):
        return _several_text(fact, operator, required)
    value = found_text(fact, required)
    return {
        Operator.AT_LEAST.value: say("từ {value} trở lên", value=value),
        Operator.AT_MOST.value: say("không quá {value}", value=value),
        Operator.ABOVE.value: say("trên {value}", value=value),
        Operator.BELOW.value: say("dưới {value}", value=value),
        Operator.EQUALS.value: say("đúng {value}", value=value),
        Operator.DIFFERS.value: say("khác {value}", value=value),
    }[operator]


def _several_text(fact: Fact, operator: str, required: tuple[Value, ...]) -> Sentence:
    if operator == Operator.BETWEEN.value:
        return say(
            "từ {low} đến dưới {high}", low=found_text(fact, required[0]), high=found_text(fact, required[1])
        )
    words = _listed(fact, required)
    return words if operator == Operator.IN.value else say("không thuộc: {values}", values=words)


def _listed(fact: Fact, values: tuple[Value, ...]) -> Sentence:
    """a; b; c - nested, so that each word is translated by itself."""
    text = found_text(fact, values[0])
    for value in values[1:]:
        text = say("{before} hoặc {value}", before=text, value=found_text(fact, value))
    return text
