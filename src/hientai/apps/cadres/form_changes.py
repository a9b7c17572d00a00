"""A filled biographical form against the file: what it would change, what differs elsewhere, what could not be read.

Asks as any selector does; writes nothing. The page shows the answer and the person chooses what to propose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from hientai.apps.cadres import file_records, file_selectors, selectors
from hientai.apps.cadres import form_labels as labels
from hientai.apps.cadres.file_selectors import OWN, PROPOSE
from hientai.apps.cadres.filled_form import Filled, folded
from hientai.apps.cadres.kinds import KINDS, TEXTS, Kind
from hientai.apps.cadres.summary import DOTS, summary_fields
from hientai.apps.cadres.types import PersonOnFile, QualificationKind, Rating, RecordDraft
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput
from hientai.engines.interval import add_months
from hientai.engines.vitext import name_case, parse_day, search_key, tidy
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused

ADD, CHANGE, CORRECT = "them", "thay-doi", "dinh-chinh"
_DAYS = ("born", "party_joined_on", "party_official_on", "army_joined_on", "army_left_on", "recruited_on")
# The words by which people say what kind of study it was; the first kind whose word is there.
_STUDY_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (QualificationKind.POLITICAL_THEORY, ("ly luan chinh tri", "llct", "chinh tri - hanh chinh")),
    (QualificationKind.STATE_MANAGEMENT, ("quan ly nha nuoc", "qlnn", "ngach chuyen vien")),
    (QualificationKind.DEFENCE_SECURITY, ("quoc phong",)),
    (QualificationKind.INFORMATICS, ("tin hoc", "cong nghe thong tin co ban", "cntt")),
    (QualificationKind.LANGUAGE, ("ngoai ngu", "tieng ", "anh van", "phap van", "nga van")),
    (QualificationKind.GENERAL, ("pho thong", "thpt", "10/10", "12/12")),
)
_LEVEL_WORDS = {
    "doctor": ("tien si",), "master": ("thac si",), "bachelor": ("dai hoc", "cu nhan", "ky su", "bac si"),
    "college": ("cao dang",), "intermediate": ("trung cap", "trung hoc chuyen nghiep"), "elementary": ("so cap",),
    "advanced": ("cao cap", "cu nhan"),
}  # fmt: skip


@dataclass
class FormChanges:
    """typed: fields of the biography as read; records: drafts; known: rows that the file has already.

    differing: (label, in the file, on the form) of what follows from other records; unread: (text, why).
    """

    person_id: int
    version: str
    typed: dict[str, str] = field(default_factory=dict)
    records: list[RecordDraft] = field(default_factory=list)
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)
    known: int = 0


def changes_of(*, actor: Actor, as_of: date, code: str, filled: Filled) -> FormChanges:
    """What the form says differently. Raises NotFound out of reach, Refused for no form, or for somebody else's."""
    actor.check_may(OWN)
    person = file_selectors.writable_id(actor=actor, as_of=as_of, code=code, permission=PROPOSE)
    if not filled.is_a_form:
        raise Refused(
            "no_form",
            say("Tệp này không phải sơ yếu lý lịch: không tìm thấy các mục của mẫu 2C, HS02."),
            "file",
        )
    file = selectors.file_under(actor=actor, as_of=as_of, person_id=person, permission=PROPOSE)
    _check_same_person(file, filled)
    found = FormChanges(person, file.version)
    found.typed = {key: _shown(key, filled.values[key]) for key in labels.FIELDS if key in filled.values}
    found.unread = [(text, _("không thuộc mục nào của mẫu")) for text in filled.unread]
    found.not_kept = [str(labels.SHOWN[key]) for key in labels.NOT_KEPT if key in filled.not_kept]
    _texts(found, file, filled, as_of)
    reading = _Rows(actor, as_of, person, found)
    reading.study(filled.rows.get(labels.STUDY, ()))
    reading.career(filled.rows.get(labels.CAREER, ()))
    reading.pay(filled.rows.get(labels.PAY, ()))
    reading.ratings(filled.rows.get(labels.RATINGS, ()))
    now = summary_fields(actor=actor, as_of=as_of, code=code)
    found.differing = list(_differing(filled.values, now))
    return found


