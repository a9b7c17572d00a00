"""Verdicts that were written from the texts, over records and not over facts: reading, facts and rules together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.unit.facts.rows import tables

from hientai.engines.criteria.explain import explain
from hientai.engines.criteria.judge import verdict_of
from hientai.engines.errors import BadInput
from hientai.engines.facts.compute import compute, compute_person
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.interval import PartialDate, retirement
from hientai.rulebook import load_rulebook
from hientai.rulebook.retirement_schedule import load_retirement_schedule

HERE = Path(__file__).parent
WRITTEN = [
    one
    for file in ("verdicts.yaml", "verdicts-independent.yaml")
    for one in yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
]
KNOWN = {
    "who", "day", "standard", "born", "sex", "recruited", "posts", "discipline", "ratings", "planned", "dossier",
    "declared", "verdict", "sure", "why", "earliest", "basis",
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: f"{written['standard']} {written['who']}")
def test_verdict(written):
    assert written.keys() <= KNOWN
    if written["verdict"] == "not in force":
        with pytest.raises(BadInput, match="hiệu lực"):
            load_rulebook().standard(written["standard"], written["day"])
        return
    standard = load_rulebook().standard(written["standard"], written["day"])
    answers = answers_of(written)
    found, sure = (verdict_of(standard, answers, confirmed=confirmed) for confirmed in (False, True))
    assert (found.value, found is sure) == (written["verdict"], written.get("sure", True))


@pytest.mark.parametrize(
    "written",
    [one for one in WRITTEN if "earliest" in one],
    ids=lambda written: f"{written['standard']} {written['who']}",
)
def test_the_day_on_which_time_alone_meets_it(written):
    standard = load_rulebook().standard(written["standard"], written["day"])
    known = compute_person(standard_catalogue(), tables(**records_of(written)), written["day"], 1)
    found = explain(standard, known.values, standard_catalogue(), written["day"], known.evidence)
    assert found.tree.outlook.earliest == (None if written["earliest"] == "never" else written["earliest"])


@pytest.mark.parametrize(
    ("born", "sex", "age", "last_day", "pension", "confirmed"),
    yaml.safe_load((HERE / "verdicts-retirement.yaml").read_text(encoding="utf-8")),
)
def test_retirement_month_by_month(born, sex, age, last_day, pension, confirmed):
    found = retirement(PartialDate.from_iso(born), sex, load_retirement_schedule())
    assert f"{found.years}y{found.months}m" == age
    assert (found.retires_on.isoformat(), f"{found.pension_from:%Y-%m}") == (last_day, pension)
    assert found.verified is confirmed


def test_there_are_sixty_at_least_and_half_of_them_at_a_boundary_or_with_something_missing():
    assert len(WRITTEN) >= 60
    assert sum(written["verdict"] == "unknown" for written in WRITTEN) >= 8
    assert {written["verdict"] for written in WRITTEN} == {"met", "not_met", "unknown", "not in force"}


def answers_of(written):
    """The facts of one person from records, as the program reads them."""
    asked = standard_catalogue(), tables(**records_of(written)), written["day"]
    return compute(*asked, threads=1).of_person(1)


def records_of(written):
    """The rows of each table of one person."""
    records = {"persons": [person(written)], "positions": posts(written)}
    records["disciplines"] = [
        {"discipline_id": n, "person_id": 1, "form": form, "decided_on": decided, "expires_on": ends}
        for n, (form, decided, ends) in enumerate(written.get("discipline", []))
    ]
    records["ratings"] = [
        {"rating_id": year, "person_id": 1, "year": year, "rating": rating, "decided_on": date(year, 12, 10)}
        for year, rating in written.get("ratings", {}).items()
    ]
    records["plan_slots"] = [
        {"slot_id": n, "person_id": 1, "unit_level": level, "valid_from": first, "valid_to": last}
        for n, (first, last, level) in enumerate(written.get("planned", []))
    ]
    if "dossier" in written:
        received = date(2020, 1, 1) if written["dossier"] == "complete" else None
        records["dossiers"] = [{"dossier_id": 1, "person_id": 1, "required": True, "valid_from": received}]
    if "declared" in written:
        due, filed = written["declared"]
        records["declarations"] = [
            {"declaration_id": 1, "person_id": 1, "year": due.year, "due_on": due, "filed_on": filed}
        ]
    return records


def person(written):
    """The biography, with the day of retirement by the schedule."""
    row = {"person_id": 1, "sex": written.get("sex"), "recruited": written.get("recruited")}
    if "born" in written:
        born = PartialDate.from_iso(str(written["born"]))
        row |= {"born_year": born.year, "born_month": born.month, "born_day": born.day}
        if "sex" in written:
            sex = {"M": "male", "F": "female"}[written["sex"]]
            row["retires_on"] = retirement(born, sex, load_retirement_schedule()).retires_on
    return row


def posts(written):
    """Positions held, each on a seat of its own."""
    return [
        {
            "position_id": n, "person_id": 1, "seat_id": n, "unit_id": n, "title_code": f"title{rank}",
            "title_rank": rank, "unit_level": "commune", "is_leadership": rank >= 10, "kind": kind,
            "valid_from": first, "valid_to": last,
        }
        for n, (rank, kind, first, last) in enumerate(written.get("posts", []), start=1)
    ]  # fmt: skip
