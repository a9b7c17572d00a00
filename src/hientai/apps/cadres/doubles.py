"""People with two files: everybody as the engine `matching` compares them, and what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from hientai.apps.cadres import models
from hientai.apps.cadres.merging import Moved, label_of
from hientai.engines.interval import PartialDate
from hientai.engines.matching import Pair, PersonRecord, Point
from hientai.engines.wording import Sentence
from hientai.foundation import encryption, temporal


def everybody() -> list[PersonRecord]:
    """Everybody with a current biography, by id."""
    numbers: dict[int, list[str]] = defaultdict(list)
    sealed = models.IdentityNumber.objects.known_on().order_by("id").values_list("person_id", "sealed")
    for person, number in sealed.iterator(chunk_size=20_000):
        numbers[person].append(encryption.reveal(number))
    known = models.BiographicalRecord.objects.known_on().filter(valid_to__isnull=True)
    rows = known.order_by("person_id").values_list(
        "person_id", "full_name", "sex", "born_year", "born_month", "born_day", "home_place"
    )
    return [
        PersonRecord(f"{person:012d}", name, PartialDate(year, month, day), sex, tuple(numbers[person]), home)
        for person, name, sex, year, month, day, home in rows.iterator(chunk_size=20_000)
    ]


def row_of(pair: Pair) -> models.LikelyDouble:
    """The pair as it is kept."""
    return models.LikelyDouble(
        person_id=int(pair.first),
        other_id=int(pair.second),
        likeness=pair.likeness.value,
        points=max(-999, min(999, pair.points)),
        reasons=[[_kept(point), point.points] for point in pair.reasons],
    )


def _kept(point: Point) -> dict[str, Any]:
    """The sentence as it can be stored: an identity number by its last digits only."""
    said: Sentence = point.sentence
    hide = point.about == "identity"
    values = {
        key: f"…{str(value)[-4:]}" if hide and str(value).isdigit() else str(value)
        for key, value in said.values.items()
    }
    return {"template": said.template, "values": values}


def with_corrected_biography(moved: Moved, keep: int, fixes: Mapping[str, Any], because: str) -> Moved:
    """Corrects the kept biography as the officer chose, and adds to `moved` what undoing has to take back."""
    table = label_of(models.BiographicalRecord)
    found = moved.get(table, {"closed": [], "written": []})
    row = models.BiographicalRecord.objects.known_on().filter(person_id=keep).order_by("-valid_from").first()
    new = temporal.correct(row, because=because, **fixes)
    assert row is not None
    if row.pk in found["written"]:
        written = [new.pk if pk == row.pk else pk for pk in found["written"]]
        return {**moved, table: {"closed": found["closed"], "written": written}}
    return {**moved, table: {"closed": [*found["closed"], row.pk], "written": [*found["written"], new.pk]}}
