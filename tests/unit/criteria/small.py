"""A small catalogue and builders of rules for tests of criteria."""

from __future__ import annotations

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
from hientai.engines.facts.fact import Clock, Fact, FactType
from hientai.engines.wording import Sentence

HERE = Citation("1-QĐ/TEST", "5", "a")


def fact(code: str, kind: FactType, unit: str = "", **more) -> Fact:
    return Fact(code, Sentence(code), kind, Sentence(unit), Sentence(code), Sentence("records"), **more)


CATALOGUE = Catalogue(
    [
        fact(
            "left",
            FactType.MONTHS,
            "tháng",
            clock=Clock.SHRINKS,
            can_change=False,
            lowest=-1200,
            highest=1200,
        ),
        fact("served", FactType.MONTHS, "tháng", clock=Clock.GROWS, can_change=False, lowest=0, highest=1200),
        fact("age", FactType.YEARS, "năm", clock=Clock.GROWS, can_change=False, lowest=0, highest=130),
        fact(
            "degree",
            FactType.INTEGER,
            codes={1: Sentence("trung cấp"), 2: Sentence("cao cấp")},
            lowest=0,
            highest=2,
        ),
        fact("blocked", FactType.BOOLEAN, clock=Clock.ENDS),
        fact("form", FactType.CODE, codes={"none": Sentence("không"), "warning": Sentence("cảnh cáo")}),
        fact("share", FactType.SHARE),
    ]
)


def when(code: str, operator: str, required=True, *, verified: bool = True, key: str = "") -> Criterion:
    parameter = Parameter("", required, "", HERE, verified)
    return Criterion(key or code, Sentence(f"{code} {operator}"), HERE, code, Operator(operator), parameter)


def everything(*parts: Node) -> All:
    return All("all", Sentence("all"), HERE, parts)


def either(*parts: Node) -> AnyOf:
    return AnyOf("any", Sentence("any"), HERE, parts)


def no(part: Node) -> Not:
    return Not("not", Sentence("not"), HERE, part)


def unsourced(key: str = "open") -> Open:
    return Open(key, Sentence(key), HERE, OpenReason.NO_BASIS)


def standard(rule: Node) -> Standard:
    return Standard("test", Sentence("test"), "1-QĐ/TEST", rule)
