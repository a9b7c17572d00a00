"""Degrees and certificates, grades, yearly ratings and the rare discipline of invented people.

Education rises: newcomers come better trained than those who leave, and some study on each year. Nobody in a seat
with fewer than six places is ever disciplined or rated below "satisfactory", so that no real post can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from hientai.apps.cadres.drafts import DisciplineDraft, GradeDraft, QualificationDraft, RatingDraft
from hientai.site.demo.careers import ENDS
from hientai.site.demo.people import YEAR, Person, Post

FIRST_RATING, LAST_RATING = 2015, 2025
CROWD = 6  # places a seat needs before anything unfavourable is invented about its holders
_LADDER = ("elementary", "intermediate", "college", "bachelor", "master", "doctor")
# Chances of each level among people who joined before 2000, before 2010, later; and yearly chance to study on.
_START = {
    "teacher": (((0.07, 0.35, 0.45, 0.13), (0.04, 0.18, 0.46, 0.32), (0.0, 0.0, 0.12, 0.88)), 0.085),
    "doctor": (((0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)), 0.03),
    "nurse": (((0.05, 0.87, 0.08, 0.0), (0.0, 0.8, 0.15, 0.05), (0.0, 0.3, 0.4, 0.3)), 0.04),
    "staff": (((0.7, 0.27, 0.03, 0.0), (0.6, 0.3, 0.07, 0.03), (0.05, 0.45, 0.2, 0.3)), 0.06),
    "commune": (((0.3, 0.6, 0.05, 0.05), (0.12, 0.63, 0.12, 0.13), (0.0, 0.3, 0.1, 0.6)), 0.09),
    "office": (((0.02, 0.28, 0.1, 0.6), (0.0, 0.12, 0.1, 0.78), (0.0, 0.0, 0.03, 0.97)), 0.05),
}  # fmt: skip
_FIELDS = {
    "teacher": (
        "Giáo dục mầm non",
        "Giáo dục tiểu học",
        "Sư phạm Toán",
        "Sư phạm Ngữ văn",
        "Sư phạm Vật lý",
        "Sư phạm Lịch sử",
    ),
    "doctor": ("Y đa khoa", "Y học cổ truyền", "Y học dự phòng"),
    "nurse": ("Điều dưỡng", "Hộ sinh", "Kỹ thuật y học"),
    "staff": ("Kế toán", "Văn thư - Lưu trữ", "Thư viện", "Thiết bị trường học"),
    "commune": ("Luật", "Nông nghiệp", "Quản lý đất đai", "Hành chính học", "Kế toán", "Công tác xã hội"),
    "office": (
        "Luật",
        "Kinh tế",
        "Quản lý công",
        "Kế toán",
        "Nông nghiệp",
        "Quản lý đất đai",
        "Xây dựng",
        "Công tác xã hội",
        "Khoa học chính trị",
    ),
}
_SCHOOL_GRADES = {"province": "V.07.05.15"}
_RATED = ("outstanding", "good", "satisfactory", "unsatisfactory")


@dataclass(frozen=True)
class Record:
    """What studies and years of work leave in a file."""

    qualifications: tuple[QualificationDraft, ...]
    grades: tuple[GradeDraft, ...]
    ratings: tuple[RatingDraft, ...]
    disciplines: tuple[DisciplineDraft, ...]


def record_of(person: Person, crowded: set[tuple[str, str]], chance: Random) -> Record:
    """The record of one person. crowded: (body code, title code) of seats with enough places to hide in."""
    kind = _kind(person.posts[0])
    qualifications = [
        *_professional(person, kind, chance),
        *_theory(person, chance),
        *_courses(person, kind, chance),
    ]
    return Record(
        tuple(qualifications),
        tuple(_grades(person, kind, chance)),
        tuple(_ratings(person, crowded, chance)),
        tuple(_disciplines(person, crowded, chance)),
    )


def _kind(post: Post) -> str:
    word = post.title.code.rpartition(".")[2]
    if "school" in post.title.code:
        return "teacher"
    if word in _START:
        return word
    return "commune" if post.title.level == "commune" else "office"


def _professional(person: Person, kind: str, chance: Random) -> Iterator[QualificationDraft]:
    begun = date.fromordinal(person.joined)
    eras, yearly = _START[kind]
    weights = eras[0 if begun.year < 2000 else 1 if begun.year < 2010 else 2]
    level = chance.choices(range(4), weights)[0]
    field = chance.choice(_FIELDS[kind])
    yield QualificationDraft("professional", _LADDER[level], date(begun.year, 6, 30), field)
    last = min(person.leaves, ENDS)
    year = max(begun.year + 2, 2005)
    while date(year, 8, 15).toordinal() < last:
        growing = (
            yearly
            * (0.25 if level >= 3 and not person.posts[-1].title.leads else 1)
            * (0.6 if level >= 3 else 1)
        )
        if chance.random() < growing and level < (4 if chance.random() > 0.01 else 5):
            level += 1 if level >= 3 else chance.choice((1, 1, 3 - level))
            yield QualificationDraft("professional", _LADDER[level], date(year, 8, 15), field)
            year += 3
        year += 1


def _theory(person: Person, chance: Random) -> Iterator[QualificationDraft]:
    top = max(post.title.rank for post in person.posts)
    wanted = 3 if top >= 66 else 2 if top >= 28 else 1 if top >= 20 else 0
    if wanted < 3 and chance.random() < (0.35 if wanted == 2 and top >= 44 else 0.05):
        wanted += 1
    if wanted == 0 and (draw := chance.random()) < 0.62:
        wanted = 2 if draw < 0.3 else 1
    if wanted and chance.random() < 0.08:
        wanted -= 1
    lead = next((post.begins for post in person.posts if post.title.rank == top), person.joined)
    if top < 20:  # sent while serving, mostly in the years of the big classes
        lead = max(person.joined + 2 * YEAR, date(2012, 1, 1).toordinal() + chance.randrange(12 * YEAR))
    for level in range(1, wanted + 1):
        spread = 4 * YEAR if level == wanted else 8 * YEAR
        day = max(
            person.joined + 200, lead - (wanted - level) * 4 * YEAR - 2 * YEAR + chance.randrange(spread)
        )
        if day < min(person.leaves, ENDS) and (level == wanted or chance.random() < 0.5):
            code = ("elementary", "intermediate", "advanced")[level - 1]
            yield QualificationDraft("political_theory", code, date.fromordinal(day))


def _courses(person: Person, kind: str, chance: Random) -> Iterator[QualificationDraft]:
    joined, last = person.joined, min(person.leaves, ENDS)
    schooled = date(person.born.year + 18, 6, 15)
    yield QualificationDraft("general", "12/12" if chance.random() < 0.96 else "bổ túc", schooled)
    top = max(post.title.rank for post in person.posts)
    if kind in ("office", "commune") or top >= 28:
        level = "principal_specialist" if top >= 50 and chance.random() < 0.8 else "specialist"
        if chance.random() < 0.85:
            yield _later(person, "state_management", level, chance)
    if chance.random() < 0.7 and kind != "staff":
        old = joined < date(2015, 1, 1).toordinal()
        yield _later(
            person, "language", chance.choice(("A", "B", "B")) if old else chance.choice(("A2", "B1")), chance
        )
    if chance.random() < 0.75:
        old = joined < date(2015, 1, 1).toordinal()
        yield _later(person, "informatics", chance.choice(("A", "B", "office")) if old else "basic", chance)
    if top >= 20 and chance.random() < 0.9:
        code = "2" if top >= 66 else "3" if top >= 44 else "4"
        start = max((post.begins for post in person.posts if post.title.rank >= 20), default=joined)
        day = min(start + chance.randrange(60, 3 * YEAR), last - 1)
        yield QualificationDraft("defence_security", code, date.fromordinal(max(day, joined)))


def _later(person: Person, kind: str, level: str, chance: Random) -> QualificationDraft:
    day = min(person.joined + chance.randrange(0, 4 * YEAR), min(person.leaves, ENDS) - 1)
    return QualificationDraft(kind, level, date.fromordinal(max(day, person.joined)))


def _grades(person: Person, kind: str, chance: Random) -> Iterator[GradeDraft]:
    first = person.posts[0]
    grade = _grade(first, kind, chance)
    begun = date.fromordinal(max(person.joined, date(2004, 10, 1).toordinal()))
    yield GradeDraft(grade, begun)


def _grade(post: Post, kind: str, chance: Random) -> str:
    if kind == "teacher":
        if post.title.level == "province":
            return "V.07.05.15"
        school = post.body.code[-1]
        return {"1": "V.07.02.26", "2": "V.07.03.29"}.get(school, "V.07.04.32")
    if kind in ("doctor", "nurse"):
        return "V.08.01.03" if kind == "doctor" else chance.choice(("V.08.05.12", "V.08.05.13"))
    return "01.005" if kind == "staff" else "01.004" if chance.random() < 0.12 else "01.003"


def _ratings(person: Person, crowded: set[tuple[str, str]], chance: Random) -> Iterator[RatingDraft]:
    hidden = _hidden(person, crowded)
    last = min(person.leaves, ENDS)
    bent = chance.random()
    for year in range(FIRST_RATING, LAST_RATING + 1):
        if not (person.joined + 180 <= date(year, 12, 15).toordinal() < last):
            continue
        draw = chance.random() * 0.7 + bent * 0.3  # drawn also for a year without a post: later draws stay
        if not _worked_in(person, year):
            continue
        if draw > 0.80:
            rating = "outstanding"
        elif draw > 0.13:
            rating = "good"
        else:
            rating = "unsatisfactory" if hidden and draw < 0.012 else "satisfactory"
        yield RatingDraft(year, rating)


def _worked_in(person: Person, year: int) -> bool:
    """Whether some post was held in the year: who was taken on long before the first post known is not rated then."""
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return any(post.begins < after and (post.ends is None or post.ends > first) for post in person.posts)


def _disciplines(person: Person, crowded: set[tuple[str, str]], chance: Random) -> Iterator[DisciplineDraft]:
    first = max(person.joined + YEAR, date(2015, 3, 1).toordinal())
    last = min(person.leaves, ENDS)
    if not _hidden(person, crowded) or last - first < YEAR or chance.random() > 0.006:
        return
    day = date.fromordinal(chance.randrange(first, last))
    form = "reprimand" if chance.random() < 0.7 else "warning"
    months = 12 if day.year < 2021 else 24
    yield DisciplineDraft(form, day, date.fromordinal(day.toordinal() + months * 30))


def _hidden(person: Person, crowded: set[tuple[str, str]]) -> bool:
    """Whether every seat this person ever held has enough places."""
    return all((post.body.code, post.title.code) in crowded for post in person.posts)