def _check_same_person(file: PersonOnFile, filled: Filled) -> None:
    said = filled.values
    other_code = said.get("code", file.code).strip().lower() not in ("", file.code.lower())
    name_differs = search_key(said["full_name"]) != search_key(str(file.biography["full_name"]))
    born_differs = str(file.biography["born_year"]) not in said.get("born", str(file.biography["born_year"]))
    if other_code or (name_differs and born_differs):
        raise Refused(
            "another_person",
            say(
                "Bản khai này mang tên, ngày sinh hoặc mã hồ sơ của người khác; hãy mở đúng hồ sơ rồi nộp lại."
            ),
            "file",
        )


def _shown(key: str, text: str) -> str:
    """As the fields of the file are written: a name in small letters, a day as day/month/year."""
    if key == "full_name":
        return name_case(text)
    if key in _DAYS:
        try:
            day = parse_day(text)
        except BadInput:
            return text
        parts = [f"{part:02d}" for part in (day.day, day.month) if part]
        return "/".join([*parts, str(day.year)])
    return text


def _texts(found: FormChanges, file: PersonOnFile, filled: Filled, as_of: date) -> None:
    kind = KINDS["ghi-them"]
    for name in labels.TEXTS:
        text = filled.values.get(name, "")
        states = [s for s in file.texts.get(name, ()) if s.valid_to is None]
        now = states[-1] if states else None
        if not text or (now and folded(tidy(now.values["text"])) == folded(tidy(text))):
            continue
        doing = ADD if now is None else CHANGE if now.valid_from < as_of else CORRECT
        found.records.append(
            RecordDraft(
                kind.slug, doing, str(TEXTS[name]), now.id if now else None, {"kind": name, "text": text[:2000]}, as_of,
                None, ((str(TEXTS[name]), now.values["text"]),) if now else (), ((str(TEXTS[name]), text[:2000]),),
            )
        )  # fmt: skip


def _differing(said: Mapping[str, str], now: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """What follows from other records and is not as the form says it; an identity number by its last digits."""
    for key in labels.COMPARED:
        text = said.get(key, "")
        known = str(now.get(key, ""))
        if not text or key == "code" or (key == "identity" and known == DOTS):
            continue
        known = "" if known == DOTS else known
        if _loose(known) == _loose(text) or (known and _loose(known) in _loose(text)):
            continue
        if key == "identity":
            known, text = f"…{known[-4:]}", f"…{text[-4:]}"
        yield str(labels.SHOWN[key]), known, text


def _loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text)).replace("khong", "")


