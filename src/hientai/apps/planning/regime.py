"""How the document in force measures a plan, and the bounds it sets; doubtful bounds are shown and judge nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from hientai.apps.organization.types import Level
from hientai.apps.planning.coverage import Measures
from hientai.apps.planning.types import CoverageRow, Judgement
from hientai.engines.criteria.tree import Parameter
from hientai.engines.wording import Sentence, say
from hientai.foundation.rules import rulebook

# Bands of congress reports 2019-2024 (under 40, 40 to under 50, from 50); no planning document read sets its own.
BAND_EDGES = (40, 50)
_SPEAKS = "plan.max_persons_per_post"


@dataclass(frozen=True)
class Regime:
    """document: code of the document in force, "" when none is known; bounds by parameter key."""

    document: str
    measures: Measures
    bounds: dict[str, Parameter]

    def bound(self, key: str) -> Parameter | None:
        return self.bounds.get(key)


def regime_on(as_of: date) -> Regime:
    """The planning regime of a day, read from the rulebook."""
    document = rulebook().setting_document(_SPEAKS, as_of)
    if document is None:
        return Regime("", Measures({}, BAND_EDGES, 10**6), {})
    found = {key: p for key in document.parameters if (p := document.parameter(key, as_of)) is not None}
    young = {
        level: int(_number(found[f"plan.young_below_age.{level}"]))
        for level in Level.values
        if f"plan.young_below_age.{level}" in found
    }
    most = found.get("plan.max_posts_per_person")
    return Regime(document.code, Measures(young, BAND_EDGES, int(_number(most)) if most else 10**6), found)


def judged(row: CoverageRow, regime: Regime) -> CoverageRow:
    """The row with every bound that speaks about its title."""
    return replace(row, judgements=tuple(_judgements(row, regime)))


def _judgements(row: CoverageRow, regime: Regime) -> Iterator[Judgement]:
    if not row.people.value:
        return
    if bound := regime.bound("plan.share_women_min"):
        yield _share(
            bound, row.women.share_of(row.people), say("nữ từ {bound} trở lên", bound=_percent(bound))
        )
    if (bound := regime.bound("plan.share_young_min")) and row.young is not None:
        yield _share(
            bound, row.young.share_of(row.people), say("trẻ từ {bound} trở lên", bound=_percent(bound))
        )
    if bound := regime.bound("plan.max_posts_per_person"):
        sentence = say("mỗi người không quá {bound} chức danh cùng cấp", bound=bound.value)
        yield _judgement(bound, sentence, kept=not row.over.value)
    if (bound := regime.bound("plan.women_in_each_plan_min")) and row.is_key and row.level != Level.COMMUNE:
        yield _judgement(bound, say("có nữ trong quy hoạch"), kept=row.women.value >= _number(bound))
    if (bound := regime.bound("plan.coefficient_committee_max")) and row.title_code.endswith(
        "committee_member"
    ):
        sentence = say("hệ số không quá {bound}", bound=bound.value)
        yield _judgement(bound, sentence, kept=row.coefficient is None or row.coefficient <= _number(bound))


def _share(bound: Parameter, share: Fraction | None, sentence: Sentence) -> Judgement:
    return _judgement(bound, sentence, kept=share is not None and share >= _number(bound))


def _judgement(bound: Parameter, sentence: Sentence, *, kept: bool) -> Judgement:
    return Judgement(
        bound.key, sentence, bound.citation.document, bound.verified, kept if bound.verified else None
    )


def _number(bound: Parameter) -> Fraction:
    return Fraction(str(bound.value))


def _percent(bound: Parameter) -> str:
    return f"{float(_number(bound) * 100):g}%"
