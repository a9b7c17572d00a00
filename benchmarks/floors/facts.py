"""The floor of the facts benchmark: 25 facts written out by hand, one pass over sorted arrays with numba."""

from __future__ import annotations

from datetime import date

import numba
import numpy as np
import polars as pl

UNKNOWN = np.iinfo(np.int32).min
FOREVER = 2_932_896
CODES = (
    "age_years", "age_months", "months_to_retirement", "terms_left", "service_months", "party_months",
    "ethnic_minority", "title_rank", "months_in_position", "consecutive_terms", "concurrent_posts", "posts_held",
    "leads_now", "ever_rotated", "months_leadership", "months_at_commune", "professional_rank",
    "political_theory_rank", "state_management_rank", "rating_last", "rating_lowest_3_years", "good_years_in_row",
    "discipline_in_force", "disciplines", "planned_slots",
)  # fmt: skip
STUDIES = {"professional": 0, "political_theory": 1, "state_management": 2}


class Histories:
    """The tables as plain arrays, sorted by person, with the first row of each person."""

    def __init__(self, tables: dict[str, pl.DataFrame]) -> None:
        self.count = tables["persons"].height
        person = tables["persons"]
        born = pl.select(pl.date(person["born_year"], person["born_month"], person["born_day"])).to_series()
        self.persons = [_days(born), *(_days(person[name]) for name in ("retires_on", "recruited", "party_joined")),
                        (person["ethnicity"] != "kinh").to_numpy()]  # fmt: skip
        posts = tables["positions"]
        self.positions = [
            *self._rows(posts, "valid_from", "valid_to", "seat_id", "title_rank"),
            posts["is_leadership"].to_numpy(),
            (posts["unit_level"] == "commune").to_numpy(),
            (posts["kind"] == "acting").to_numpy(),
            (posts["kind"] == "rotated").to_numpy(),
        ]
        kinds = tables["qualifications"]["kind"].replace_strict(STUDIES, default=9, return_dtype=pl.Int32)
        self.studies = [*self._rows(tables["qualifications"], "valid_from", "level_rank"), kinds.to_numpy()]
        self.ratings = self._rows(tables["ratings"], "year", "rating")
        self.disciplines = self._rows(tables["disciplines"], "decided_on", "expires_on")
        self.slots = self._rows(tables["plan_slots"], "valid_from", "valid_to")

    def _rows(self, frame: pl.DataFrame, *names: str) -> list[np.ndarray]:
        persons = frame["person_id"].to_numpy()
        first = np.searchsorted(persons, np.arange(self.count + 1))
        return [first, *(_days(frame[name]) for name in names)]


def one_pass(histories: Histories, as_of: date) -> dict[str, np.ndarray]:
    """Every fact as Int32, unknown as the smallest number, truth as 0 and 1."""
    found = np.empty((len(CODES), histories.count), dtype=np.int32)
    parts = (histories.persons, histories.positions, histories.studies, histories.ratings, histories.disciplines,
             histories.slots)  # fmt: skip
    day = (as_of - date(1970, 1, 1)).days
    _everybody(found, day, as_of.year, *(tuple(part) for part in parts))
    return {code: found[place] for place, code in enumerate(CODES)}


def _days(values: pl.Series) -> np.ndarray:
    if values.dtype == pl.Date:
        return values.cast(pl.Int32).fill_null(FOREVER).to_numpy()
    return values.cast(pl.Int64 if values.dtype == pl.Int64 else pl.Int32).to_numpy()


@numba.njit(inline="always")  # type: ignore[untyped-decorator]
def _civil(day):  # type: ignore[no-untyped-def]
    """Year, month and day of a day number (Howard Hinnant's algorithm)."""
    z = day + 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    return yoe + era * 400 + (1 if month <= 2 else 0), month, doy - (153 * mp + 2) // 5 + 1


@numba.njit(inline="always")  # type: ignore[untyped-decorator]
def _length(year, month):  # type: ignore[no-untyped-def]
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@numba.njit  # type: ignore[untyped-decorator]
def _served(since, till):  # type: ignore[no-untyped-def]
    """Complete months, and the days left over, 29 at most."""
    y, m, d = _civil(since)
    ty, tm, td = _civil(till)
    months = (ty - y) * 12 + tm - m
    if td >= d:
        return months, min(td - d, 29)
    if td == _length(ty, tm):
        return months, 0
    before = _length(ty, tm - 1) if tm > 1 else 31
    return months - 1, min(td + max(before - d, 0), 29)


@numba.njit(inline="always")  # type: ignore[untyped-decorator]
def _closed(months, days, since, till):  # type: ignore[no-untyped-def]
    """The sums with one more stretch; nothing where none was open."""
    if till == -FOREVER:
        return months, days
    more_months, more_days = _served(since, till)
    return months + more_months, days + more_days