class _Rows:
    """The rows of the tables, one kind after the other, each compared with what the file has."""

    def __init__(self, actor: Actor, as_of: date, person: int, found: FormChanges) -> None:
        self._actor, self._as_of, self._person, self._found = actor, as_of, person, found

    def _on_file(self, slug: str) -> list[Any]:
        return file_records.current_rows([self._person], KINDS[slug])

    def _add(
        self,
        kind: Kind,
        values: dict[str, Any],
        since: date | None,
        until: date | None = None,
        *,
        note: str = "",
    ) -> None:
        codes, unit = file_selectors.names_for(
            actor=self._actor, as_of=self._as_of, kind=kind, unit_id=values.get("unit")
        )
        after = list(
            file_records.words_of(kind, {k: v for k, v in values.items() if k != "title"}, codes, unit)
        )
        if "title" in values and kind.slug == "chuc-vu":
            after.insert(1, (_("Chức danh"), note))
            note = ""
        if since:
            after.append((str(kind.since), f"{since:%d/%m/%Y}" + (f" ({note})" if note else "")))
        if until:
            after.append((_("Đến trước ngày"), f"{until:%d/%m/%Y}"))
        self._found.records.append(
            RecordDraft(kind.slug, ADD, str(kind.one), None, values, since, until, (), tuple(after))
        )

    def _unread(self, row: Mapping[str, str], why: str) -> None:
        self._found.unread.append((" · ".join(filter(None, row.values())), why))

    def study(self, rows: Iterable[Mapping[str, str]]) -> None:
        names = selectors.code_names(actor=self._actor, as_of=self._as_of)
        taught = selectors.learned_aliases(actor=self._actor, as_of=self._as_of, unit_id=None)
        held = [(q.kind, q.level, folded(q.field)) for q in self._on_file("trinh-do")]
        for row in rows:
            said = " ".join(filter(None, (row.get("kind", ""), row["degree"])))
            level = _level(said, row.get("field", ""), names, taught)
            if level is None:
                self._unread(row, _("không rõ loại và trình độ của văn bằng"))
                continue
            learned = folded(row.get("field", ""))
            same = [f for kind, code, f in held if (kind, code) == level]
            if any(not f or not learned or f in learned or learned in f for f in same):
                self._found.known += 1
                continue
            begun, ended, only_year = _period(row.get("period", ""))
            if ended is None:
                self._unread(row, _("không đọc được thời gian học"))
                continue
            values = {
                "level": f"{level[0]}:{level[1]}", "field": row.get("field", "")[:200],
                "institution": row.get("institution", "")[:200], "mode": row.get("mode", "")[:100],
                "studied_from": begun if begun != ended else None, "studied_to": None,
            }  # fmt: skip
            self._add(KINDS["trinh-do"], values, ended, note=_("bản khai chỉ ghi năm") if only_year else "")

    def career(self, rows: Iterable[Mapping[str, str]]) -> None:
        begun = {
            (r.valid_from.year, r.valid_from.month)
            for slug in ("chuc-vu", "noi-khac")
            for r in self._on_file(slug)
        }
        units = {search_key(u.name): u for u in organization.units(actor=self._actor, as_of=self._as_of)}
        titles = organization.titles(actor=self._actor, as_of=self._as_of)
        for row in rows:
            said = f"{row['period']} - {row.get('until', '')}"
            since, _ended, _only = _period(said)
            until = _until(said)
            if since is None or (until is None and "nay" not in folded(said)):
                self._unread(row, _("không đọc được thời gian công tác"))
                continue
            if (since.year, since.month) in begun:
                self._found.known += 1
                continue
            post = _post(row["post"], units, titles)
            if post is not None:
                unit, title = post
                values: dict[str, Any] = {"unit": unit.id, "title": title.id, "kind": "full_time"}
                self._add(KINDS["chuc-vu"], values, since, until, note=title.name)
            else:
                place = row["post"].replace("\n", "; ")[:250]
                self._add(KINDS["noi-khac"], {"place": place, "work": ""}, since, until)

    def pay(self, rows: Iterable[Mapping[str, str]]) -> None:
        grades = {
            key: code for (name, code), (_r, label) in
            selectors.code_names(actor=self._actor, as_of=self._as_of).items() if name == "grade"
            for key in (code.lower(), search_key(label))
        }  # fmt: skip
        held = {(g.valid_from.year, g.valid_from.month) for g in self._on_file("ngach-luong")}
        for row in rows:
            since, _ended, _only = _period(row["since"])
            text = row.get("code") or row.get("grade", "")
            code = (
                grades.get(text.strip().lower())
                or grades.get(search_key(text))
                or grades.get(search_key(row.get("grade", "")))
            )
            try:
                coefficient = Decimal(row["coefficient"].replace(",", ".")) if row["coefficient"] else None
                step = int(re.match(r"\d+", row.get("step", "")).group()) if row.get("step") else None  # type: ignore[union-attr]
            except (InvalidOperation, AttributeError):
                since = None
                coefficient, step = None, None
            if since is not None and (since.year, since.month) in held:
                self._found.known += 1
            elif since is None or code is None:
                self._unread(row, _("không rõ ngày, ngạch, bậc hoặc hệ số"))
            else:
                values = {"grade": code, "step": step, "coefficient": coefficient}
                self._add(KINDS["ngach-luong"], values, since)

    def ratings(self, rows: Iterable[Mapping[str, str]]) -> None:
        by_word = {folded(str(label)): code for code, label in Rating.choices}
        held = {r.year: r.rating for r in self._on_file("xep-loai")}
        for row in rows:
            year, rating = row["year"].strip(), by_word.get(folded(tidy(row["rating"])))
            if not (year.isdecimal() and len(year) == 4) or rating is None:
                self._unread(row, _("không rõ năm hoặc mức xếp loại"))
            elif int(year) in held:
                if held[int(year)] == rating:
                    self._found.known += 1
                else:
                    now = str(Rating(held[int(year)]).label)
                    self._found.differing.append(
                        (_("Xếp loại năm {year}").format(year=year), now, row["rating"])
                    )
            else:
                self._add(KINDS["xep-loai"], {"year": int(year), "rating": rating}, None)


