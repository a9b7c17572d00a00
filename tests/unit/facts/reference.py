"""The slow reference of the standard facts: plain Python over the rows of one person.

It is written from the definitions, not from the SQL: loops over days and records with the arithmetic of
`engines.interval`.
"""

from __future__ import annotations

from datetime import date

from hientai.engines.interval.months import whole_months_between
from hientai.engines.interval.partial import PartialDate
from hientai.engines.interval.service import service
from hientai.engines.interval.spans import Interval, merge

LEVELS = ("central", "province", "district", "commune")
WEIGHT = {"reprimand": 1, "warning": 2, "demotion": 3, "dismissal": 4, "discharge": 5, "expulsion": 6}


def since(day: date | None, as_of: date) -> int | None:
    return None if day is None or day > as_of else whole_months_between(day, as_of)


def held(row: dict, as_of: date) -> bool:
    return row["valid_from"] <= as_of and (row["valid_to"] is None or as_of < row["valid_to"])


def span(row: dict) -> Interval | None:
    if row["valid_to"] is not None and row["valid_to"] <= row["valid_from"]:
        return None
    return Interval(row["valid_from"], row["valid_to"])


def spans(rows: list[dict]) -> list[Interval]:
    return [found for row in rows if (found := span(row)) is not None]


def person_facts(row: dict, as_of: date) -> dict:
    facts: dict = dict.fromkeys(("age_years", "age_months", "months_to_retirement", "terms_left"))
    if row["born_year"]:
        born = PartialDate(
            row["born_year"], row["born_month"], row["born_day"] if row["born_month"] else None
        )
        if born.assumed_day <= as_of:
            facts["age_months"] = whole_months_between(born.assumed_day, as_of)
            facts["age_years"] = facts["age_months"] // 12
    if row["retires_on"]:
        last = row["retires_on"]
        facts["months_to_retirement"] = (last.year - as_of.year) * 12 + last.month - as_of.month
        facts["terms_left"] = max(facts["months_to_retirement"], 0) // 60
    age = {"M": 60, "F": 55}.get(row["sex"])
    facts["months_to_age_60_55"] = (
        None
        if age is None or not row["born_year"]
        else (row["born_year"] + age - as_of.year) * 12 + (row["born_month"] or 1) - as_of.month
    )
    facts["service_months"] = since(row["recruited"], as_of)
    facts["party_months"] = since(row["party_joined"], as_of)
    facts["party_member"] = (
        row["party_member"] if row["party_joined"] is None else row["party_joined"] <= as_of
    )
    facts["ethnic_minority"] = None if row["ethnicity"] is None else row["ethnicity"] != "kinh"
    return facts


def post_facts(rows: list[dict], as_of: date) -> dict:
    rows = [row for row in rows if row["valid_from"] <= as_of and span(row) is not None]
    unknown = (
        "months_in_position",
        "main_seat",
        "main_title",
        "title_rank",
        "months_in_title",
        "months_in_rank_or_higher",
        "consecutive_terms",
        "main_unit",
    )
    facts: dict = dict.fromkeys(unknown)
    if not rows:
        return facts | dict.fromkeys(
            (
                "concurrent_posts",
                "leads_now",
                "months_leadership",
                "months_at_commune",
                "levels_worked",
                "acting_now",
                "ever_rotated",
                "months_last_rotation",
                "months_leadership_district",
                "posts_held",
            )
        )
    holding = [row for row in rows if row["kind"] != "acting"]
    stretches = seat_stretches(holding)
    current = [(row, days) for row, days in stretches if days.contains(as_of)]
    if current:
        row, days = min(current, key=lambda one: (-rank(one[0]), one[1].start, one[0]["position_id"]))
        facts["main_seat"], facts["main_title"], facts["main_unit"] = (
            row["seat_id"],
            row["title_code"],
            row["unit_id"],
        )
        facts["title_rank"] = row["title_rank"]
        facts["months_in_position"] = whole_months_between(days.start, as_of)
        facts["consecutive_terms"] = facts["months_in_position"] // 60
        same = [one for one in holding if one["title_code"] == row["title_code"]]
        facts["months_in_title"] = service(spans(same), as_of).months
        if row["title_rank"] is not None:
            higher = [one for one in holding if rank(one) >= row["title_rank"]]
            facts["months_in_rank_or_higher"] = service(spans(higher), as_of).months
    facts["concurrent_posts"] = len(current)
    facts["posts_held"] = len(stretches)
    leading = [row for row in rows if row["is_leadership"]]
    facts["leads_now"] = any(held(row, as_of) for row in leading)
    facts["acting_now"] = any(held(row, as_of) for row in rows if row["kind"] == "acting")
    facts["ever_rotated"] = any(row["kind"] == "rotated" for row in rows)
    rotations = merge(spans([row for row in rows if row["kind"] == "rotated"]))
    facts["months_last_rotation"] = service(rotations[-1:], as_of).months
    facts["months_leadership"] = service(spans(leading), as_of).months
    facts["months_leadership_district"] = service(
        spans([row for row in leading if row["unit_level"] == "district"]), as_of
    ).months
    facts["months_at_commune"] = service(
        spans([row for row in rows if row["unit_level"] == "commune"]), as_of
    ).months
    facts["levels_worked"] = len({row["unit_level"] for row in rows} & set(LEVELS))
    return facts