@numba.njit(parallel=True)  # type: ignore[untyped-decorator]
def _everybody(found, day, year, persons, positions, studies, ratings, disciplines, slots):  # type: ignore[no-untyped-def]
    for person in numba.prange(found.shape[1]):
        _biography(found, person, day, persons)
        _career(found, person, day, positions)
        _studied(found, person, day, studies)
        _rated(found, person, year, ratings)
        first, decided, expires = disciplines
        in_force, taken, planned = 0, 0, 0
        for row in range(first[person], first[person + 1]):
            if decided[row] <= day:
                taken += 1
                in_force |= expires[row] > day
        first, begins, ends = slots
        for row in range(first[person], first[person + 1]):
            planned += begins[row] <= day < ends[row]
        found[22, person], found[23, person], found[24, person] = in_force, taken, planned


@numba.njit  # type: ignore[untyped-decorator]
def _biography(found, person, day, persons):  # type: ignore[no-untyped-def]
    born, retires, recruited, joined, minority = persons
    months, _ = _served(born[person], day)
    y, m, _ = _civil(day)
    ry, rm, _ = _civil(retires[person])
    left = (ry - y) * 12 + rm - m
    found[0, person], found[1, person] = months // 12, months
    found[2, person], found[3, person] = left, max(left, 0) // 60
    found[4, person] = _served(recruited[person], day)[0] if recruited[person] <= day else UNKNOWN
    found[5, person] = _served(joined[person], day)[0] if joined[person] <= day else UNKNOWN
    found[6, person] = minority[person]


@numba.njit  # type: ignore[untyped-decorator]
def _career(found, person, day, positions):  # type: ignore[no-untyped-def]
    first, begins, ends, seat, rank, leads, commune, acting, rotated = positions
    started, posts, holding, leading, ever = 0, 0, 0, 0, 0
    best_rank, best_since = -1, FOREVER
    lead_months, lead_days, lead_from, lead_to = 0, 0, 0, -FOREVER
    base_months, base_days, base_from, base_to = 0, 0, 0, -FOREVER
    for row in range(first[person], first[person + 1]):
        if begins[row] > day:
            continue
        started = 1
        ever |= rotated[row]
        leading |= leads[row] and ends[row] > day
        if leads[row]:
            if begins[row] > lead_to:
                lead_months, lead_days = _closed(lead_months, lead_days, lead_from, min(lead_to, day))
                lead_from = begins[row]
            lead_to = max(lead_to, ends[row])
        if commune[row]:
            if begins[row] > base_to:
                base_months, base_days = _closed(base_months, base_days, base_from, min(base_to, day))
                base_from = begins[row]
            base_to = max(base_to, ends[row])
        if acting[row]:
            continue
        opens, since, until = True, begins[row], ends[row]
        for other in range(first[person], first[person + 1]):
            if other == row or acting[other] or seat[other] != seat[row]:
                continue
            if other < row and ends[other] >= begins[row]:
                opens = False
            elif other > row and begins[other] <= until:
                until = max(until, ends[other])
        if opens:
            posts += 1
            if until > day:
                holding += 1
                if rank[row] > best_rank or (rank[row] == best_rank and since < best_since):
                    best_rank, best_since = rank[row], since
    lead_months, lead_days = _closed(lead_months, lead_days, lead_from, min(lead_to, day))
    base_months, base_days = _closed(base_months, base_days, base_from, min(base_to, day))
    held = _served(best_since, day)[0] if holding else 0
    found[7, person] = best_rank if holding else UNKNOWN
    found[8, person] = held if holding else UNKNOWN
    found[9, person] = held // 60 if holding else UNKNOWN
    found[10, person] = holding if started else UNKNOWN
    found[11, person] = posts if started else UNKNOWN
    found[12, person] = leading if started else UNKNOWN
    found[13, person] = ever if started else UNKNOWN
    found[14, person] = lead_months + lead_days // 30 if started else UNKNOWN
    found[15, person] = base_months + base_days // 30 if started else UNKNOWN


@numba.njit  # type: ignore[untyped-decorator]
def _studied(found, person, day, studies):  # type: ignore[no-untyped-def]
    first, earned, level, kind = studies
    for place in range(3):
        found[16 + place, person] = UNKNOWN
    for row in range(first[person], first[person + 1]):
        if earned[row] <= day and kind[row] < 3:
            found[16 + kind[row], person] = max(found[16 + kind[row], person], level[row])


@numba.njit  # type: ignore[untyped-decorator]
def _rated(found, person, year, ratings):  # type: ignore[no-untyped-def]
    first, years, rating = ratings
    last, lowest, newest, run, unbroken = UNKNOWN, 9, 0, 0, True
    seen = 0
    for row in range(first[person + 1] - 1, first[person] - 1, -1):
        if years[row] >= year:
            continue
        if last == UNKNOWN:
            last, newest = rating[row], years[row]
        back = newest - years[row]
        if back < 3:
            seen += 1
            lowest = min(lowest, rating[row])
        unbroken = unbroken and rating[row] >= 3 and back == run
        run += unbroken
    found[19, person] = last
    found[20, person] = lowest if seen == 3 else UNKNOWN
    found[21, person] = run if last != UNKNOWN and newest == year - 1 else UNKNOWN
