"""The round trip of a unit's workbook: what was sent, what came back, what the records say now, field by field.

A cell that the unit did not touch changes nothing, even where the file changed meanwhile; a cell it did touch changes
the file; where both changed differently there is a conflict, which an officer decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hientai.apps.cadres.types import PersonOnFile, PositionKind, QualificationKind, Sex
from hientai.apps.exchange.words import field_label
from hientai.engines.worksheet import Extraction, PersonRecord, SavedMapping, extract, propose, read_workbook
from hientai.engines.worksheet.error_book import hidden_number
from hientai.engines.worksheet.template import TemplateContents, TemplateRow, template_workbook

Fields = Mapping[str, Any]
_FIRST_NAMED = (
    "name",
    "sex",
    "born",
    "born_month",
    "identity",
    "identity_old",
    "phone",
    "email",
    "unit",
    "block",
)
_BIOGRAPHY = {
    "other_name": "other_names", "phone": "phone", "email": "email", "home_place": "home_place",
    "residence": "residence", "recruited_on": "recruited_on", "party_joined": "party_joined_on",
    "party_official": "party_official_on",
}  # fmt: skip
_KINDS = {
    "education_general": QualificationKind.GENERAL, "professional": QualificationKind.PROFESSIONAL,
    "political_theory": QualificationKind.POLITICAL_THEORY, "state_management": QualificationKind.STATE_MANAGEMENT,
    "language": QualificationKind.LANGUAGE, "it": QualificationKind.INFORMATICS,
}  # fmt: skip
CodeNames = Mapping[tuple[str, str], tuple[int, str]]


@dataclass(frozen=True)
class Conflict:
    """One field that unit and office changed differently. Identity numbers are shown by their last digits."""

    field: str
    label: str
    sent: str
    on_file: str
    returned: str


def key_of(token: str, code: str) -> str:
    """What stands in the hidden column of a row: the request and the person."""
    return f"{token.replace('-', '')[:12]}.{code}"


def request_of(extraction: Extraction) -> str:
    """The beginning of the token of the request whose rows these are; "" where there are no row keys."""
    for row in extraction.rows:
        key = row.person.texts.get("row_key", "") if row.person else ""
        if "." in key:
            return key.partition(".")[0]
    return ""


def code_in(person: PersonRecord | None, token: str) -> str:
    """The person code in a row's key; "" for a row that the unit added."""
    start, _dot, code = (person.texts.get("row_key", "") if person else "").partition(".")
    return code if start == token.replace("-", "")[:12] else ""


def unit_workbook(
    token: str,
    office: str,
    day: date,
    people: Iterable[PersonOnFile],
    units: Mapping[int, str],
    names: CodeNames,
) -> bytes:
    """The workbook of a unit, prefilled with what is on file."""
    rows = [TemplateRow(key_of(token, p.code), _values(p, day, units, names)) for p in people]
    return template_workbook(TemplateContents(office=office, as_of=f"{day:%d/%m/%Y}", rows=rows))


def _values(p: PersonOnFile, day: date, units: Mapping[int, str], names: CodeNames) -> dict[str, str]:
    known = p.biography
    main = [post for post in p.posts if post.kind == PositionKind.FULL_TIME and post.valid_from <= day]
    parts = (known["born_day"], known["born_month"], known["born_year"])
    values = {key: _text(known[name]) for key, name in _BIOGRAPHY.items()}
    values |= {
        "name": str(known["full_name"]),
        "sex": str(Sex(known["sex"]).label),
        "born": "/".join(f"{part:02d}" for part in parts if part is not None),
        "identity": p.identities[0] if p.identities else "",
        "unit": units.get(p.unit_id or 0, ""),
        "title": "; ".join(post.title for post in main),
        "appointed_on": _text(main[0].valid_from) if main else "",
    }
    for name in ("ethnicity", "religion"):
        values[name] = names.get((name, str(known[name])), (0, str(known[name])))[1]
    for key, kind in _KINDS.items():
        levels = [level for each, level in p.qualifications if each == kind]
        highest = max(levels, key=lambda level: names.get((kind, level), (0, ""))[0], default="")
        values[key] = names.get((kind, highest), (0, highest))[1]
    state = next((s for s in reversed(p.grades) if s.valid_from <= day), None)
    if state is not None:
        values |= {key: _text(state.values[key]) for key in ("grade", "step", "coefficient")}
    values["note"] = next((str(s.values["text"]) for s in reversed(p.texts.get("note", ()))), "")
    return {key: value for key, value in values.items() if value}