def rank(row: dict) -> int:
    return -1 if row["title_rank"] is None else row["title_rank"]


def seat_stretches(rows: list[dict]) -> list[tuple[dict, Interval]]:
    """Unbroken stretches in one seat, each with the position that opens it."""
    found = []
    for seat in dict.fromkeys(row["seat_id"] for row in rows):
        mine = [row for row in rows if row["seat_id"] == seat and span(row) is not None]
        for days in merge(spans(mine)):
            opener = min(
                (row for row in mine if row["valid_from"] == days.start), key=lambda row: row["position_id"]
            )
            found.append((opener, days))
    return found


def rating_facts(rows: list[dict], as_of: date) -> dict:
    known = {
        row["year"]: row["rating"]
        for row in rows
        if row["rating"] is not None
        and as_of.year - 20 <= row["year"] <= as_of.year
        and (row["decided_on"] or date(row["year"], 12, 31)) <= as_of
    }
    names = (
        "rating_last",
        "rating_last_year",
        "rating_preceding_year",
        "rating_lowest_3_years",
        "good_years_in_row",
        "two_good_years",
        "two_unsatisfactory_years",
        "unsatisfactory_years_in_row",
        "outstanding_years_of_5",
    )
    if not known:
        return dict.fromkeys(names)
    newest = max(known)
    last_three = [known.get(newest - back) for back in range(3)]
    return {
        "rating_last": known[newest],
        "rating_last_year": newest,
        "rating_preceding_year": known.get(as_of.year - 1),
        "rating_lowest_3_years": None if None in last_three else min(last_three),
        "good_years_in_row": None
        if newest < as_of.year - 1
        else run_of(known, newest, lambda rating: rating >= 3),
        "two_good_years": newest_two(known, as_of, lambda rating: rating >= 3),
        "two_unsatisfactory_years": newest_two(known, as_of, lambda rating: rating == 1),
        "unsatisfactory_years_in_row": run_of(known, newest, lambda rating: rating == 1),
        "outstanding_years_of_5": sum(known.get(newest - back) == 4 for back in range(5)),
    }


def newest_two(known: dict, as_of: date, fits) -> bool | None:
    newest = max(known)
    if newest < as_of.year - 1:
        return None
    if not fits(known[newest]):
        return False
    return None if newest - 1 not in known else fits(known[newest - 1])


def run_of(known: dict, newest: int, fits) -> int:
    length = 0
    while newest - length in known and fits(known[newest - length]):
        length += 1
    return length


def discipline_facts(rows: list[dict], as_of: date) -> dict:
    taken = [row for row in rows if row["decided_on"] is None or row["decided_on"] <= as_of]
    heaviest = max(taken, key=lambda row: WEIGHT[row["form"]], default=None)
    reprimands = [row for row in taken if row["form"] == "reprimand"]
    undated = any(row["decided_on"] is None for row in reprimands)
    return {
        "discipline_in_force": any(row["expires_on"] is None or row["expires_on"] > as_of for row in taken),
        "disciplines": len(taken),
        "reprimands": len(reprimands),
        "discipline_heaviest": "none" if heaviest is None else heaviest["form"],
        "months_since_reprimand": None
        if undated or not reprimands
        else since(max(row["decided_on"] for row in reprimands), as_of),
    }
