"""Random fact catalogues, rules and people for property-based tests."""

from __future__ import annotations

from hypothesis import strategies as st

from hientai.engines.criteria.tree import (
    All,
    AnyOf,
    Citation,
    Criterion,
    Node,
    Not,
    Open,
    OpenReason,
    Operator,
    Parameter,
    Standard,
)
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Clock, Fact, FactType, Value
from hientai.engines.wording import Sentence

HERE = Citation("1-QĐ/TEST", "1", "a")
NUMBERS = range(-1, 5)
CODES = ("a", "b", "c")


def fact(code: str, kind: FactType, clock: Clock = Clock.STILL, **more: object) -> Fact:
    text = Sentence(code)
    return Fact(code, text, kind, Sentence(""), text, text, clock=clock, **more)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    [
        fact("number_one", FactType.INTEGER),
        fact("number_two", FactType.INTEGER),
        fact("grows", FactType.MONTHS, Clock.GROWS),
        fact("shrinks", FactType.MONTHS, Clock.SHRINKS),
        fact("share", FactType.SHARE),
        fact("truth", FactType.BOOLEAN),
        fact("ends", FactType.BOOLEAN, Clock.ENDS),
        fact("code", FactType.CODE, codes={code: Sentence(code) for code in CODES}),
    ]
)

ORDERED = (
    Operator.AT_LEAST,
    Operator.AT_MOST,
    Operator.ABOVE,
    Operator.BELOW,
    Operator.EQUALS,
    Operator.DIFFERS,
)


def answers_of(one: Fact) -> st.SearchStrategy[Value]:
    if one.type is FactType.BOOLEAN:
        return st.booleans()
    if one.type is FactType.CODE:
        return st.sampled_from(CODES)
    if one.type is FactType.SHARE:
        return st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
    return st.sampled_from(NUMBERS)


def people(catalogue: Catalogue = CATALOGUE) -> st.SearchStrategy[dict[str, Value | None]]:
    return st.fixed_dictionaries({one.code: st.none() | answers_of(one) for one in catalogue})


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    one = draw(st.sampled_from(list(CATALOGUE)))
    operator, required = draw(comparisons(one))
    key = f"k{draw(st.integers(0, 10**9))}"
    return Criterion(
        key, Sentence(key), HERE, one.code, operator, Parameter("", required, "", HERE, draw(st.booleans()))
    )


@st.composite
def comparisons(draw: st.DrawFn, one: Fact) -> tuple[Operator, object]:
    if one.type is FactType.BOOLEAN:
        return draw(st.sampled_from([Operator.IS_TRUE, Operator.IS_FALSE])), True
    if one.type is FactType.CODE:
        operator = draw(st.sampled_from([Operator.EQUALS, Operator.DIFFERS, Operator.IN, Operator.NOT_IN]))
    else:
        operator = draw(st.sampled_from([*ORDERED, Operator.IN, Operator.NOT_IN, Operator.BETWEEN]))
    if operator is Operator.BETWEEN:
        return operator, tuple(sorted((draw(answers_of(one)), draw(answers_of(one)))))
    if operator in (Operator.IN, Operator.NOT_IN):
        return operator, tuple(draw(st.lists(answers_of(one), min_size=1, max_size=3, unique=True)))
    return operator, draw(answers_of(one))


def nodes() -> st.SearchStrategy[Node]:
    open_part = st.sampled_from(OpenReason).map(lambda reason: Open("open", Sentence("open"), HERE, reason))
    leaves = st.one_of(criteria(), criteria(), criteria(), criteria(), open_part)
    return st.recursive(leaves, _groups, max_leaves=8)


def _groups(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        several.map(lambda found: All("all", Sentence("all"), HERE, found)),
        several.map(lambda found: AnyOf("any", Sentence("any"), HERE, found)),
        parts.map(lambda found: Not("not", Sentence("not"), HERE, found)),
    )


def standards(count: int = 3) -> st.SearchStrategy[list[Standard]]:
    return st.lists(nodes(), min_size=1, max_size=count).map(
        lambda rules: [Standard(f"s{n}", Sentence(f"s{n}"), "test", rule) for n, rule in enumerate(rules)]
    )
