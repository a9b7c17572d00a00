"""A search for people as a standard of one's own: conditions over the facts that may judge people, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from hientai.apps.screening.types import Condition
from hientai.engines.criteria.tree import All, Citation, Criterion, Operator, Parameter, Standard
from hientai.engines.criteria.wording import required_text
from hientai.engines.errors import BadInput
from hientai.engines.facts.fact import Fact, FactType, Value
from hientai.engines.vitext import parse_number
from hientai.engines.wording import say
from hientai.foundation.snapshot.everybody import catalogue

MOST = 8
NUMBERS = (Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUALS)
CODES = (Operator.EQUALS, Operator.DIFFERS)
TRUTHS = (Operator.IS_TRUE, Operator.IS_FALSE)


def searchable() -> list[Fact]:
    """The facts one may search by: never those for statistics only, never identifiers."""
    return [fact for fact in catalogue() if not fact.statistics_only and fact.type is not FactType.IDENTIFIER]


def operators_of(fact: Fact) -> tuple[Operator, ...]:
    """The comparisons that make sense for a fact."""
    if fact.type is FactType.BOOLEAN:
        return TRUTHS
    return CODES if fact.type is FactType.CODE else NUMBERS


def criteria_of(conditions: Sequence[Condition]) -> tuple[Criterion, ...]:
    """The criteria of a search. Raises BadInput `statistics_only`, `unknown_fact`, `no_condition`, `wrong_operator`,
    `wrong_type` or `unknown_code`, with the fact."""
    if not conditions:
        raise BadInput("no_condition", say("Chọn ít nhất một điều kiện."), "fact")
    if len(conditions) > MOST:
        raise BadInput("too_many_conditions", say("Nhiều nhất {most} điều kiện.", most=MOST), "fact")
    return tuple(_criterion(number, one) for number, one in enumerate(conditions))


def standard_of(criteria: Sequence[Criterion]) -> Standard:
    """All of the criteria together."""
    title = say("Tìm người")
    return Standard("search", title, "", All("rule", title, Citation(""), tuple(criteria)))


def _criterion(number: int, one: Condition) -> Criterion:
    fact = catalogue().check_usable_in_rules(one.fact)
    operator = next((known for known in operators_of(fact) if known.value == one.operator), None)
    if operator is None:
        raise BadInput(
            "wrong_operator", say("“{label}” không so sánh như vậy được.", label=fact.label), fact.code
        )
    value = _value(fact, one.value) if operator.takes_value else True
    parameter = Parameter("", value, "", Citation(""), verified=True)
    sentence = say("{label}: {wanted}", label=fact.label, wanted=required_text(fact, operator.value, value))
    return Criterion(f"{number}.{fact.code}", sentence, Citation(""), fact.code, operator, parameter)


def _value(fact: Fact, typed: str) -> Value:
    text = typed.strip()
    if fact.type is FactType.CODE:
        fact.check_value(text)
        if not text:
            raise _wrong(fact, typed)
        return text
    try:
        number = parse_number(text).share
    except BadInput as error:
        raise _wrong(fact, typed) from error
    if fact.type is FactType.SHARE:
        return float(number)
    if number.denominator != 1:
        raise _wrong(fact, typed)
    return int(number)


def _wrong(fact: Fact, typed: str) -> BadInput:
    return BadInput(
        "wrong_type",
        say("“{typed}” không phải là giá trị của “{label}”.", typed=typed.strip(), label=fact.label),
        fact.code,
    )
