"""The coverage at its boundaries: ages on the edge of a band, people on the limit of posts, seats with one person."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hientai.apps.organization.types import SeatRow
from hientai.apps.planning.coverage import Measures, PlanFrames, coverage_rows, over_planned
from hientai.apps.planning.depths import Depth, counted

DAY = date(2025, 9, 5)


def _frames(births: list[tuple[int, int | None, int | None]]) -> PlanFrames:
    """One seat for which everybody is planned. births: year, month, day; only the year where the file knows no more."""
    ids = list(range(1, len(births) + 1))
    return PlanFrames(
        slots=pl.DataFrame(
            {"slot_id": ids, "person_id": ids, "seat_id": [7] * len(ids), "title_id": [1] * len(ids),
             "readiness": ["now"] * len(ids), "level": ["commune"] * len(ids)}
        ),
        holders=pl.DataFrame({"person_id": [90], "seat_id": [7], "title_id": [1]}),
        seats=pl.DataFrame({"seat_id": [7], "title_id": [1]}),
        people=pl.DataFrame(
            {"person_id": ids, "sex": ["M"] * len(ids), "born_year": [b[0] for b in births],
             "born_month": [b[1] for b in births], "born_day": [b[2] for b in births],
             "ethnicity": ["kinh"] * len(ids)},
            schema_overrides={"born_month": pl.Int64, "born_day": pl.Int64},
        ),
        titles=pl.DataFrame(
            {"title_id": [1], "title_code": ["commune.chair"], "name": ["Chủ tịch"], "level": ["commune"],
             "is_key": [True], "is_leadership": [True], "order": [1]}
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ((1985, 9, 6), 0),  # 39 years until tomorrow
        ((1985, 9, 5), 1),  # 40 on the day: the band above
        ((1975, 9, 6), 1),  # 49
        ((1975, 9, 5), 2),  # 50 on the day
        ((1999, 1, 1), 0),
        ((1960, 1, 1), 2),
    ],
)
def test_an_age_on_the_edge_belongs_to_the_band_above(born: tuple[int, int, int], band: int) -> None:
    row = coverage_rows(_frames([born]), DAY, Measures({"commune": 40}, (40, 50), 3))[0]
    assert [count.value for count in row.bands] == [int(band == place) for place in range(3)]
    assert row.young is not None and row.young.value == int(band == 0)  # young is below 40, not 40


def test_the_bands_share_everybody_out_and_count_nobody_twice() -> None:
    births: list[tuple[int, int | None, int | None]] = [(year, 6, 15) for year in range(1960, 2000)]
    row = coverage_rows(_frames(births), DAY, Measures({}, (40, 50), 3))[0]
    ids = [person for count in row.bands for person in count.ids]
    assert sorted(ids) == list(range(1, len(births) + 1)) and row.young is None


@pytest.mark.parametrize(("posts", "over"), [(2, False), (3, False), (4, True)])
def test_only_more_posts_than_allowed_of_one_level_are_too_many(posts: int, over: bool) -> None:
    slots = pl.DataFrame({"person_id": [5] * (posts + 2), "level": ["commune"] * posts + ["province"] * 2})
    assert over_planned(slots, 3) == (frozenset({5}) if over else frozenset())


def _depth(planned: int, women: int = 1, wanted: int | None = None, most: int | None = 3) -> Depth:
    seat = SeatRow(1, 1, "Xã A", 1, "commune.chair", "Chủ tịch", "commune")
    return Depth(seat, True, 1, planned, women, wanted, most)


@pytest.mark.parametrize(
    ("depth", "kinds"),
    [
        (_depth(0, 0), ("under",)),
        (_depth(1), ("under",)),
        (_depth(2), ()),
        (_depth(2, wanted=2), ()),
        (_depth(2, wanted=3), ("under",)),
        (_depth(3), ()),
        (_depth(4), ("over",)),
        (_depth(9, most=None), ()),  # no confirmed limit: nothing is too many
        (_depth(2, women=0), ("no_women",)),
        (_depth(4, women=0, wanted=5), ("under", "over", "no_women")),
    ],
)
def test_a_seat_is_looked_at_on_both_sides_of_every_bound(depth: Depth, kinds: tuple[str, ...]) -> None:
    assert depth.kinds == kinds


def test_seats_are_counted_by_kind() -> None:
    assert counted([_depth(0), _depth(4, 0), _depth(2)]) == {"under": 1, "over": 1, "no_women": 1}
