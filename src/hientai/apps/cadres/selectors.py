"""Questions about people. Each starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl
from django.core.paginator import Page
from django.db.models import (
    BinaryField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from hientai.apps.cadres import card_parts, file_records, models, on_file, portraits, protocol
from hientai.apps.cadres import namesakes as near_namesakes
from hientai.apps.cadres import present as everybody_present
from hientai.apps.cadres import standings as standing
from hientai.apps.cadres.bulk import any_of
from hientai.apps.cadres.types import (
    Born,
    Namesake,
    Namesakes,
    PersonCard,
    PersonOnFile,
    PersonRow,
    Place,
    PositionKind,
    PostAt,
    QualificationKind,
)
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.models import UnitVersion
from hientai.engines.interval import PartialDate, add_months, retirement, whole_months_between
from hientai.engines.matching import Pair, PersonRecord, find_pairs
from hientai.engines.vitext import search_key
from hientai.foundation import encryption, snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.rulebook.retirement_schedule import load_retirement_schedule

READ = "person.read"
LevelNames = card_parts.LevelNames


@dataclass(frozen=True)
class PeopleFilter:
    """What a people list keeps.

    text: words of the name, a code, or an identity number; unit_id: the subtree; sex; level, block: of the unit that
    keeps the file; title: code of a title held that day; professional, political_theory: the
    highest level on file, "none" for none; missing: one of `types.LACKING`; retiring_within: last day in service less
    than so many months away; age: completed years from and to, both inside, None where open; ids: exactly these.
    """

    text: str = ""
    unit_id: int | None = None
    sex: str = ""
    level: str = ""
    block: str = ""
    title: str = ""
    professional: str = ""
    political_theory: str = ""
    missing: str = ""
    retiring_within: int | None = None
    age: tuple[int | None, int | None] | None = None
    ids: tuple[int, ...] | None = None


def people(
    *, actor: Actor, as_of: date, wanted: PeopleFilter = PeopleFilter(), page: int = 1, size: int = 50,
    known_on: datetime | None = None,
) -> Page:  # fmt: skip
    """People on file on `as_of` (with a managing unit that day), by given name the Vietnamese way; as known then."""
    found = _biographies(actor, as_of, wanted, known_on)
    total = found.count()
    page = nearest_page(page, total, size)
    shown = list(
        found.order_by("sort_key", "person_id").values_list("person_id", flat=True)[
            (page - 1) * size : page * size
        ]
    )
    return page_of(rows(actor=actor, as_of=as_of, ids=shown, known_on=known_on), total, page, size)


def headcount(*, actor: Actor, as_of: date, wanted: PeopleFilter = PeopleFilter()) -> int:
    """How many people `people` would list."""
    actor.check_may(READ)
    return _biographies(actor, as_of, wanted).count()


def everybody(
    *, actor: Actor, as_of: date, wanted: PeopleFilter = PeopleFilter(), known_on: datetime | None = None
) -> list[PersonRow]:
    """The whole list that `people` pages through, for exports."""
    ids = listed_ids(actor=actor, as_of=as_of, wanted=wanted, known_on=known_on)
    return rows(actor=actor, as_of=as_of, ids=ids, known_on=known_on)


def listed_ids(
    *, actor: Actor, as_of: date, wanted: PeopleFilter = PeopleFilter(), known_on: datetime | None = None
) -> list[int]:
    """Who `people` pages through, in its order."""
    actor.check_may(READ)
    found = _biographies(actor, as_of, wanted, known_on).order_by("sort_key", "person_id")
    return list(found.values_list("person_id", flat=True))


def _biographies(
    actor: Actor, as_of: date, wanted: PeopleFilter, known_on: datetime | None = None
) -> QuerySet:
    visible = models.Person.objects.visible_to(actor, READ)
    managed = models.Management.objects.as_of(as_of, known_on)
    if wanted.unit_id is not None:
        managed = managed.filter(unit_id__in=organization.subtree_ids([wanted.unit_id], as_of))
    if wanted.level or wanted.block:
        of = {key: value for key, value in (("level", wanted.level), ("block", wanted.block)) if value}
        managed = managed.filter(unit_id__in=organization.unit_ids(actor=actor, as_of=as_of, **of))
    found = models.BiographicalRecord.objects.as_of(as_of, known_on)
    found = found.filter(person_id__in=managed.values("person_id"))
    if not actor.scope(READ).is_everything:
        found = found.filter(person_id__in=visible.values("id"))
    if wanted.missing:
        found = _lacking(found, as_of, wanted.missing, known_on)
    for kind in (QualificationKind.PROFESSIONAL, QualificationKind.POLITICAL_THEORY):
        if level := getattr(wanted, kind.value):
            found = _learned(found, as_of, kind, level, known_on)
    if wanted.title:
        held = models.Position.objects.as_of(as_of, known_on).filter(seat__title__code=wanted.title)
        found = found.filter(person_id__in=held.values("person_id"))
    if wanted.retiring_within is not None:
        found = found.filter(person_id__in=_retiring(as_of, wanted.retiring_within))
    if wanted.age is not None:
        found = found.filter(person_id__in=_aged(as_of, *wanted.age))
    if wanted.ids is not None:
        found = found.filter(person_id__in=wanted.ids)
    if wanted.sex:
        found = found.filter(sex=wanted.sex)
    return _matching(found, wanted.text)


def _lacking(found: QuerySet, as_of: date, missing: str, known_on: datetime | None) -> QuerySet:
    """Files that lack one of `types.LACKING`."""
    if missing == "birth":
        return found.filter(born_day__isnull=True)
    there = {
        "post": models.Position.objects.as_of(as_of, known_on),
        "professional": _of_kind(as_of, QualificationKind.PROFESSIONAL, known_on),
        "rating": models.YearRating.objects.known_on(known_on).filter(year=as_of.year - 1),
    }[missing]
    return found.exclude(person_id__in=there.values("person_id"))


def _of_kind(as_of: date, kind: str, known_on: datetime | None) -> QuerySet:
    """Qualifications of a kind whose level is in its code list."""
    known = models.Code.objects.filter(list=kind).values("code")
    return models.Qualification.objects.as_of(as_of, known_on).filter(kind=kind, level__in=known)


def _learned(found: QuerySet, as_of: date, kind: str, level: str, known_on: datetime | None) -> QuerySet:
    """People whose highest level of a kind is `level`; "none": who has none on file."""
    held = _of_kind(as_of, kind, known_on)
    if level == "none":
        return found.exclude(person_id__in=held.values("person_id"))
    rank = models.Code.objects.filter(list=kind, code=level).values("rank")[:1]
    ranks = models.Code.objects.filter(list=kind)
    same = ranks.filter(rank=Subquery(rank)).values("code")
    higher = ranks.filter(rank__gt=Subquery(rank)).values("code")
    found = found.filter(person_id__in=held.filter(level__in=same).values("person_id"))
    return found.exclude(person_id__in=held.filter(level__in=higher).values("person_id"))


def _retiring(as_of: date, months: int) -> list[int]:
    """People whose last day in service lies in [as_of, as_of + months)."""
    leaving = snapshot.current().frame("persons", "person_id", "retires_on")
    until = add_months(as_of, months)
    soon = (pl.col("retires_on") >= as_of) & (pl.col("retires_on") < until)
    return leaving.filter(soon).get_column("person_id").to_list()


def portrait_state(*, actor: Actor, as_of: date, person_id: int | None, content: bytes) -> str:
    """What keeping a picture as somebody's portrait from `as_of` on would do.

    "new", "same" (exactly it is on file already) or "taken" (another one of that very day is). person_id: None for
    somebody who is not on file yet. Raises Refused for what is no picture to keep.
    """
    actor.check_may(READ)
    plain = portraits.made_plain(content)
    if person_id is None:
        return "new"
    kept = models.Photo.objects.known_on().filter(person_id=person_id).values_list("valid_from", "sealed")
    days = {start: encryption.reveal_bytes(sealed) == plain for start, sealed in kept}
    return "same" if any(days.values()) else "taken" if as_of in days else "new"


def _aged(as_of: date, youngest: int | None, oldest: int | None) -> list[int]:
    """People of these completed years on the day, both ends inside."""
    born = snapshot.current().frame("persons", "person_id", "born_year", "born_month", "born_day")
    inside = pl.lit(value=True)
    if youngest is not None:
        inside &= pl.col("age") >= youngest
    if oldest is not None:
        inside &= pl.col("age") <= oldest
    return snapshot.with_age(born, as_of).filter(inside).get_column("person_id").to_list()


def present(*, actor: Actor, as_of: date) -> pl.DataFrame:
    """Everybody on file on a day within the actor's scope, in the columns of `present.present`."""
    actor.check_may(READ)
    return everybody_present.present(actor.scope(READ), as_of)


