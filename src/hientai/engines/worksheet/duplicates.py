"""Finds people that a file speaks of twice: the later row is the duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hientai.engines.vitext import search_key
from hientai.engines.wording import say
from hientai.engines.worksheet.record import ExtractedRow, PersonRecord, Reason, Status


def mark_duplicates(rows: Sequence[ExtractedRow]) -> list[ExtractedRow]:
    """The rows with later mentions of a person marked.

    Same identity number: a duplicate when name or birth agree as well, else refused (two people cannot share
    a
    number). Without a number on one of the two rows: a duplicate when name, sex and whole birth day agree.
    Same
    name and birth but different numbers: two people, with a remark. Refused rows are nobody's original.
    """
    by_identity: dict[str, ExtractedRow] = {}
    by_name: dict[tuple[str, str, str], ExtractedRow] = {}
    marked: list[ExtractedRow] = []
    for row in rows:
        person = row.person
        if row.status is not Status.PERSON or person is None:
            marked.append(row)
            continue
        earlier = _by_number(person, by_identity)
        if earlier is not None:
            marked.append(_same_number(row, person, earlier))
            continue
        key = _name_key(person)
        namesake = by_name.get(key) if key else None
        if namesake is not None and namesake.person is not None:
            row = _same_name(row, person, namesake, namesake.person)
        if row.status is Status.PERSON:
            for number in filter(None, (person.identity, person.identity_old)):
                by_identity.setdefault(number, row)
            if key:
                by_name.setdefault(key, row)
        marked.append(row)
    return marked


def _by_number(person: PersonRecord, known: dict[str, ExtractedRow]) -> ExtractedRow | None:
    for number in filter(None, (person.identity, person.identity_old)):
        if number in known:
            return known[number]
    return None


def _name_key(person: PersonRecord) -> tuple[str, str, str] | None:
    if not person.name or not person.born or len(person.born) < 10 or not person.sex:
        return None
    return search_key(person.name), person.born, person.sex


def _where(row: ExtractedRow) -> dict[str, object]:
    return {"sheet": row.sheet, "row": row.row}


def _same_number(row: ExtractedRow, person: PersonRecord, earlier: ExtractedRow) -> ExtractedRow:
    other = earlier.person
    same_name = other is not None and search_key(person.name or "") == search_key(other.name or "")
    same_birth = other is not None and person.born == other.born
    if not same_name and not same_birth:
        reason = Reason(
            "identity",
            row.cell_of("identity"),
            "identity_taken",
            say("Số định danh này đã thuộc về người khác ở trang {sheet}, dòng {row}.", **_where(earlier)),
            refuses=True,
        )
        return replace(row, status=Status.REFUSED, reasons=(*row.reasons, reason))
    message = say("Người này đã có ở trang {sheet}, dòng {row} (cùng số định danh).", **_where(earlier))
    reasons = [Reason("identity", row.cell_of("identity"), "duplicate", message)]
    if not same_name:
        reasons.append(_differs(row, "name"))
    if not same_birth:
        reasons.append(_differs(row, "born"))
    return _duplicate(row, earlier, reasons)


def _differs(row: ExtractedRow, field_key: str) -> Reason:
    what = say("Họ tên") if field_key == "name" else say("Ngày sinh")
    return Reason(
        field_key,
        row.cell_of(field_key),
        "duplicate_differs",
        say("{what} ghi khác dòng trước; hãy kiểm tra dòng nào đúng.", what=what),
    )


def _same_name(
    row: ExtractedRow, person: PersonRecord, earlier: ExtractedRow, other: PersonRecord
) -> ExtractedRow:
    if person.identity and other.identity:
        message = say(
            "Trùng họ tên, giới tính và ngày sinh với trang {sheet}, dòng {row} nhưng khác số định danh; "
            "coi là hai người, hãy kiểm tra.",
            **_where(earlier),
        )
        reason = Reason("name", row.cell_of("name"), "possible_duplicate", message)
        return replace(row, reasons=(*row.reasons, reason))
    message = say(
        "Người này đã có ở trang {sheet}, dòng {row} (cùng họ tên, giới tính và ngày sinh).",
        **_where(earlier),
    )
    return _duplicate(row, earlier, [Reason("name", row.cell_of("name"), "duplicate", message)])


def _duplicate(row: ExtractedRow, earlier: ExtractedRow, reasons: list[Reason]) -> ExtractedRow:
    return replace(
        row,
        status=Status.DUPLICATE,
        reasons=(*row.reasons, *reasons),
        duplicate_of=(earlier.sheet, earlier.row),
    )
