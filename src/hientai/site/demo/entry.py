"""Enters a reckoned scenario through the services, as any other source of records would."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import CodeDraft, ManagementDraft, PersonDraft, PositionDraft
from hientai.apps.cadres.types import Born, PositionKind
from hientai.apps.organization import services as organization
from hientai.apps.organization.types import TitleDraft, UnitDraft
from hientai.apps.planning import services as planning
from hientai.apps.planning.types import SlotDraft, Source
from hientai.apps.reports import services as reports
from hientai.foundation.actor import Actor, ActorGrant
from hientai.rulebook.code_lists import code_lists
from hientai.rulebook.titles import titles
from hientai.rulebook.units import REFORM
from hientai.site.demo import organisation
from hientai.site.demo.bodies import Body
from hientai.site.demo.careers import ENDS
from hientai.site.demo.committees import Membership
from hientai.site.demo.origins import Origin, Origins
from hientai.site.demo.people import Person
from hientai.site.demo.plans import TERMS
from hientai.site.demo.reckoning import Reckoned
from hientai.site.demo.studies import CROWD, record_of
from hientai.site.demo.workforce import enter_workforce

SOURCE = "Dữ liệu hư cấu"
_TIERS = ("agency", "commune", "district", "province", "secretariat", "politburo")  # the higher the later
Report = Callable[[str], None]
Full = Callable[[str], None]
Known = Callable[[PersonDraft], PersonDraft]
Seat = tuple[str, str]  # body code, title code


@dataclass(frozen=True)
class Entered:
    """Ids of what was entered: units and titles by code, seats by (body, title), people in their order."""

    units: dict[str, int]
    titles: dict[str, int]
    seats: dict[Seat, int]
    people: list[int]


def enter(
    reckoned: Reckoned, *, actor: Actor, seed: int, report: Report, full: Full, known: Known | None = None
) -> Entered:
    """Everything but the accounts, in one order: lists, units, titles, seats, people, plans.

    known: what is left of a file, where less than all of it is known yet; full: told of the capabilities into whose
    tables nothing more comes in numbers.
    """
    cadres.enter_codes(actor=actor, codes=[
        CodeDraft(c.list, c.code, c.name, c.rank, c.order, c.valid_from, c.valid_to) for c in code_lists()
    ])  # fmt: skip
    units = organization.establish_units(actor=actor, drafts=[_unit(body) for body in reckoned.bodies])
    title_ids = organization.enter_titles(actor=actor, drafts=[TitleDraft(
        t.code, t.name, t.level, t.rank, t.tier, t.valid_from, t.leads, t.key, t.standard, t.order, t.valid_to
    ) for t in titles()])  # fmt: skip
    acts = organisation.record_reform(reckoned, actor)
    organisation.allot_posts(reckoned, units, seed, actor)
    organisation.describe(reckoned, actor)
    report(f"{len(units):,} đơn vị, {len(title_ids)} chức danh, {acts:,} quyết định sắp xếp")
    seats = _seats(reckoned, units, title_ids, actor)
    drafts = _drafts(reckoned, units, seats, seed)
    people = cadres.enter_people(
        actor=actor, drafts=[known(draft) for draft in drafts] if known else drafts, source=SOURCE
    )
    full("cadres")
    report(f"{len(people):,} người, {sum(len(p.posts) for p in reckoned.people):,} vị trí công tác")
    if reckoned.scenario.content.get("shape") != "city":
        jobs, judged, left = enter_workforce(reckoned, units, people, seed, actor)
        report(
            f"{jobs:,} vị trí việc làm, {judged:,} mức năng lực đã đánh giá, {left:,} người nghỉ theo chế độ"
        )
    full("workforce")
    entered = Entered(units, title_ids, seats, people)
    report(f"{_plans(reckoned, entered, actor):,} lượt quy hoạch")
    full("planning")
    return entered


def _unit(body: Body) -> UnitDraft:
    return UnitDraft(
        body.code, body.name, body.unit_kind, body.block, body.level, body.parent, body.valid_from, body.order,
        body.valid_to, SOURCE,
    )  # fmt: skip


def _seats(
    reckoned: Reckoned, units: dict[str, int], title_ids: dict[str, int], actor: Actor
) -> dict[Seat, int]:
    """Opens every seat that somebody held or is planned for, with as many places as it had holders at once."""
    places = holders_at_once(reckoned)
    groups: dict[tuple[date, int], list[Seat]] = defaultdict(list)
    for seat, count in places.items():
        groups[reckoned.body[seat[0]].valid_from, count].append(seat)
    found: dict[tuple[int, int], int] = {}
    for (since, count), group in sorted(groups.items()):
        pairs = [(units[body], title_ids[title]) for body, title in group]
        found |= organization.open_seats(
            actor=actor, wanted=pairs, valid_from=since, places=count, source=SOURCE
        )
    return {(body, title): found[units[body], title_ids[title]] for body, title in places}


def holders_at_once(reckoned: Reckoned) -> dict[Seat, int]:
    """Most holders at once of each seat: full-time and concurrent ones, at least one."""
    changes: dict[Seat, Counter[int]] = defaultdict(Counter)
    for seat, begins, ends in _holdings(reckoned):
        changes[seat][begins] += 1
        if ends is not None:
            changes[seat][ends] -= 1
    for slot in reckoned.slots:
        changes[slot.body, slot.title][slot.begins] += 0
    most = {}
    for seat, by_day in changes.items():
        now = highest = 0
        for day in sorted(by_day):
            now += by_day[day]
            highest = max(highest, now)
        most[seat] = max(1, highest)
    return most


def _holdings(reckoned: Reckoned) -> Iterable[tuple[Seat, int, int | None]]:
    for person in reckoned.people:
        for post in person.posts:
            yield (post.body.code, post.title.code), post.begins, post.ends
    for member in reckoned.members:
        yield (member.body, member.title), member.begins, member.ends


def _drafts(
    reckoned: Reckoned, units: dict[str, int], seats: dict[Seat, int], seed: int
) -> list[PersonDraft]:
    crowded = {seat for seat, count in holders_at_once(reckoned).items() if count >= CROWD}
    members: dict[int, list[Membership]] = defaultdict(list)
    for member in reckoned.members:
        members[member.person.number].append(member)
    chance = Random(f"{seed}:records")
    tiers = {title.code: title.tier for title in titles()}
    origins = Origins.of(reckoned, units)
    return [
        _draft(person, members[person.number], units, seats, crowded, tiers, origins, chance)
        for person in reckoned.people
    ]


def _draft(
    person: Person,
    members: list[Membership],
    units: dict[str, int],
    seats: dict[Seat, int],
    crowded: set[Seat],
    tiers: dict[str, str],
    origins: Origins,
    chance: Random,
) -> PersonDraft:
    positions = [
        PositionDraft(seats[p.body.code, p.title.code], _day(p.begins), _end(p.ends),
                      source="Quyết định luân chuyển (hư cấu)" if p.rotated else "")
        for p in person.posts
    ]  # fmt: skip
    positions += [
        PositionDraft(seats[m.body, m.title], _day(m.begins), _end(m.ends), PositionKind.CONCURRENT)
        for m in members
    ]
    record = record_of(person, crowded, chance)
    return PersonDraft(
        full_name=person.name,
        sex=person.sex,
        born=_born(person, chance),
        management=tuple(_managements(person, members, units, tiers)),
        identities=(
            f"0{chance.randint(1, 95):02d}{2 if person.born.year >= 2000 else 0}{person.number:08d}",
        ),
        biography=_biography(person, origins.draw(person, chance), chance),
        positions=tuple(positions),
        qualifications=record.qualifications,
        ratings=record.ratings,
        disciplines=record.disciplines,
        grades=record.grades,
        code=f"HC{person.number + 1:06d}",
    )


def _born(person: Person, chance: Random) -> Born:
    """A few old files know only the year."""
    if person.born.year < 1972 and chance.random() < 0.04:
        return Born(person.born.year)
    return Born(person.born.year, person.born.month, person.born.day)


def _biography(person: Person, origin: Origin, chance: Random) -> dict[str, object]:
    top = max(post.title.rank for post in person.posts)
    fields: dict[str, object] = {
        "ethnicity": person.ethnicity,
        "religion": "none",
        "home_place": origin.name,
        "home_unit_id": origin.unit_id,
        "recruited_on": _day(person.joined),
    }
    if chance.random() < (1 if top >= 20 else 0.55):
        joined = min(person.joined + chance.randrange(-400, 3000), person.leaves - 100, ENDS - 100)
        joined = max(joined, person.born.toordinal() + 19 * 365)
        fields["party_joined_on"] = _day(joined)
        if joined + 365 < min(person.leaves, ENDS):
            fields["party_official_on"] = _day(joined + 365)
    return fields


def _managements(
    person: Person, members: list[Membership], units: dict[str, int], tiers: dict[str, str]
) -> Iterable[ManagementDraft]:
    """The unit of the full-time post keeps the file until service ends; the highest tier among all posts manages."""
    held = [(tiers[m.title], m.begins, m.ends) for m in members]
    days = {day for _, begins, ends in held for day in (begins, ends) if day is not None}
    stretches: list[tuple[str, str, int]] = []
    for post in person.posts:
        inside = [day for day in days if post.begins < day and (post.ends is None or day < post.ends)]
        for day in [post.begins, *sorted(inside)]:
            now = [tier for tier, begins, ends in held if begins <= day and (ends is None or day < ends)]
            state = (post.body.code, max((post.title.tier, *now), key=_TIERS.index))
            if not stretches or stretches[-1][:2] != state:
                stretches.append((*state, day))
    for (body, tier, begins), following in zip(stretches, [*stretches[1:], None], strict=True):
        end = _end(following[2] if following else person.posts[-1].ends)
        yield ManagementDraft(units[body], tier, _day(begins), end)


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


def _end(ordinal: int | None) -> date | None:
    """Nothing that lies after the last day of the records is known yet."""
    return None if ordinal is None or ordinal >= ENDS else date.fromordinal(ordinal)


def _plans(reckoned: Reckoned, entered: Entered, actor: Actor) -> int:
    by_term: dict[str, list[SlotDraft]] = defaultdict(list)
    for slot in reckoned.slots:
        by_term[slot.term].append(
            SlotDraft(
                entered.people[slot.person.number],
                entered.seats[slot.body, slot.title],
                _day(slot.begins),
                Source.ELSEWHERE if slot.elsewhere else Source.ON_SPOT,
                slot.readiness,
                _day(slot.ends),
                slot.outcome,
            )
        )
    for term in {term.name: term for term in TERMS}.values():
        planning.open_plan(
            actor=actor,
            term=term.name,
            government_term=term.government,
            begins_on=term.begins,
            ends_on=term.ends,
        )
        planning.plan_people(actor=actor, term=term.name, drafts=by_term[term.name], source=SOURCE)
    return len(reckoned.slots)


LOCKED = (
    (date(2019, 12, 31), "Số liệu năm 2019 (hư cấu)"),
    (date(2025, 12, 31), "Số liệu năm 2025 (hư cấu)"),
)


def lock_days(actor: Actor) -> None:
    """Two days whose figures are settled, for the page of what changed since."""
    for day, name in LOCKED:
        if day <= actor.today:
            reports.lock_day(actor=actor, day=day, name=name)


def acting_officer(user_id: int, username: str, today: date) -> Actor:
    """Somebody of the organisation board, by whose hand the demo enters what takes two people."""
    names = {"bantochuc": "Cán bộ Ban Tổ chức", "thamdinh": "Cán bộ thẩm định hồ sơ"}
    grants = (ActorGrant(Role.BOARD_OFFICER, PERMISSIONS[Role.BOARD_OFFICER]),)
    return Actor(user_id, names[username], today, grants)


def open_accounts(
    reckoned: Reckoned,
    entered: Entered,
    *,
    actor: Actor,
    accounts_: Iterable[tuple[str, str, str]],
    password: str,
) -> dict[str, int]:
    """One account of each role; ids by user name. The unit head's district has ended: the grant covers its heirs."""
    ids: dict[str, int] = {}
    districts = [body for body in reckoned.bodies if body.kind == "district"]
    staffed = {post.body.district for person in reckoned.people for post in person.posts}
    district = next(body for body in districts if body.code in staffed)
    staff = next(p for p in reckoned.people if p.place is not None and not p.posts[-1].title.leads)
    for username, name, role in accounts_:
        own = f"HC{staff.number + 1:06d}" if role == Role.STAFF else ""
        user = accounts.open_account(
            actor=actor, username=username, display_name=name, password=password, person_code=own
        )
        ids[username] = user.pk
        where: list[int | None] = [None]
        if role == Role.UNIT_HEAD:
            heirs = [c for c in district.heirs if c != reckoned.scenario.code and c in entered.units]
            where = [entered.units[code] for code in (district.code, *heirs)]
        for unit in where:
            accounts.grant_role(
                actor=actor,
                user=user,
                role=role,
                unit_id=unit,
                valid_from=REFORM if unit else date(2010, 1, 1),
            )
    return ids