def _matching(found: QuerySet, text: str) -> QuerySet:
    typed = text.strip()
    digits = "".join(typed.split())
    if digits.isdigit() and len(digits) in (9, 12):
        owners = models.IdentityIndex.objects.filter(fingerprint=encryption.fingerprint(digits))
        return found.filter(person_id__in=owners.values("person_id"))
    if any(character.isdigit() for character in typed):
        return found.filter(person__code__iexact=typed)
    for word in search_key(typed).split():
        found = found.filter(search_key__contains=word)
    return found


def rows(
    *, actor: Actor, as_of: date, ids: Sequence[int], names: LevelNames | None = None,
    known_on: datetime | None = None,
) -> list[PersonRow]:  # fmt: skip
    """List lines of people the caller has already scoped, in the order of `ids`; as many statements for any number."""
    biographies = {
        b.person_id: b
        for b in models.BiographicalRecord.objects.as_of(as_of, known_on)
        .filter(person_id__in=ids)
        .select_related("person")
    }
    main = _main_positions(as_of, ids, known_on)
    levels = _highest_levels(as_of, ids, names or _levels(), known_on)
    return [
        PersonRow(
            id=b.person_id,
            code=b.person.code,
            name=b.full_name,
            sex=b.sex,
            born=Born(b.born_year, b.born_month, b.born_day),
            position=main[b.person_id][0] if b.person_id in main else "",
            unit=main[b.person_id][2] if b.person_id in main else "",
            unit_id=main[b.person_id][1] if b.person_id in main else None,
            professional=levels.get((b.person_id, QualificationKind.PROFESSIONAL), ""),
            theory=levels.get((b.person_id, QualificationKind.POLITICAL_THEORY), ""),
        )
        for b in (biographies[i] for i in ids if i in biographies)
    ]


