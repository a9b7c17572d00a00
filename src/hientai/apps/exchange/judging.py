"""A whole list held against the records: which rows are new people, which change whom, which cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.drafts import (
    CodeDraft,
    HealthDraft,
    ManagementDraft,
    PersonChange,
    PersonDraft,
    PositionDraft,
    TextDraft,
)
from hientai.apps.cadres.types import Namesakes, PersonOnFile
from hientai.apps.exchange.comparing import Comparison
from hientai.apps.exchange.placing import Places, usual_tier
from hientai.apps.exchange.returning import Conflict
from hientai.apps.exchange.types import NO_CHOICES, Choices, JudgedRow, Judgement, Likely, Post, RowStatus
from hientai.apps.exchange.wanted import QUALIFICATIONS, Aliases, Wanted, born_of, wanted_of
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import UnitRow
from hientai.engines import matching
from hientai.engines.interval import PartialDate
from hientai.engines.vitext import search_key
from hientai.engines.wording import say
from hientai.engines.worksheet import ExtractedRow, Extraction, PersonRecord, Reason, Status
from hientai.foundation.actor import Actor
from hientai.foundation.collecting import no_collecting

_GIVEN = {
    Status.REFUSED: RowStatus.REFUSED,
    Status.DUPLICATE: RowStatus.DUPLICATE,
    Status.IGNORED: RowStatus.IGNORED,
}
_LIKELY_SHOWN = 3


@dataclass(frozen=True)
class Records:
    """What of the records a list needs: read once, asked row by row."""

    places: Places
    owners: Mapping[str, int]
    files: Mapping[int, PersonOnFile]
    likely: Mapping[tuple[str, int], tuple[tuple[int, Likely], ...]]
    twins: Mapping[tuple[str, int], tuple[int, ...]]
    aliases: Aliases
    names: Mapping[tuple[str, str], tuple[int, str]]
    may_place: frozenset[int] | None


@no_collecting()
def judge(
    extraction: Extraction,
    *,
    actor: Actor,
    base: UnitRow | None = None,
    choices: Choices = NO_CHOICES,
    strict: bool,
) -> Judgement:
    """Every row with what becomes of it.

    base: the unit the list belongs to, when it is known; strict: a row whose unit is not known is refused (commit),
    otherwise remarked upon (a dry run, also on an empty database).
    """
    day = extraction.as_of or actor.today
    records = read_records(extraction.rows, actor=actor, day=day, base=base, choices=choices)
    codes: dict[tuple[str, str], CodeDraft] = {}
    rows, seen = [], set()
    for row in extraction.rows:
        judged = _judge_row(row, records, day, choices, strict, codes)
        if judged.person_id is not None and judged.status in (RowStatus.UPDATED, RowStatus.UNCHANGED):
            if judged.person_id in seen:
                judged = _twice(judged)
            seen.add(judged.person_id)
        rows.append(judged)
    return Judgement(tuple(rows), day, tuple(codes.values()), extraction.notes)


def with_conflicts(
    judgement: Judgement, conflicts: Mapping[tuple[str, int], tuple[Conflict, ...]]
) -> Judgement:
    """Rows where unit and office changed a field differently are refused until somebody decides."""
    return replace(judgement, rows=tuple(_conflicting(row, conflicts) for row in judgement.rows))


def _conflicting(judged: JudgedRow, conflicts: Mapping[tuple[str, int], tuple[Conflict, ...]]) -> JudgedRow:
    found = conflicts.get((judged.row.sheet, judged.row.row))
    if not found:
        return judged
    fields = ", ".join(conflict.label for conflict in found)
    message = say("Đơn vị và hồ sơ cùng thay đổi khác nhau: {fields}. Hãy chọn bên đúng.", fields=fields)
    reason = Reason(found[0].field, "", "conflict", message, refuses=True)
    return replace(
        judged,
        status=RowStatus.REFUSED,
        reasons=(*judged.reasons, reason),
        conflicts=found,
        change=None,
        posts=(),
    )


def read_records(
    rows: Sequence[ExtractedRow], *, actor: Actor, day: date, base: UnitRow | None, choices: Choices
) -> Records:
    """Reads what the rows need: a fixed number of statements for any number of rows."""
    good = [row for row in rows if row.status is Status.PERSON and row.person]
    numbers = {n for row in good for n in _numbers(row.person)}
    owners = cadres.owners_of(actor=actor, as_of=day, identities=numbers)
    likely, twins = _likely(good, owners, actor, day)
    chosen = {person for person in choices.same_as.values() if person is not None}
    sure = {person for pairs in likely.values() for person, _ in pairs}
    sure |= {person for people in twins.values() for person in people}
    units = organization.units(actor=actor, as_of=day)
    return Records(
        places=Places(units, organization.titles(actor=actor, as_of=day), base),
        owners=owners,
        files=cadres.files(actor=actor, as_of=day, ids={*owners.values(), *sure, *chosen}),
        likely=likely,
        twins=twins,
        aliases=cadres.learned_aliases(actor=actor, as_of=day, unit_id=base.id if base else None),
        names=cadres.code_names(actor=actor, as_of=day),
        may_place=_writable_units(actor, day),
    )


def _numbers(person: PersonRecord | None) -> Iterable[str]:
    return filter(None, (person.identity, person.identity_old)) if person else ()


def _writable_units(actor: Actor, day: date) -> frozenset[int] | None:
    """Ids of units the actor may write people of; None for all."""
    scope = actor.scope(cadres.WRITE)
    roots = [area.unit_id for area in scope.areas]
    if scope.is_everything or None in roots:
        return None
    found = {*organization.subtree_ids([r for r in roots if r is not None], actor.today)}
    return frozenset(found)


# --- who it is


LikelyByRow = dict[tuple[str, int], tuple[tuple[int, Likely], ...]]
TwinsByRow = dict[tuple[str, int], tuple[int, ...]]


def _likely(
    rows: Sequence[ExtractedRow], owners: Mapping[str, int], actor: Actor, day: date
) -> tuple[LikelyByRow, TwinsByRow]:
    """Rows without a known number -> people on file they may be, surest first, with explained points.

    And -> people of the same name and whole birthday, however common these are.
    """
    unknown = [row for row in rows if not any(n in owners for n in _numbers(row.person))]
    if not unknown:
        return {}, {}
    people = [(row.person.name or "", born_of(row.person)) for row in unknown if row.person]
    found = cadres.namesakes(actor=actor, as_of=day, people=people)
    records = [
        _record(f"f{n.person_id}", n.name, n.sex, n.born, n.identities, n.home) for n in found.people.values()
    ]
    fresh = {f"r{place}": unknown[place] for place in found.of}
    for place in found.of:
        p, (name, born) = unknown[place].person, people[place]
        assert p is not None
        home = p.texts.get("home_place", "")
        records.append(_record(f"r{place}", name, p.sex or "", born, tuple(_numbers(p)), home))
    pairs = matching.find_pairs(records, fresh=set(fresh), among=found.among)
    twins = {(unknown[place].sheet, unknown[place].row): ids for place, ids in found.twins.items()}
    return _pairs(pairs, fresh, found, twins), twins


def _record(
    key: str, name: str, sex: str, born: PartialDate, numbers: tuple[str, ...], home: str
) -> matching.PersonRecord:
    known: Any = sex or None
    return matching.PersonRecord(
        key, name, PartialDate(born.year, born.month, born.day), known, numbers, home
    )


def _pairs(
    pairs: Sequence[matching.Pair], fresh: Mapping[str, ExtractedRow], found: Namesakes, twins: TwinsByRow
) -> LikelyByRow:
    """Likely pairs, and those of one name and birthday so common that points alone would pass them over."""
    likely: LikelyByRow = {}
    for pair in pairs:
        ours, theirs = (pair.first, pair.second) if pair.first in fresh else (pair.second, pair.first)
        if ours not in fresh or theirs in fresh:
            continue
        who, row = found.people[int(theirs[1:])], fresh[ours]
        key = row.sheet, row.row
        if pair.likeness is matching.Likeness.POSSIBLE:
            both_numbered = bool(who.identities) and any(_numbers(row.person))
            if both_numbered or who.person_id not in twins.get(key, ()):
                continue
        shown = Likely(who.code, who.name, pair.points, tuple(p.sentence for p in pair.reasons))
        likely[key] = (*likely.get(key, ()), (who.person_id, shown))[:_LIKELY_SHOWN]
    return likely


# --- row by row


def _judge_row(
    row: ExtractedRow,
    records: Records,
    day: date,
    choices: Choices,
    strict: bool,
    codes: dict[Any, CodeDraft],
) -> JudgedRow:
    if row.status is not Status.PERSON or row.person is None:
        return JudgedRow(row, _GIVEN[row.status], row.reasons)
    key = row.sheet, row.row
    likely = records.likely.get(key, ())
    owners = {records.owners[n] for n in _numbers(row.person) if n in records.owners}
    if len(owners) > 1:
        return _refused(
            row, "identity", "two_people", "Hai số định danh của dòng này thuộc hai hồ sơ khác nhau."
        )
    person_id = choices.same_as[key] if key in choices.same_as else next(iter(owners), None)
    if person_id is None and key not in choices.same_as:
        person_id = _certain(row, records)
        if person_id is None and likely:
            return _in_doubt(row, likely)
    if person_id is not None and person_id not in records.files:
        return _refused(
            row, "identity", "out_of_scope",
            "Người này đã có hồ sơ ngoài phạm vi quản lý của anh/chị; hãy liên hệ cơ quan quản lý hồ sơ.",
        )  # fmt: skip
    on_file = records.files.get(person_id or 0)
    if on_file is not None and (contradiction := _contradiction(row, on_file)):
        return contradiction
    return _placed(row, on_file, records, day, strict, codes, likely)


def _certain(row: ExtractedRow, records: Records) -> int | None:
    """The one person of the same name, sex and whole birthday where one of both has no number, as inside a file."""
    person = row.person
    assert person is not None
    same = []
    for person_id in records.twins.get((row.sheet, row.row), ()):
        known = records.files.get(person_id)
        if known is None or (known.identities and (person.identity or person.identity_old)):
            continue
        if known.biography["sex"] == person.sex:
            same.append(person_id)
    return same[0] if len(same) == 1 else None


def _in_doubt(row: ExtractedRow, likely: Sequence[tuple[int, Likely]]) -> JudgedRow:
    who = likely[0][1]
    message = say(
        "Có thể là {name} ({code}) đã có hồ sơ: {points} điểm ({why}). Hãy chọn “cùng một người” hoặc “người khác”.",
        name=who.name, code=who.code, points=who.points, why="; ".join(str(s) for s in who.reasons),
    )  # fmt: skip
    reason = Reason("name", row.cell_of("name"), "likely_on_file", message)
    return JudgedRow(
        row,
        RowStatus.DUPLICATE,
        (*row.reasons, reason),
        code=who.code,
        likely=tuple(each for _, each in likely),
    )


def _contradiction(row: ExtractedRow, on_file: PersonOnFile) -> JudgedRow | None:
    """The number of somebody with another name and another birthday is a slip of the list, not a change."""
    person, known = row.person, on_file.biography
    assert person is not None
    born = born_of(person)
    theirs = PartialDate(known["born_year"], known["born_month"], known["born_day"])
    if search_key(person.name or "") == search_key(str(known["full_name"])) or born.may_equal(theirs):
        return None
    return _refused(
        row, "identity", "identity_taken",
        "Số định danh này thuộc hồ sơ {file} có họ tên và ngày sinh khác.", file=on_file.code,
    )  # fmt: skip


def _refused(row: ExtractedRow, field: str, code: str, template: str, **values: Any) -> JudgedRow:
    reason = Reason(field, row.cell_of(field), code, say(template, **values), refuses=True)
    return JudgedRow(row, RowStatus.REFUSED, (*row.reasons, reason))


def _twice(judged: JudgedRow) -> JudgedRow:
    reason = Reason(
        "identity",
        judged.row.cell_of("identity"),
        "duplicate",
        say("Một dòng trước đã nói về cùng hồ sơ {code}.", code=judged.code),
    )
    return replace(
        judged, status=RowStatus.DUPLICATE, reasons=(*judged.reasons, reason), change=None, posts=()
    )


# --- where it belongs, and what it writes


def _placed(
    row: ExtractedRow, on_file: PersonOnFile | None, records: Records, day: date, strict: bool,
    codes: dict[Any, CodeDraft], likely: Sequence[tuple[int, Likely]],
) -> JudgedRow:  # fmt: skip
    person = row.person
    assert person is not None
    unit, reasons = _unit_of(person, row, on_file, records)
    if unit is None and strict:
        reasons = [replace(reason, refuses=True) for reason in reasons]
        return JudgedRow(row, RowStatus.REFUSED, (*row.reasons, *reasons))
    if unit is not None and records.may_place is not None and unit.id not in records.may_place:
        return _refused(
            row,
            "unit",
            "unit_out_of_scope",
            "Đơn vị {unit} ngoài phạm vi quản lý của anh/chị.",
            unit=unit.name,
        )
    wanted = wanted_of(row, day, records.aliases)
    if wanted.learned:
        row = replace(row, reasons=tuple(_with_learned(row.reasons, wanted, records)))
    codes.update({(c.list, c.code): c for c in wanted.codes})
    posts = records.places.posts(person, unit, day, wanted.appointed, row.sheet) if unit else []
    reasons += [_new_title(row, post) for post in posts if post.new_title is not None]
    reasons += [Reason("title", _cell_of_title(row), "title_level", p.doubt) for p in posts if p.doubt]
    if on_file is None:
        draft = person_draft(wanted, posts, unit, day, records.places)
        return JudgedRow(
            row, RowStatus.CREATED, (*row.reasons, *reasons), unit_id=unit.id if unit else None, posts=tuple(posts),
            draft=draft, likely=tuple(each for _, each in likely), unexplained=tuple(wanted.unexplained),
        )  # fmt: skip
    names = {**records.names, **{(c.list, c.code): (c.rank, c.name) for c in wanted.codes}}
    comparison = Comparison(on_file, wanted, day, names)
    change, new_posts = comparison.run(posts)
    return JudgedRow(
        row, RowStatus.UPDATED if change else RowStatus.UNCHANGED, (*row.reasons, *reasons, *comparison.remarks),
        person_id=on_file.id, code=on_file.code, unit_id=on_file.unit_id, changes=tuple(comparison.changes),
        posts=new_posts, held=on_file.posts, change=change, unexplained=tuple(wanted.unexplained),
    )  # fmt: skip


def _with_learned(reasons: Iterable[Reason], wanted: Wanted, records: Records) -> Iterable[Reason]:
    """The reasons with what an officer taught in place of "not recognised"."""
    for reason in reasons:
        code = wanted.learned.get(reason.field)
        if reason.code != "code_unknown" or code is None:
            yield reason
            continue
        code_list = QUALIFICATIONS.get(reason.field, reason.field)
        name = records.names.get((code_list, code), (0, code))[1]
        text = reason.message.values.get("text", "")
        message = say("“{text}” được hiểu là “{name}” như đã chọn trước đây.", text=text, name=name)
        yield replace(reason, code="code_learned", message=message)


def _unit_of(
    person: PersonRecord, row: ExtractedRow, on_file: PersonOnFile | None, records: Records
) -> tuple[UnitRow | None, list[Reason]]:
    places = records.places
    home = places.base or (places.unit(on_file.unit_id) if on_file else None)
    cell = row.cell_of("unit")
    if person.unit:
        found = places.find(person.unit)
        if found.unit is not None:
            return found.unit, []
        if found.candidates and home is None:
            message = say(
                "Tên “{unit}” khớp nhiều đơn vị: {names}. Hãy ghi đủ tên hoặc chọn đơn vị của danh sách.",
                unit=person.unit, names=", ".join(found.candidates),
            )  # fmt: skip
            return None, [Reason("unit", cell, "unit_ambiguous", message)]
        if home is not None:
            message = say(
                "Chưa có đơn vị “{unit}” trong danh mục; ghi vào {home}.", unit=person.unit, home=home.name
            )
            return home, [Reason("unit", cell, "unit_unlisted", message)]
        message = say("Chưa có đơn vị “{unit}” trong danh mục đơn vị.", unit=person.unit)
        return None, [Reason("unit", cell, "unit_unknown", message)]
    if home is not None:
        return home, []
    message = say("Danh sách không cho biết đơn vị của người này; hãy chọn đơn vị của danh sách.")
    return None, [Reason("unit", cell, "unit_missing", message)]


def _new_title(row: ExtractedRow, post: Post) -> Reason:
    message = say(
        "Chức danh “{title}” chưa có trong danh mục; được thêm là chức danh theo danh sách.", title=post.label
    )
    return Reason("title", _cell_of_title(row), "title_new", message)


def _cell_of_title(row: ExtractedRow) -> str:
    return row.cell_of("title") or row.cell_of("title_unit")


def person_draft(
    wanted: Wanted, posts: Sequence[Post], unit: UnitRow | None, day: date, places: Places
) -> PersonDraft:
    """The file to be opened; its positions follow when their seats are open."""
    since = min([day, *(post.valid_from for post in posts)])
    tier = places.tier_of(posts[0], unit) if posts and unit else usual_tier(unit)
    named = {"full_name", "sex", "born_year", "born_month", "born_day"}
    return PersonDraft(
        full_name=str(wanted.biography["full_name"]),
        sex=str(wanted.biography["sex"]),
        born=wanted.born,
        management=(ManagementDraft(unit.id, tier, since),) if unit else (),
        identities=wanted.identities,
        biography={k: v for k, v in wanted.biography.items() if k not in named},
        qualifications=tuple(wanted.qualifications),
        ratings=tuple(wanted.ratings),
        disciplines=tuple(wanted.disciplines),
        commendations=tuple(wanted.commendations),
        grades=(wanted.grade,) if wanted.grade else (),
        health=(HealthDraft(wanted.health, day),) if wanted.health else (),
        texts=tuple(TextDraft(kind, text, day) for kind, text in wanted.texts.items()),
    )


def with_positions(judged: JudgedRow, positions: tuple[PositionDraft, ...]) -> PersonDraft | PersonChange:
    """The draft or change of a row completed by the seats that were opened for it."""
    what = judged.draft or judged.change
    assert what is not None
    return replace(what, positions=positions) if positions else what
