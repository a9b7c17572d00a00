"""Questions about reorganisations: drafts, where everybody would go, what it costs, who must still be decided for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import PostAt
from hientai.apps.organization import selectors as organization
from hientai.apps.planning import selectors as planning
from hientai.apps.reorganisation.models import Choice, Comment, Draft
from hientai.apps.reorganisation.proposing import propose
from hientai.apps.reorganisation.types import (
    BalanceRow,
    Chosen,
    DraftRow,
    DraftState,
    Landing,
    Plan,
    Sitter,
    deadline,
    from_json,
)
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ = "reorganisation.comment"


def drafts(*, actor: Actor, as_of: date) -> list[DraftRow]:
    """Every reorganisation, newest first."""
    actor.check_may(READ)
    return [_row(draft) for draft in Draft.objects.order_by("-pk")]


def draft(*, actor: Actor, as_of: date, token: UUID) -> DraftRow:
    """One of them; raises NotFound."""
    return _row(_found(actor, token))


def _found(actor: Actor, token: UUID) -> Draft:
    actor.check_may(READ)
    found = Draft.objects.filter(token=token).first()
    if found is None:
        raise NotFound(str(token))
    return found


def _row(draft: Draft) -> DraftRow:
    return DraftRow(
        draft.token, draft.title, draft.decision, draft.day, draft.state, draft.made_by, draft.version
    )


def plan(*, actor: Actor, as_of: date, token: UUID) -> Plan:
    """What a draft wants."""
    found = _found(actor, token)
    return from_json(found.content, found.day, found.decision)


def result(*, actor: Actor, as_of: date, token: UUID) -> dict[str, Any]:
    """The numbers of a reorganisation carried out, as they were then."""
    return dict(_found(actor, token).result)


def comments(*, actor: Actor, as_of: date, token: UUID) -> list[tuple[str, str, str]]:
    """(unit, text, who) of a draft, oldest first."""
    rows = list(Comment.objects.filter(draft=_found(actor, token)).order_by("pk"))
    names = organization.unit_name_histories(actor=actor, ids={row.unit_id for row in rows})
    return [(names[row.unit_id][-1][2], row.text, row.actor) for row in rows]


def choices_of(*, actor: Actor, as_of: date, token: UUID) -> dict[int, Chosen]:
    """What officers decided for single people."""
    found = Choice.objects.filter(draft=_found(actor, token))
    return {c.person_id: Chosen(c.kind, c.unit, c.title, c.scheme, c.note) for c in found}


@dataclass(frozen=True)
class Preview:
    """Where everybody of the units that end would go."""

    draft: DraftRow
    plan: Plan
    landings: list[Landing]
    posts: dict[int, PostAt]
    concurrent: list[PostAt]
    balance: list[BalanceRow]
    void: list[str]
    stale: list[str]
    frozen: list[str]
    later: list[str]
    deadline: date
    codes: dict[int, str]

    @property
    def moved(self) -> list[Landing]:
        return [landing for landing in self.landings if landing.unit]

    @property
    def excess(self) -> list[Landing]:
        return [landing for landing in self.landings if landing.excess]

    @property
    def leaving(self) -> list[Landing]:
        return [landing for landing in self.landings if landing.leaves]

    @property
    def undecided(self) -> list[Landing]:
        return [landing for landing in self.landings if not landing.unit and not landing.leaves]

    @property
    def vacancies(self) -> list[tuple[str, str, int]]:
        """(unit, title, places nobody takes) of leading seats-to-be."""
        taken: dict[tuple[str, str], int] = defaultdict(int)
        for landing in self.moved:
            taken[landing.unit, landing.title] += 1
        places = [p for group in self.plan.groups.values() for p in group.places if p.places is not None]
        return [
            (p.unit, p.title, p.places - taken[p.unit, p.title])
            for p in places
            if p.places is not None and taken[p.unit, p.title] < p.places
        ]


def preview(*, actor: Actor, as_of: date, token: UUID) -> Preview:
    """What a draft would do now, to everybody; some ten statements whatever its size."""
    found = _found(actor, token)
    wanted = from_json(found.content, found.day, found.decision)
    eve = found.day - timedelta(days=1)
    ids = organization.ids_by_code(actor=actor, as_of=eve, codes=wanted.ends)
    posts = cadres.posts_at(actor=actor, as_of=eve, unit_ids=ids.values())
    codes = {unit: code for code, unit in ids.items()}
    main, concurrent = _main_posts(posts)
    sitters = [
        Sitter(p.person_id, codes[p.unit_id], p.title, p.rank, p.leads, p.since) for p in main.values()
    ]
    landings = propose(wanted, sitters, choices_of(actor=actor, as_of=as_of, token=token))
    return Preview(
        draft=_row(found),
        plan=wanted,
        landings=landings,
        posts=main,
        concurrent=concurrent,
        balance=_balance(actor, eve, wanted, landings, ids),
        void=planning.planned_at(actor=actor, as_of=found.day, unit_ids=ids.values()),
        stale=changed_since(actor=actor, as_of=as_of, token=token) if found.state == DraftState.DRAFT else [],
        frozen=[row.unit for row in organization.freezes(actor=actor, as_of=found.day) if row.is_on],
        later=cadres.posts_from(actor=actor, as_of=found.day, unit_ids=ids.values())
        if found.state == DraftState.DRAFT
        else [],
        deadline=deadline(found.day),
        codes=codes,
    )


def _main_posts(posts: Sequence[PostAt]) -> tuple[dict[int, PostAt], list[PostAt]]:
    """The post that decides where each person goes (full-time, else the highest), and all others."""
    main: dict[int, PostAt] = {}
    for post in sorted(posts, key=lambda p: (p.kind != "full_time", -p.rank, p.position_id)):
        main.setdefault(post.person_id, post)
    full_time = {person: post for person, post in main.items() if post.kind == "full_time"}
    kept = {post.position_id for post in full_time.values()}
    return full_time, [post for post in posts if post.position_id not in kept]


def _balance(
    actor: Actor, eve: date, plan: Plan, landings: Iterable[Landing], ids: dict[str, int]
) -> list[BalanceRow]:
    """Posts of the units that go whole into one group, against the people who come there."""
    posts = organization.establishment(actor=actor, as_of=eve, unit_ids=ids.values())
    group_of = {place.unit: group.code for group in plan.groups.values() for place in group.places}
    people: dict[str, int] = defaultdict(int)
    for landing in landings:
        if landing.unit:
            people[group_of.get(landing.unit, landing.unit)] += 1
    given: dict[str, Fraction] = defaultdict(Fraction)
    shared: set[str] = set()
    for unit, groups in plan.goes.items():
        if len(groups) == 1:
            given[groups[0]] += posts.get(ids.get(unit, 0), 0)
        else:
            shared |= set(groups)
    names = {unit.code: unit.name for act in plan.acts for unit in act.begins}
    return [
        BalanceRow(code, names.get(code, code), None if code in shared else int(given[code]), people[code])
        for code in plan.groups
    ]


def changed_since(*, actor: Actor, as_of: date, token: UUID) -> list[str]:
    """Names of units that are otherwise than when the draft was made: it must be looked at anew."""
    found = _found(actor, token)
    now = organization.versions_of(actor=actor, as_of=found.day, codes=found.seen)
    changed = [code for code, version in found.seen.items() if now.get(code, (0, ""))[0] != version]
    wanted = from_json(found.content, found.day, found.decision)
    begun = [unit.code for act in wanted.acts for unit in act.begins]
    taken = organization.ids_by_code(actor=actor, as_of=found.day, codes=begun)
    return sorted({now.get(code, (0, code))[1] for code in changed} | set(taken))