def _level(
    text: str,
    learned: str,
    names: Mapping[tuple[str, str], tuple[int, str]],
    taught: Mapping[tuple[str, str], str],
) -> tuple[str, str] | None:
    """(kind, code) of a degree as people write it; None where it cannot be told."""
    flat = folded(tidy(f"{text} {learned}"))
    kind = next(
        (k for k, words in _STUDY_WORDS if any(w in flat for w in words)), QualificationKind.PROFESSIONAL
    )
    degree = folded(tidy(text))
    known = taught.get((kind, search_key(text)))
    if known:
        return str(kind), known
    codes = {code: folded(label) for (name, code), (_r, label) in names.items() if name == kind}
    exact = [code for code, label in codes.items() if label and label in degree]
    if exact:
        return str(kind), max(exact, key=lambda code: len(codes[code]))
    by_word = [
        code for code, words in _LEVEL_WORDS.items() if code in codes and any(w in degree for w in words)
    ]
    return (str(kind), by_word[0]) if by_word else None


_MOMENT = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?((?:19|20)\d{2})")


def _period(text: str) -> tuple[date | None, date | None, bool]:
    """First and last day named, and whether only a year was; a month counts from its first day, a year to its last."""
    days, only_year = [], False
    for day, month, year in _MOMENT.findall(text):
        only_year = not month
        try:
            days.append(date(int(year), int(month or 12), int(day or (31 if only_year else 1))))
        except ValueError:
            return None, None, False
    if not days:
        return None, None, False
    first = days[0]
    if only_year and len(days) > 1:
        first = date(first.year, 1, 1)
    return (first, days[-1], only_year) if first <= days[-1] else (None, None, False)


def _until(text: str) -> date | None:
    """The first day after the last of two moments named; None where there is one only."""
    found = _MOMENT.findall(text)
    if len(found) < 2:
        return None
    day, month, year = found[-1]
    if not month:
        return date(int(year) + 1, 1, 1)
    if not day:
        return add_months(date(int(year), int(month), 1), 1)
    return date(int(year), int(month), int(day)) + timedelta(days=1)


def _post(text: str, units: Mapping[str, Any], titles: Iterable[Any]) -> tuple[Any, Any] | None:
    """Unit and title where the text names both as the records do; None for a place elsewhere."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    for place in range(1, len(parts)):
        unit = units.get(search_key(", ".join(parts[place:])))
        name = search_key(", ".join(parts[:place]))
        title = next(
            (t for t in titles if search_key(t.name) == name and unit and t.level == unit.level), None
        )
        if unit is not None and title is not None:
            return unit, title
    return None