_KIND_ORDER = {kind: place for place, kind in enumerate(PositionKind)}


def _main_positions(
    as_of: date, ids: Iterable[int], known_on: datetime | None = None
) -> dict[int, tuple[str, int, str]]:
    """Title, unit and what the unit was called that day, of each person's main post."""
    called = UnitVersion.objects.as_of(as_of).filter(unit_id=OuterRef("seat__unit_id")).values("name")[:1]
    held = (
        models.Position.objects.as_of(as_of, known_on)
        .filter(person_id__in=list(ids))
        .annotate(called=Subquery(called))
        .values_list("person_id", "kind", "seat__title__rank", "seat__title__name", "seat__unit_id", "called")
    )
    best: dict[int, tuple[tuple[int, int], tuple[str, int, str]]] = {}
    for person, kind, rank, title, unit, name in held:
        place = (_KIND_ORDER[kind], -rank)
        if person not in best or place < best[person][0]:
            best[person] = (place, (title, unit, name or ""))
    return {person: post for person, (_, post) in best.items()}


def _highest_levels(
    as_of: date, ids: Iterable[int], names: LevelNames, known_on: datetime | None = None
) -> dict[tuple[int, str], str]:
    held = models.Qualification.objects.as_of(as_of, known_on).filter(person_id__in=list(ids))
    shown = (QualificationKind.PROFESSIONAL, QualificationKind.POLITICAL_THEORY)
    best: dict[tuple[int, str], tuple[int, str]] = {}
    for person, kind, level in held.filter(kind__in=shown).values_list("person_id", "kind", "level"):
        rank, name = names.get((kind, level), (0, level))
        if (person, kind) not in best or rank > best[person, kind][0]:
            best[person, kind] = (rank, name)
    return {key: name for key, (_, name) in best.items()}


def _levels() -> dict[tuple[str, str], tuple[int, str]]:
    found = models.Code.objects.filter(list__in=QualificationKind.values)
    return {
        (kind, code): (rank, code_label(name))
        for kind, code, rank, name in found.values_list("list", "code", "rank", "name")
    }


