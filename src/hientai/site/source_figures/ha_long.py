"""Hạ Long, 26 December 2019: the plan 2015-2020 (government term 2016-2021) after review, base and city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Level
from hientai.apps.planning import selectors
from hientai.apps.planning.regime import BAND_EDGES
from hientai.apps.planning.turns import COMMITTEE, POSTS, STANDING, TurnFilter
from hientai.apps.planning.types import Readiness
from hientai.foundation.actor import Actor
from hientai.site.source_figures import Computed, Scenario, SourceFigure

TERM = "2015-2020"
AS_OF = date(2019, 12, 26)
REPORT = "coverage"
Compute = Callable[[Actor, date], Computed]


def _turns(actor: Actor, as_of: date, level: Level, group: str = "") -> pl.DataFrame:
    return selectors.turns(actor=actor, as_of=as_of, term=TERM, wanted=TurnFilter(level=level, group=group))


def _people(turns: pl.DataFrame) -> tuple[int, ...]:
    return tuple(turns.get_column("person_id").to_list())


def _address(as_of: date, **asked: str) -> str:
    return f"{reverse('plan-turns')}?{urlencode({'term': TERM, 'as_of': as_of.isoformat(), **asked})}"


def _rounded(value: Fraction, digits: int) -> float:
    """Half up, as the source prints it."""
    scale = 10**digits
    return int(value * scale + Fraction(1, 2)) / scale


def total(level: Level, printed: int) -> Compute:
    """All turns of the plan at one level."""

    def compute(actor: Actor, as_of: date) -> Computed:
        turns = _turns(actor, as_of, level)
        return Computed(
            turns.height, turns.height, turns.height == printed, _people(turns), _address(as_of, level=level)
        )

    return compute


def share(level: Level, group: str, printed: dict[str, float]) -> Compute:
    """Turns for one group of titles and their coefficient over those who hold them."""

    def compute(actor: Actor, as_of: date) -> Computed:
        turns = _turns(actor, as_of, level, group)
        held = selectors.holders(
            actor=actor, as_of=as_of, term=TERM, wanted=TurnFilter(level=level, group=group)
        ).get_column("person_id").n_unique()  # fmt: skip
        exact = Fraction(turns.height, held) if held else Fraction(0)
        value = {"planned": turns.height, "coefficient": _rounded(exact, 1), "current": held}
        kept = all(value[name] == wanted for name, wanted in printed.items())
        return Computed(
            value, value | {"coefficient": float(exact)}, kept, _people(turns),
            _address(as_of, level=level, group=group),
        )  # fmt: skip

    return compute


def per_title(actor: Actor, as_of: date) -> Computed:
    """Turns per key title of the base (a title is one place), and whether each of these titles has women planned."""
    turns = _turns(actor, as_of, Level.COMMUNE, POSTS)
    seats = turns.get_column("seat_id").unique().to_list()
    places = sum(organization.seat_places(actor=actor, as_of=as_of, ids=seats).values())
    exact = Fraction(turns.height, places) if places else Fraction(0)
    with_women = turns.filter(pl.col("sex") == "F").get_column("seat_id").n_unique()
    women = bool(seats) and with_women == len(seats)
    value = {
        "turns_per_title": _rounded(exact, 2),
        "turns": turns.height,
        "titles": places,
        "women_in_each": women,
    }
    return Computed(
        value, value | {"turns_per_title": float(exact)}, value["turns_per_title"] == 2.01 and women, _people(turns),
        _address(as_of, level=Level.COMMUNE, group=POSTS),
    )  # fmt: skip


def claims(actor: Actor, as_of: date) -> Computed:
    """The structure that the source claims without a figure: women, three bands of age, people who are ready now."""
    turns = selectors.turns(actor=actor, as_of=as_of, term=TERM)
    people = turns.unique("person_id", maintain_order=True)
    age = pl.col("age")
    bands = [people.filter(age < BAND_EDGES[0]), people.filter(age.is_between(*BAND_EDGES, closed="left")),
             people.filter(age >= BAND_EDGES[1])]  # fmt: skip
    ready = people.join(
        turns.filter(pl.col("readiness") == str(Readiness.NOW)),
        on="person_id",
        how="semi",
        maintain_order="left",
    )
    women = people.filter(pl.col("sex") == "F")
    value = {
        "persons": people.height,
        "women": women.height,
        "bands": {"edges": list(BAND_EDGES), "persons": [part.height for part in bands]},
        "ready_now": ready.height,
    }
    kept = bool(women.height and ready.height and all(part.height for part in bands))
    return Computed(value, value, kept, _people(ready), _address(as_of, readiness=Readiness.NOW))


_BASE, _CITY = Level.COMMUNE, Level.DISTRICT


def _figure(number: int, printed: str, definition: str, compute: Compute) -> SourceFigure:
    return SourceFigure(f"HL{number}", printed, definition, REPORT, compute)


FIGURES = (
    _figure(
        10,
        "895",
        "Lượt quy hoạch ở cơ sở sau rà soát; mỗi người mỗi chức danh tính một lượt.",
        total(_BASE, 895),
    ),
    _figure(
        11,
        "419; 1,4 lần",
        "Trong HL10: quy hoạch đảng ủy viên; hệ số = lượt trên số người đang giữ.",
        share(_BASE, COMMITTEE, {"planned": 419, "coefficient": 1.4, "current": 299}),
    ),
    _figure(
        12,
        "146; 1,5 lần",
        "Trong HL10: quy hoạch ủy viên ban thường vụ; phần còn lại 330 lượt là chức danh chủ chốt.",
        share(_BASE, STANDING, {"planned": 146, "coefficient": 1.5, "current": 97}),
    ),
    _figure(
        13,
        "2,01",
        "Lượt trên một chức danh chủ chốt ở cơ sở (mỗi chỗ là một chức danh); vị trí nào cũng có nữ.",
        per_title,
    ),
    _figure(14, "188", "Lượt quy hoạch của thành phố.", total(_CITY, 188)),
    _figure(
        15,
        "125; 2,8 lần",
        "Trong HL14: quy hoạch thành ủy viên.",
        share(_CITY, COMMITTEE, {"planned": 125, "coefficient": 2.8}),
    ),
    _figure(
        16,
        "34; 2,4 lần",
        "Trong HL14: quy hoạch ủy viên ban thường vụ thành ủy; phần còn lại 29 lượt.",
        share(_CITY, STANDING, {"planned": 34, "coefficient": 2.4}),
    ),
    _figure(
        17,
        "",
        "Không in số: có nữ, đủ ba độ tuổi; nhiều người đảm nhận được ngay, theo mức đã ghi.",
        claims,
    ),
)
SCENARIO = Scenario(AS_OF, FIGURES, tuple(f"HL{number:02d}" for number in range(1, 10)))
