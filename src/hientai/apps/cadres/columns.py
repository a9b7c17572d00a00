"""Columns of personal records for lists of people (danh sách trích ngang): who, post, learning, pay, judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hientai.apps.cadres import models, protocol
from hientai.apps.cadres.selectors import code_names
from hientai.apps.cadres.types import Born, PositionKind, QualificationKind, Rating, Sex
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.engines.interval import last_day
from hientai.foundation import encryption, snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label
from hientai.foundation.documents.report import Picture
from hientai.foundation.people_lists import ColumnSource, ListColumn

Values = dict[int, Any]
YEARS_RATED = 3

_BORN, _PARTY = _l("Ngày, tháng, năm sinh"), _l("Ngày vào Đảng")
WHO = (
    ListColumn("photo", _l("Ảnh"), width=1.3, align="c"),
    ListColumn("name", _l("Họ và tên"), width=2.6, usual=True),
    ListColumn("code", _l("Mã"), width=1.6),
    ListColumn("born_male", _l("Nam"), _BORN, 1.6, "c", usual=True),
    ListColumn("born_female", _l("Nữ"), _BORN, 1.6, "c", usual=True),
    ListColumn("born", _l("Ngày sinh"), width=1.6, align="c"),
    ListColumn("sex", _l("Giới tính"), width=0.8, align="c"),
    ListColumn("identity", _l("Số định danh"), width=1.9, align="c", permission="person.read_identity"),
    ListColumn("ethnicity", _l("Dân tộc"), width=1.1, align="c", usual=True),
    ListColumn("religion", _l("Tôn giáo"), width=1, align="c"),
    ListColumn("birth_place", _l("Nơi sinh"), width=2),
    ListColumn("home_place", _l("Quê quán"), width=2.4, usual=True),
    ListColumn("residence", _l("Nơi ở hiện nay"), width=2),
    ListColumn("party_joined", _l("Dự bị"), _PARTY, 1.6, "c"),
    ListColumn("party_official", _l("Chính thức"), _PARTY, 1.6, "c", usual=True),
    ListColumn("recruited", _l("Ngày tuyển dụng"), width=1.6, align="c"),
    ListColumn("retires", _l("Nghỉ hưu"), width=1.6, align="c"),
)
POSTS = (
    ListColumn("post", _l("Chức vụ, đơn vị công tác"), width=3.2, usual=True),
    ListColumn("title", _l("Chức vụ"), width=2.2),
    ListColumn("unit", _l("Đơn vị"), width=2.2),
    ListColumn("since", _l("Giữ chức vụ từ"), width=1.6, align="c"),
    ListColumn("concurrent", _l("Chức vụ kiêm nhiệm"), width=2.2),
    ListColumn("career", _l("Tóm tắt quá trình công tác"), width=4.5),
)
_LEARNED = _l("Trình độ")
LEARNING = (
    ListColumn("general", _l("Phổ thông"), _LEARNED, 1.1, "c"),
    ListColumn("professional", _l("Chuyên môn"), _LEARNED, 1.9, "c", usual=True),
    ListColumn("political_theory", _l("Lý luận chính trị"), _LEARNED, 1.4, "c", usual=True),
    ListColumn("state_management", _l("Quản lý nhà nước"), _LEARNED, 1.5, "c", usual=True),
    ListColumn("language", _l("Ngoại ngữ"), _LEARNED, 1.1, "c"),
    ListColumn("informatics", _l("Tin học"), _LEARNED, 1, "c"),
)
_PAY = _l("Ngạch, bậc lương")
SERVICE = (
    ListColumn("grade", _l("Ngạch"), _PAY, 1.2, "c"),
    ListColumn("step", _l("Bậc"), _PAY, 0.6, "c"),
    ListColumn("coefficient", _l("Hệ số"), _PAY, 0.8, "c"),
    ListColumn("paid_since", _l("Từ ngày"), _PAY, 1.6, "c"),
    ListColumn("ratings", _l("Xếp loại ba năm gần nhất"), width=2.6),
    ListColumn("commendations", _l("Khen thưởng"), width=2),
    ListColumn("disciplines", _l("Kỷ luật"), width=1.6),
    ListColumn("remark", _l("Ghi chú"), width=1.2, usual=True),
)


def read_who(*, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]) -> dict[str, Values]:
    """Columns of the biographical record, the identity number, the portrait and the last day in service."""
    found: dict[str, Values] = {code: {} for code in wanted}
    coded = models.Code.objects.filter(list__in=("ethnicity", "religion"))
    names = {(c.list, c.code): code_label(c.name) for c in coded}
    for record in (
        models.BiographicalRecord.objects.as_of(as_of).filter(person_id__in=ids).select_related("person")
    ):
        for code in wanted:
            if code in _OF_BIOGRAPHY:
                found[code][record.person_id] = _OF_BIOGRAPHY[code](record, names)
    for code, read in (("identity", _identities), ("photo", _photos), ("retires", _retirements)):
        if code in wanted:
            found[code] = read(as_of, ids)
    return found


def _born(record: models.BiographicalRecord) -> Born:
    return Born(record.born_year, record.born_month, record.born_day)


def _born_if(sex: str, record: models.BiographicalRecord, _names: Any) -> str:
    return str(_born(record)) if record.sex == sex else ""


_OF_BIOGRAPHY: Mapping[str, Callable[[models.BiographicalRecord, Mapping[tuple[str, str], str]], Any]] = {
    "name": lambda r, _n: r.full_name,
    "code": lambda r, _n: r.person.code,
    "born_male": partial(_born_if, Sex.MALE),
    "born_female": partial(_born_if, Sex.FEMALE),
    "born": lambda r, _n: str(_born(r)),
    "sex": lambda r, _n: str(Sex(r.sex).label),
    "ethnicity": lambda r, names: names.get(("ethnicity", r.ethnicity), r.ethnicity),
    "religion": lambda r, names: names.get(("religion", r.religion), r.religion),
    "birth_place": lambda r, _n: r.birth_place,
    "home_place": lambda r, _n: r.home_place,
    "residence": lambda r, _n: r.residence,
    "party_joined": lambda r, _n: r.party_joined_on,
    "party_official": lambda r, _n: r.party_official_on,
    "recruited": lambda r, _n: r.recruited_on,
}


def _identities(as_of: date, ids: Sequence[int]) -> Values:
    """The newer number of each; "cccd" comes before "cmnd"."""
    found: Values = {}
    kept = models.IdentityNumber.objects.as_of(as_of).filter(person_id__in=ids).order_by("kind", "id")
    for person, sealed in kept.values_list("person_id", "sealed"):
        found.setdefault(person, encryption.reveal(sealed))
    return found


def _photos(as_of: date, ids: Sequence[int]) -> Values:
    kept = models.Photo.objects.as_of(as_of).filter(person_id__in=ids).order_by("id")
    return {
        person: Picture(encryption.reveal_bytes(sealed), kind)
        for person, sealed, kind in kept.values_list("person_id", "sealed", "content_type")
    }


def _retirements(as_of: date, ids: Sequence[int]) -> Values:
    persons = snapshot.current().frame("persons").filter(pl.col("person_id").is_in(list(ids)))
    return dict(persons.select("person_id", "retires_on").iter_rows())


def read_posts(*, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]) -> dict[str, Values]:
    """Columns of the posts held: the main one as in protocol order, the others, and all there have been."""
    found: dict[str, Values] = {code: {} for code in wanted}
    for place in protocol.places(ids, as_of):
        said = {
            "post": ", ".join(filter(None, (place.title, place.unit))),
            "title": place.title,
            "unit": place.unit,
            "since": place.since,
        }
        for code in said.keys() & found.keys():
            found[code][place.person_id] = said[code]
    if "concurrent" in wanted or "career" in wanted:
        _careers(actor, as_of, ids, found)
    return found


def _careers(actor: Actor, as_of: date, ids: Sequence[int], found: dict[str, Values]) -> None:
    held = list(
        models.Position.objects.known_on()
        .filter(person_id__in=ids, valid_from__lte=as_of)
        .order_by("valid_from", "id")
        .values_list("person_id", "kind", "valid_from", "valid_to", "seat__unit_id", "seat__title__name")
    )
    histories = organization.unit_name_histories(actor=actor, ids={row[4] for row in held})
    lines: dict[int, list[str]] = defaultdict(list)
    beside: dict[int, list[str]] = defaultdict(list)
    for person, kind, start, end, unit, title in held:
        last = min(as_of, last_day(end) or as_of)
        named = f"{title}, {name_on(histories.get(unit, ()), last)}"
        current = end is None or end > as_of
        until = _("nay") if current else f"{last:%m/%Y}"
        lines[person].append(f"{start:%m/%Y} - {until}: {named}")
        if current and kind == PositionKind.CONCURRENT:
            beside[person].append(named)
    for code, said in (("career", lines), ("concurrent", beside)):
        if code in found:
            found[code] = {person: "\n".join(texts) for person, texts in said.items()}


def read_learning(
    *, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]
) -> dict[str, Values]:
    """The highest level of each kind; professional with its field."""
    names = code_names(actor=actor, as_of=as_of)
    best: dict[tuple[int, str], tuple[int, str]] = {}
    held = models.Qualification.objects.as_of(as_of).filter(person_id__in=ids, kind__in=wanted).order_by("id")
    for person, kind, level, learned in held.values_list("person_id", "kind", "level", "field"):
        rank, called = names.get((kind, level), (0, level))
        name = code_label(called)
        if (person, kind) not in best or rank > best[person, kind][0]:
            said = f"{name}, {learned}" if learned and kind == QualificationKind.PROFESSIONAL else name
            best[person, kind] = (rank, said)
    found: dict[str, Values] = {code: {} for code in wanted}
    for (person, kind), (_rank, said) in best.items():
        found[kind][person] = said
    return found


def read_service(
    *, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]
) -> dict[str, Values]:
    """Columns of grade and pay, ratings, commendations, discipline, and a blank one to write in."""
    found: dict[str, Values] = {code: {} for code in wanted}
    if found.keys() & {"grade", "step", "coefficient", "paid_since"}:
        _grades(as_of, ids, found)
    for code, read in (
        ("ratings", _ratings),
        ("commendations", _commendations),
        ("disciplines", _disciplines),
    ):
        if code in found:
            found[code] = read(as_of, ids)
    return found


def _grades(as_of: date, ids: Sequence[int], found: dict[str, Values]) -> None:
    names = {c.code: code_label(c.name) for c in models.Code.objects.filter(list="grade")}
    for record in models.Grade.objects.as_of(as_of).filter(person_id__in=ids).order_by("id"):
        said = {
            "grade": names.get(record.grade, record.grade),
            "step": record.step,
            "coefficient": float(record.coefficient) if record.coefficient is not None else None,
            "paid_since": record.valid_from,
        }
        for code in said.keys() & found.keys():
            found[code][record.person_id] = said[code]


def _ratings(as_of: date, ids: Sequence[int]) -> Values:
    held = (
        models.YearRating.objects.as_of(as_of)
        .filter(person_id__in=ids, year__gte=as_of.year - YEARS_RATED)
        .order_by("-year")
    )
    by_person: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for person, year, rating in held.values_list("person_id", "year", "rating"):
        years = by_person[person]
        if sum(map(len, years.values())) < YEARS_RATED:
            years.setdefault(rating, []).append(year)
    return {
        person: "\n".join(f"{_years(given)}: {Rating(rating).label}" for rating, given in years.items())
        for person, years in by_person.items()
    }


def _years(newest_first: Sequence[int]) -> str:
    """2025, 2024, 2023 as "2023–2025" where none is left out between."""
    first, last = newest_first[-1], newest_first[0]
    if len(newest_first) > 2 and last - first == len(newest_first) - 1:
        return f"{first}–{last}"
    return ", ".join(str(year) for year in newest_first)


def _commendations(as_of: date, ids: Sequence[int]) -> Values:
    held = models.Commendation.objects.as_of(as_of).filter(person_id__in=ids).order_by("-valid_from", "id")
    return _joined((row.person_id, f"{row.title} ({row.valid_from:%Y})") for row in held)


def _disciplines(as_of: date, ids: Sequence[int]) -> Values:
    held = models.Discipline.objects.as_of(as_of).filter(person_id__in=ids).order_by("-valid_from", "id")
    return _joined((row.person_id, f"{row.get_form_display()} ({row.valid_from:%d/%m/%Y})") for row in held)


def _joined(rows: Iterable[tuple[int, str]], most: int | None = None) -> Values:
    texts: dict[int, list[str]] = defaultdict(list)
    for person, text in rows:
        texts[person].append(text)
    return {person: "\n".join(said[:most]) for person, said in texts.items()}


SOURCES = (
    ColumnSource(_l("Lý lịch"), lambda: WHO, read_who, 10),
    ColumnSource(_l("Chức vụ"), lambda: POSTS, read_posts, 20),
    ColumnSource(_l("Trình độ"), lambda: LEARNING, read_learning, 30),
    ColumnSource(_l("Lương, đánh giá, khen thưởng, kỷ luật"), lambda: SERVICE, read_service, 40),
)