def person_id_of(*, actor: Actor, code: str) -> int:
    """The person behind a code or an identity number, when the actor may read the file; raises NotFound."""
    visible = models.Person.objects.visible_to(actor, READ)
    digits = "".join(code.split())
    if digits.isdigit() and len(digits) in (9, 12):
        visible = visible.filter(fingerprints__fingerprint=encryption.fingerprint(digits))
    else:
        gone = models.PersonMerge.objects.filter(undone_at__isnull=True, other__code__iexact=code.strip())
        visible = visible.filter(code__iexact=code.strip()).exclude(id__in=gone.values("other_id"))
    found = visible.values_list("id", flat=True).first()
    if found is None:
        found = _merged_into(actor, code)
    if found is None:
        raise NotFound(code)
    return found


def _merged_into(actor: Actor, code: str) -> int | None:
    """The file that one with this code was merged into, when the actor may read it."""
    merges = models.PersonMerge.objects.filter(other__code__iexact=code.strip(), undone_at__isnull=True)
    visible = models.Person.objects.visible_to(actor, READ)
    found = visible.filter(merged_in__in=merges).values_list("id", flat=True)
    return found.first()


def codes(*, actor: Actor, as_of: date, ids: Sequence[int]) -> dict[int, str]:
    """The codes behind ids, of people in the actor's scope."""
    visible = models.Person.objects.visible_to(actor, READ).filter(id__in=ids)
    return dict(visible.values_list("id", "code"))


def codes_under(*, actor: Actor, as_of: date, ids: Sequence[int], permission: str) -> dict[int, str]:
    """The codes behind ids, of people whose file the actor may reach under `permission`; never merely the own one."""
    actor.check_may(permission)
    scope = replace(actor.scope(permission), own_person_code="")
    seen = scope.sql(unit="held_by_id", tier="tier")
    found = models.Person.objects.filter(id__in=ids)
    return dict((found if seen is None else found.filter(seen)).values_list("id", "code"))


def outside_scope(*, actor: Actor, as_of: date, ids: Sequence[int], permission: str) -> list[int]:
    """Those of `ids` whose file the actor may not touch under `permission` (scope is always that of today)."""
    if actor.scope(permission).is_everything:
        return []
    visible = set(
        models.Person.objects.visible_to(actor, permission).filter(id__in=ids).values_list("id", flat=True)
    )
    return [person for person in ids if person not in visible]


def protocol_places(*, actor: Actor, as_of: date, ids: Sequence[int]) -> list[Place]:
    """People the caller has already scoped, in the order of official lists, each with main post and unit."""
    actor.check_may(READ)
    return protocol.places(ids, as_of)


def standings(*, actor: Actor, as_of: date, known_on: datetime | None) -> pl.DataFrame:
    """Where everybody on file stood that day, as known at `known_on` (None: now); filter it by unit and tier."""
    actor.check_may(READ)
    return standing.standings(as_of, known_on)


def decisions_between(
    *, actor: Actor, as_of: date, ids: Sequence[int], since: date
) -> dict[int, list[tuple[date, str]]]:
    """Day and source of every posting or keeping of a file that began or ended after `since` and by `as_of`, by day."""
    actor.check_may(READ)
    found: dict[int, set[tuple[date, str]]] = {}
    for model in (models.Position, models.Management):
        rows = model.objects.known_on().filter(person_id__in=list(ids)).exclude(source="")
        moved = rows.filter(
            Q(valid_from__gt=since, valid_from__lte=as_of) | Q(valid_to__gt=since, valid_to__lte=as_of)
        )
        for person, start, end, source in moved.values_list("person_id", "valid_from", "valid_to", "source"):
            days = [day for day in (start, end) if day is not None and since < day <= as_of]
            found.setdefault(person, set()).update((day, source) for day in days)
    return {person: sorted(said) for person, said in found.items()}


def row_of(*, actor: Actor, as_of: date, code: str) -> PersonRow:
    """The list line of one person; raises NotFound."""
    found = rows(actor=actor, as_of=as_of, ids=[person_id_of(actor=actor, code=code)])
    if not found:
        raise NotFound(code)
    return found[0]


def in_name_order(*, actor: Actor, as_of: date, ids: Sequence[int]) -> list[int]:
    """People the caller has already scoped, by given name the Vietnamese way."""
    actor.check_may("person.read_own" if not actor.may(READ) else READ)
    found = models.BiographicalRecord.objects.as_of(as_of).filter(person_id__in=ids)
    return list(found.order_by("sort_key", "person_id").values_list("person_id", flat=True))