def _text(value: Any) -> str:
    return "" if value is None else f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def read_back(content: bytes, day: date) -> dict[str, Fields]:
    """Person code -> what a reader of the workbook sees of that row: sent, returned and present are read alike."""
    book = read_workbook(content)
    extraction = extract(book, propose(book, SavedMapping()), day)
    found = {}
    for row in extraction.rows:
        key = row.person.texts.get("row_key", "") if row.person else ""
        if row.person and "." in key:
            found[key.partition(".")[2]] = _fields(row.person)
    return found


def _fields(person: PersonRecord) -> dict[str, Any]:
    """Flat fields without the key; posts as text."""
    fields = {k: v for k, v in person.as_fields().items() if k not in ("row_key", "unread", "block")}
    if "positions" in fields:
        fields["positions"] = "; ".join(post["text"] for post in fields["positions"])
    return {k: v["text"] if isinstance(v, dict) else v for k, v in fields.items()}


def merge(
    extraction: Extraction, token: str, sent: Mapping[str, Fields], present: Mapping[str, Fields],
    sides: Mapping[tuple[str, int], str],
) -> tuple[Extraction, dict[tuple[str, int], tuple[Conflict, ...]], list[str]]:  # fmt: skip
    """The rows with only what the unit changed, the conflicts left to decide, and the codes that did not come back.

    sides: (sheet, row) -> "unit" or "file" where an officer decided.
    """
    rows, conflicts, back = [], {}, set()
    for row in extraction.rows:
        code = code_in(row.person, token)
        if row.person is None or code not in sent or code not in present:
            rows.append(row)
            continue
        back.add(code)
        returned = _fields(row.person)
        side = sides.get((row.sheet, row.row), "")
        clashes = tuple(_clashes(sent[code], present[code], returned))
        if clashes and not side:
            conflicts[row.sheet, row.row] = clashes
        dropped = {f for f in {*returned, *sent[code]} if returned.get(f) == sent[code].get(f)}
        dropped |= {clash.field for clash in clashes if side != "unit"}
        rows.append(replace(row, person=_without(row.person, dropped, present[code])))
    missing = sorted(set(sent) & set(present) - back)
    return replace(extraction, rows=tuple(rows)), conflicts, missing


def _clashes(sent: Fields, present: Fields, returned: Fields) -> Iterable[Conflict]:
    for field in sorted({*sent, *returned}):
        was, now, theirs = sent.get(field), present.get(field), returned.get(field)
        if theirs is not None and len({str(was), str(now), str(theirs)}) == 3:
            hide = field in ("identity", "identity_old")
            shown = [hidden_number(str(v)) if hide and v else str(v or "") for v in (was, now, theirs)]
            label = "position" if field == "positions" else field
            yield Conflict(field, str(field_label(label)), *shown)


def _without(person: PersonRecord, dropped: set[str], present: Fields) -> PersonRecord:
    """The record with untouched fields as they are on file now (who it is) or left out (all others)."""
    named = {f: present.get(f) for f in _FIRST_NAMED if f in dropped and f not in ("unit", "block")}
    named |= {f: "" for f in ("unit", "block") if f in dropped}
    return replace(
        person,
        **named,
        positions=() if "positions" in dropped else person.positions,
        days={k: v for k, v in person.days.items() if k not in dropped},
        codes={k: v for k, v in person.codes.items() if k not in dropped},
        texts={k: v for k, v in person.texts.items() if k not in dropped},
        numbers={k: v for k, v in person.numbers.items() if k not in dropped},
    )
