"""From what a row says to what a file would hold: biography, qualifications, states, texts kept as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from hientai.apps.cadres.drafts import (
    CodeDraft,
    CommendationDraft,
    DisciplineDraft,
    GradeDraft,
    QualificationDraft,
    RatingDraft,
)
from hientai.apps.cadres.types import Born, DisciplineForm, HealthClass, QualificationKind, Rating
from hientai.engines.vitext import search_key, tidy
from hientai.engines.worksheet import Coded, ExtractedRow, PersonRecord
from hientai.rulebook.code_lists import CodeEntry, code_lists

QUALIFICATIONS = {
    "education_general": QualificationKind.GENERAL,
    "professional": QualificationKind.PROFESSIONAL,
    "political_theory": QualificationKind.POLITICAL_THEORY,
    "state_management": QualificationKind.STATE_MANAGEMENT,
    "language": QualificationKind.LANGUAGE,
    "it": QualificationKind.INFORMATICS,
    "defence_security": QualificationKind.DEFENCE_SECURITY,
}
_DAYS = {
    "party_joined": "party_joined_on",
    "party_official": "party_official_on",
    "recruited_on": "recruited_on",
    "enlisted_on": "army_joined_on",
    "discharged_on": "army_left_on",
}
_TEXTS = {
    "other_name": ("other_names", 200),
    "home_place": ("home_place", 250),
    "birth_place": ("birth_place", 250),
    "residence": ("residence", 250),
    "permanent_residence": ("permanent_residence", 250),
    "personnel_code": ("personnel_number", 40),
    "social_insurance": ("social_insurance", 30),
    "academic_rank": ("academic_rank", 100),
    "party_card": ("party_card", 30),
}
_TAKEN = {
    "professional_field",
    "school",
    "grade",
    "grade_code",
    "unit",
    "block",
    "row_key",
    "given_name",
    "family_name",
}
_NEVER_KEPT = {"identity", "identity_old", "row_key", "name", "born", "sex"}
_RATINGS = (
    (re.compile(r"xuat sac|^ht?xs"), Rating.OUTSTANDING),
    (re.compile(r"khong hoan thanh|^khtnv"), Rating.UNSATISFACTORY),
    (re.compile(r"hoan thanh tot|^httnv|^tot$"), Rating.GOOD),
    (re.compile(r"hoan thanh|^htnv"), Rating.SATISFACTORY),
)
_DISCIPLINES = (
    ("khien trach", DisciplineForm.REPRIMAND),
    ("canh cao", DisciplineForm.WARNING),
    ("giang chuc", DisciplineForm.DEMOTION),
    ("ha bac luong", DisciplineForm.PAY_CUT),
    ("cach chuc", DisciplineForm.DISMISSAL_FROM_POST),
    ("khai tru", DisciplineForm.EXPULSION),
    ("buoc thoi viec", DisciplineForm.DISMISSAL),
)
_HEALTH = {
    "1": HealthClass.ONE, "i": HealthClass.ONE, "2": HealthClass.TWO, "ii": HealthClass.TWO, "3": HealthClass.THREE,
    "iii": HealthClass.THREE, "4": HealthClass.FOUR, "iv": HealthClass.FOUR, "5": HealthClass.FIVE,
    "v": HealthClass.FIVE,
}  # fmt: skip
_NOTHING = {"", "khong", "0", "ko", "chua"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]((?:19|20)\d\d)")

Aliases = Mapping[tuple[str, str], str]


@dataclass
class Wanted:
    """What the file of a row's person would hold as of the list's day, in the fields of the records.

    unexplained: (code list, text) of spellings that are no value of their list; learned: field -> name of the value
    that an officer taught for the spelling.
    """

    born: Born
    biography: dict[str, Any]
    identities: tuple[str, ...]
    qualifications: list[QualificationDraft] = field(default_factory=list)
    ratings: list[RatingDraft] = field(default_factory=list)
    disciplines: list[DisciplineDraft] = field(default_factory=list)
    commendations: list[CommendationDraft] = field(default_factory=list)
    grade: GradeDraft | None = None
    health: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    codes: list[CodeDraft] = field(default_factory=list)
    unexplained: list[tuple[str, str]] = field(default_factory=list)
    learned: dict[str, str] = field(default_factory=dict)
    appointed: date | None = None


def wanted_of(row: ExtractedRow, day: date, aliases: Aliases) -> Wanted:
    """What the row says, read as of `day`. The row must have name, birth and sex."""
    person = row.person
    assert person is not None and person.born is not None
    born = born_of(person)
    biography = {"full_name": person.name, "sex": person.sex}
    biography |= {"born_year": born.year, "born_month": born.month, "born_day": born.day}
    numbers = dict.fromkeys(filter(None, (person.identity, person.identity_old)))
    found = Wanted(born, biography, tuple(numbers))
    _codes(found, person, day, aliases)
    _days(found, person)
    _texts(found, person, day)
    _numbers(found, person, day)
    _judged_by_others(found, person, row, day)
    kept = {k: v for k, v in person.unread.items() if k not in _NEVER_KEPT and k != "other_name"}
    found.texts.update({k: v for k, v in kept.items() if k not in found.texts})
    return found


def born_of(person: PersonRecord) -> Born:
    """The birth as far as it is known; the person must have one."""
    return _born_on(person.born_month or person.born or "")


@lru_cache(maxsize=32_768)
def _born_on(text: str) -> Born:
    return Born.from_iso(text)


def _codes(found: Wanted, person: PersonRecord, day: date, aliases: Aliases) -> None:
    for name in ("ethnicity", "religion"):
        if coded := person.codes.get(name):
            found.biography[name] = _code_of(found, name, name, coded, aliases)[:60]
    for name, kind in QUALIFICATIONS.items():
        if not (coded := person.codes.get(name)):
            continue
        level = _code_of(found, name, kind, coded, aliases)[:60]
        is_main = kind == QualificationKind.PROFESSIONAL
        field_of_study = person.texts.get("professional_field", "")[:200] if is_main else ""
        institution = person.texts.get("school", "")[:200] if is_main else ""
        found.qualifications.append(_qualification(kind, level, day, field_of_study, institution))


# one object for all who have the same
_qualification = lru_cache(maxsize=4096)(QualificationDraft)


def _code_of(found: Wanted, key: str, code_list: str, coded: Coded, aliases: Aliases) -> str:
    """The code of the records, entering it in the code list; the text itself where no code fits."""
    learned = aliases.get((code_list, search_key(coded.text))) if aliases else None
    if learned is not None:
        found.learned[key] = learned
        return learned
    if coded.code is None:
        found.unexplained.append((str(code_list), coded.text))
        return tidy(coded.text)
    listed = _listed().get((code_list, coded.code))
    found.codes.append(listed or CodeDraft(code_list, coded.code, coded.label or coded.text))
    return coded.code


@cache
def _listed() -> dict[tuple[str, str], CodeDraft]:
    return {(entry.list, entry.code): code_draft(entry) for entry in code_lists()}


def code_draft(listed: CodeEntry) -> CodeDraft:
    """A value of the shipped code lists as it is entered in the records."""
    return CodeDraft(
        listed.list, listed.code, listed.name, listed.rank, listed.order, listed.valid_from, listed.valid_to
    )


def _days(found: Wanted, person: PersonRecord) -> None:
    for key, text in person.days.items():
        whole = date.fromisoformat(text) if len(text) == 10 else None
        if key == "appointed_on" and whole:
            found.appointed = whole
        elif key in _DAYS and whole:
            found.biography[_DAYS[key]] = whole
        elif key != "step_from" or whole is None:
            found.texts[key] = text


def _texts(found: Wanted, person: PersonRecord, day: date) -> None:
    other = person.texts.get("other_name") or person.unread.get("other_name")
    texts = {**person.texts, **({"other_name": other} if other else {})}
    for key, text in texts.items():
        if key in _TEXTS:
            name, longest = _TEXTS[key]
            if len(text) <= longest:
                found.biography[name] = tidy(text)
            else:
                found.texts[key] = text
        elif key not in _TAKEN and key not in ("rating", "discipline", "commendation", "health"):
            found.texts[key] = text
    for key in ("phone", "email"):
        if value := getattr(person, key):
            found.biography[key] = value
    if not person.codes.get("professional"):
        found.texts |= {k: texts[k] for k in ("professional_field", "school") if k in texts}


def _numbers(found: Wanted, person: PersonRecord, day: date) -> None:
    grade = " ".join(filter(None, (person.texts.get("grade"), person.texts.get("grade_code"))))[:60]
    step, coefficient = person.numbers.get("step"), person.numbers.get("coefficient")
    since = person.days.get("step_from", "")
    if grade:
        found.grade = GradeDraft(
            grade,
            date.fromisoformat(since) if len(since) == 10 else day,
            int(step) if step is not None and 0 <= step <= 20 and step == int(step) else None,
            _decimal(coefficient),
        )
    else:
        found.texts |= {k: f"{v:g}" for k, v in person.numbers.items() if k in ("step", "coefficient")}
    found.texts |= {
        k: f"{v:g}" for k, v in person.numbers.items() if k not in ("step", "coefficient", "ordinal")
    }


def _decimal(value: float | None) -> Decimal | None:
    try:
        number = Decimal(str(value)).quantize(Decimal("0.01")) if value is not None else None
    except InvalidOperation:
        return None
    return number if number is not None and 0 <= number < 100 else None


def _judged_by_others(found: Wanted, person: PersonRecord, row: ExtractedRow, day: date) -> None:
    if text := person.texts.get("rating"):
        found.ratings = list(_ratings(text, [c.heading for c in row.table.columns if c.field == "rating"]))
        if not found.ratings:
            found.texts["rating"] = text
    if text := person.texts.get("discipline", ""):
        read = _discipline(text)
        if read:
            found.disciplines.append(read)
        elif search_key(text) not in _NOTHING:
            found.texts["discipline"] = text
    for part in filter(None, (p.strip() for p in person.texts.get("commendation", "").split(";"))):
        if search_key(part) not in _NOTHING:
            found.commendations.append(CommendationDraft(part[:200], _day_in(part) or day))
    if text := person.texts.get("health", ""):
        found.health = _HEALTH.get(search_key(text).removeprefix("loai").strip(), "")
        if not found.health:
            found.texts["health"] = text


def _ratings(text: str, headings: list[str]) -> Iterable[RatingDraft]:
    """Yearly ratings where the year is certain: in the text, or in the heading over as many texts as columns."""
    parts = [part.strip() for part in text.split(";")]
    years = [_YEAR.search(heading) for heading in headings]
    for number, part in enumerate(parts):
        said = _YEAR.search(part) or (years[number] if len(parts) == len(headings) else None)
        words = search_key(_YEAR.sub("", part))
        rating = next((value for pattern, value in _RATINGS if pattern.search(words)), None)
        if said and rating:
            yield RatingDraft(int(said.group()), rating)


def _discipline(text: str) -> DisciplineDraft | None:
    words, decided = search_key(text), _day_in(text)
    form = next((value for phrase, value in _DISCIPLINES if phrase in words), None)
    return DisciplineDraft(form, decided) if form and decided else None


def _day_in(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(int(found.group(3)), int(found.group(2)), int(found.group(1))) if found else None
    except ValueError:
        return None