def posts_that_lead(*, actor: Actor, as_of: date, ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Unit of the main position of people already scoped, and whether any position of theirs there leads."""
    main = {person: post[1] for person, post in _main_positions(as_of, ids).items()}
    leading = set(
        models.Position.objects.as_of(as_of)
        .filter(person_id__in=list(ids), seat__title__is_leadership=True)
        .values_list("person_id", "seat__unit_id")
    )
    return {person: (unit, (person, unit) in leading) for person, unit in main.items()}


def linkable_records(*, actor: Actor, as_of: date, person_id: int) -> list[tuple[str, str]]:
    """Records a paper can prove: (`qualification:<line>`, label), of a person in the actor's scope."""
    if not models.Person.objects.visible_to(actor, READ).filter(pk=person_id).exists():
        return []
    names = _levels()
    held = (
        models.Qualification.objects.as_of(as_of).filter(person_id=person_id).order_by("kind", "-valid_from")
    )
    return [
        (
            f"qualification:{q.line}",
            f"{q.get_kind_display()}: {names.get((q.kind, q.level), (0, q.level))[1]} ({q.valid_from:%d/%m/%Y})",
        )
        for q in held
    ]


def card(*, actor: Actor, as_of: date, code: str, known_on: datetime | None = None) -> PersonCard:
    """The person page: list line, details, positions and qualifications up to `as_of`, newest first."""
    person_id = person_id_of(actor=actor, code=code)
    portrait = models.Photo.objects.known_on().filter(person_id=OuterRef("person_id"))
    biographies = models.BiographicalRecord.objects.as_of(as_of, known_on).filter(person_id=person_id)
    record = biographies.annotate(has_photo=Exists(portrait)).first()
    names = _levels()
    line = rows(actor=actor, as_of=as_of, ids=[person_id], names=names, known_on=known_on)
    if record is None or not line:
        raise NotFound(code)
    return PersonCard(
        row=line[0],
        details=card_parts.details(record),
        positions=card_parts.timeline(actor, as_of, person_id, known_on),
        qualifications=card_parts.qualifications(as_of, person_id, known_on, names),
        ratings=tuple(
            (r.year, r.get_rating_display())
            for r in models.YearRating.objects.as_of(as_of, known_on)
            .filter(person_id=person_id)
            .order_by("-year")
        ),
        has_photo=record.has_photo,
    )


WRITE = "person.write"


def files(*, actor: Actor, as_of: date, ids: Iterable[int]) -> dict[int, PersonOnFile]:
    """Whole files of people the actor may write, to compare a list of `as_of` with; some two dozen statements."""
    return on_file.read_files(models.Person.objects.visible_to(actor, WRITE).filter(id__in=list(ids)), as_of)


def file_under(*, actor: Actor, as_of: date, person_id: int, permission: str) -> PersonOnFile:
    """One whole file the actor may reach under `permission` (the own one too); raises NotFound."""
    people = models.Person.objects.visible_to(actor, permission).filter(id=person_id)
    found = on_file.read_files(people, as_of).get(person_id)
    if found is None:
        raise NotFound(str(person_id))
    return found


def open_versions(*, actor: Actor, as_of: date, rows: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of (kind of record, version id) that are on record now; for who proposed something about them."""
    actor.check_may("person.read_own")
    wanted: dict[str, list[int]] = {}
    for slug, row in rows:
        wanted.setdefault(slug, []).append(row)
    return {
        (slug, row)
        for slug, ids in wanted.items()
        for row in file_records.MODELS[slug]
        .objects.known_on()
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    }


def owners_of(*, actor: Actor, as_of: date, identities: Iterable[str]) -> dict[str, int]:
    """Identity number -> person id, also where the actor may not read the file: a number is given once only."""
    actor.check_may(WRITE)
    prints = {encryption.fingerprint(number): number for number in identities}
    found = models.IdentityIndex.objects.filter(any_of("fingerprint", list(prints), BinaryField()))
    return {
        prints[bytes(fingerprint)]: person
        for fingerprint, person in found.values_list("fingerprint", "person_id")
    }


def namesakes(*, actor: Actor, as_of: date, people: Iterable[tuple[str, Born]]) -> Namesakes:
    """People the actor may write who may be one of those given by name and birth; see `Namesakes`."""
    known = models.BiographicalRecord.objects.known_on().filter(valid_to__isnull=True)
    if not actor.scope(WRITE).is_everything:
        known = known.filter(person_id__in=models.Person.objects.visible_to(actor, WRITE).values("id"))
    return near_namesakes.find(known, people)


def likely_same(
    *, actor: Actor, as_of: date, name: str, born: Born, sex: str, number: str
) -> list[tuple[Namesake, Pair]]:
    """People on file who may be the one described, surest first, each with the points that say why."""
    found = namesakes(actor=actor, as_of=as_of, people=[(name, born)])
    asked = PersonRecord("", name, born, sex, (number,) if number else ())  # type: ignore[arg-type]
    known = {
        str(n.person_id): PersonRecord(str(n.person_id), n.name, n.born, n.sex, n.identities, n.home)  # type: ignore[arg-type]
        for n in found.people.values()
    }
    pairs = find_pairs([asked, *known.values()], fresh={""}, among=found.among)
    return [(found.people[int(pair.second if pair.first == "" else pair.first)], pair) for pair in pairs]


def code_names(*, actor: Actor, as_of: date) -> dict[tuple[str, str], tuple[int, str]]:
    """(list, code) -> (rank, name) of every code list."""
    return {
        (name, code): (rank, label)
        for name, code, rank, label in models.Code.objects.values_list("list", "code", "rank", "name")
    }


def learned_aliases(*, actor: Actor, as_of: date, unit_id: int | None) -> dict[tuple[str, str], str]:
    """(list, folded text) -> code, as the office (else everybody) taught; the office's own word counts more."""
    taught = models.CodeAlias.objects.filter(Q(unit__isnull=True) | Q(unit_id=unit_id))
    ordered = taught.order_by(F("unit_id").asc(nulls_first=True))
    return {
        (name, folded): code for name, folded, code in ordered.values_list("list", "folded", "code__code")
    }


def ids_of(*, actor: Actor, as_of: date, codes: Iterable[str]) -> dict[str, int]:
    """Person code -> id, of people the actor may write."""
    found = models.Person.objects.visible_to(actor, WRITE).filter(code__in=list(codes))
    return dict(found.values_list("code", "id"))


def posts_at(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> list[PostAt]:
    """Posts held at these units on a day and still after it, within the actor's scope; by position."""
    held = models.Position.objects.as_of(as_of).filter(seat__unit_id__in=list(unit_ids))
    held = held.exclude(valid_to=as_of + timedelta(days=1))
    if not actor.scope(READ).is_everything:
        held = held.filter(person_id__in=models.Person.objects.visible_to(actor, READ).values("id"))
    rows = held.order_by("pk").values_list(
        "pk", "person_id", "seat_id", "seat__unit_id", "seat__title__code", "seat__title__name", "seat__title__rank",
        "seat__title__is_leadership", "kind", "valid_from",
    )  # fmt: skip
    return [PostAt(*row) for row in rows]


def posts_from(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> list[str]:
    """Codes of people in scope who take a post at these units on or after a day."""
    later = models.Position.objects.known_on().filter(seat__unit_id__in=list(unit_ids), valid_from__gte=as_of)
    if not actor.scope(READ).is_everything:
        later = later.filter(person_id__in=models.Person.objects.visible_to(actor, READ).values("id"))
    return list(later.order_by("person__code").values_list("person__code", flat=True).distinct())


def files_at(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> dict[int, int]:
    """Person -> the unit among these that keeps the file on a day and still after it, within scope."""
    managed = models.Management.objects.as_of(as_of).filter(unit_id__in=list(unit_ids))
    managed = managed.exclude(valid_to=as_of + timedelta(days=1)).order_by("person_id")
    if not actor.scope(READ).is_everything:
        managed = managed.filter(person_id__in=models.Person.objects.visible_to(actor, READ).values("id"))
    return dict(managed.values_list("person_id", "unit_id"))


def months_to_retirement(*, actor: Actor, as_of: date, ids: Sequence[int]) -> dict[int, int]:
    """Complete months from a day to the last day in service by the schedule, of people in scope."""
    actor.check_may(READ)
    hidden = set(outside_scope(actor=actor, as_of=as_of, ids=ids, permission=READ))
    schedule = load_retirement_schedule()
    found = {}
    records = models.BiographicalRecord.objects.as_of(as_of).filter(person_id__in=set(ids) - hidden)
    for person, sex, *born in records.values_list("person_id", "sex", "born_year", "born_month", "born_day"):
        last = retirement(PartialDate(*born), sex, schedule).retires_on
        if last is not None and last >= as_of:
            found[person] = whole_months_between(as_of, last)
    return found
