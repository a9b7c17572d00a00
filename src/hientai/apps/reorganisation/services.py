"""Acts of a reorganisation: make a draft, choose for a person, comment, carry it out as one act, take it back."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow

from hientai.apps.cadres import selectors as people
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import Reassignment
from hientai.apps.organization import selectors as organization
from hientai.apps.organization import services as units
from hientai.apps.planning import services as planning
from hientai.apps.reorganisation import selectors
from hientai.apps.reorganisation.models import Choice, Comment, Draft
from hientai.apps.reorganisation.selectors import Preview
from hientai.apps.reorganisation.types import (
    COMMENT,
    WRITE,
    ChoiceKind,
    Chosen,
    DraftState,
    Plan,
    to_json,
)
from hientai.apps.workforce import services as workforce
from hientai.apps.workforce.types import Scheme
from hientai.engines.wording import say
from hientai.foundation import registry
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused


@action("reorganisation.draft", permission=WRITE, subject=lambda draft: {"draft": draft.pk})
def open_draft(*, actor: Actor, title: str, decision: str, day: date, plan: Plan) -> Draft:
    """Saves a reorganisation that changes nothing yet. Raises Refused when its acts cannot be done."""
    units.check_acts(actor=actor, drafts=plan.acts)
    named = {code for act in plan.acts for code in (*act.ends, *(h.after for h in act.heirs))}
    seen = organization.versions_of(actor=actor, as_of=day - timedelta(days=1), codes=named)
    return Draft.objects.create(
        title=title.strip(), decision=decision.strip(), day=day, content=to_json(plan), made_by=actor.name,
        seen={code: version for code, (version, _name) in seen.items()},
    )  # fmt: skip


def _open(actor: Actor, token: UUID) -> Draft:
    draft = Draft.objects.select_for_update().filter(token=token).first()
    if draft is None:
        raise NotFound(str(token))
    if draft.state != DraftState.DRAFT:
        raise Refused("not_a_draft", say("Dự thảo này đã thực hiện hoặc đã hoàn tác, không sửa được nữa."))
    units.check_acts(actor=actor, drafts=(), codes=list(draft.seen))
    return draft


@action("reorganisation.choose", permission=WRITE, subject=lambda choice: {"choice": choice.pk})
def choose(*, actor: Actor, token: UUID, person_id: int, chosen: Chosen, version: int) -> Choice:
    """Decides for one person instead of the proposal. Raises Conflict when the draft changed since `version`."""
    draft = _open(actor, token)
    if draft.version != version:
        raise Conflict("draft_changed", say("Dự thảo vừa được người khác sửa; hãy xem lại rồi làm lại."))
    if people.outside_scope(actor=actor, as_of=actor.today, ids=[person_id], permission="person.write"):
        raise NotFound(str(person_id))
    _check_choice(draft, chosen)
    draft.version += 1
    draft.save(update_fields=["version"])
    return Choice.objects.update_or_create(draft=draft, person_id=person_id, defaults=vars(chosen))[0]


def _check_choice(draft: Draft, chosen: Chosen) -> None:
    places = {(p[0], p[1]) for group in draft.content["groups"] for p in group["places"]}
    if chosen.kind == ChoiceKind.MOVE and (chosen.unit, chosen.title) not in places:
        raise Refused("no_such_place", say("Dự thảo không có vị trí này ở đơn vị mới."), "place")
    if chosen.kind == ChoiceKind.LEAVE and chosen.scheme not in Scheme.values:
        raise Refused("no_scheme", say("Nghỉ phải ghi theo chế độ nào."), "scheme")
    if chosen.kind == ChoiceKind.LATER and not chosen.note.strip():
        raise Refused("reason_missing", say("Để lại quyết định sau phải ghi lý do."), "note")


@action("reorganisation.comment", permission=COMMENT, subject=lambda comment: {"comment": comment.pk})
def comment(*, actor: Actor, token: UUID, unit_code: str, text: str) -> Comment:
    """A unit says what it thinks of a draft. Raises NotFound for a unit the actor does not speak for."""
    draft = Draft.objects.filter(token=token, state=DraftState.DRAFT).first()
    unit = organization.unit_id_of(unit_code)
    if draft is None or unit is None or not actor.scope(COMMENT).units([unit]):
        raise NotFound(unit_code)
    if not text.strip():
        raise Refused("text_missing", say("Chưa ghi ý kiến."), "text")
    return Comment.objects.create(draft=draft, unit_id=unit, text=text.strip(), actor=actor.name)


@action("reorganisation.commit", permission=WRITE, subject=lambda draft: {"draft": draft.pk, **draft.result})
def commit(*, actor: Actor, token: UUID) -> Draft:
    """Carries a draft out as one act: units, seats, positions, files, plan slots; all or nothing.

    Raises Conflict naming what changed since the draft was made. People without a place keep none: their post ends, the
    successor that keeps the records keeps their file, and they stay on the list to decide.
    """
    draft = _open(actor, token)
    shown = selectors.preview(actor=actor, as_of=actor.today, token=token)
    if shown.stale:
        raise Conflict(
            "draft_is_stale",
            say("Dự thảo không còn khớp: {names} đã thay đổi sau khi lập. Hãy lập lại dự thảo.",
                names=", ".join(shown.stale[:8])),
        )  # fmt: skip
    if shown.later:
        raise Refused(
            "posts_begin_later",
            say("Có người nhận vị trí ở đơn vị kết thúc sau ngày hiệu lực: {codes}. "
                "Chọn ngày muộn hơn hoặc chuyển họ trước.", codes=", ".join(shown.later[:5])),
        )  # fmt: skip
    bulk = uuid.uuid4()
    ended = organization.ids_by_code(actor=actor, as_of=draft.day - timedelta(days=1), codes=shown.plan.ends)
    units.carry_out(actor=actor, drafts=shown.plan.acts, bulk=bulk, emptied_later=True)
    seats = _open_seats(actor, draft, shown)
    _reassign(actor, draft, shown, seats, ended)
    _record_leavings(draft, shown, actor)
    void = planning.void_slots(
        actor=actor, seat_ids=organization.seat_ids_of(actor=actor, as_of=draft.day, unit_ids=ended.values()),
        on=draft.day, reason="Chức danh kết thúc do sắp xếp tổ chức", source=draft.decision,
    )  # fmt: skip
    _check_empty(ended, draft.day)
    draft.state, draft.bulk, draft.recorded_at = DraftState.COMMITTED, bulk, TransactionNow()
    draft.result = {
        "moved": len(shown.moved), "excess": len(shown.excess), "leaving": len(shown.leaving),
        "undecided": len(shown.undecided), "void": void, "ended": len(shown.plan.ends),
        "begun": sum(len(act.begins) for act in shown.plan.acts),
    }  # fmt: skip
    draft.save()
    return draft


def _open_seats(actor: Actor, draft: Draft, shown: Preview) -> dict[tuple[str, str], int]:
    """Seats of the new units with as many places as planned, or as many as come where no number is planned."""
    taken: dict[tuple[str, str], int] = defaultdict(int)
    for landing in shown.moved:
        taken[landing.unit, landing.title] += 1
    wanted: dict[tuple[str, str], int] = {}
    for group in shown.plan.groups.values():
        for place in group.places:
            wanted[place.unit, place.title] = place.places or max(1, taken[place.unit, place.title])
    codes = {unit for unit, _title in wanted}
    ids = organization.ids_by_code(actor=actor, as_of=draft.day, codes=codes)
    titles = {title.code: title.id for title in organization.titles(actor=actor, as_of=draft.day)}
    missing = sorted({title for _unit, title in wanted} - titles.keys()) + sorted(codes - ids.keys())
    if missing:
        raise Refused(
            "unknown_place",
            say("Không có đơn vị hoặc chức danh “{code}” vào ngày đó.", code=missing[0]),
            missing[0],
        )
    found: dict[tuple[int, int], int] = {}
    by_number: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (unit, title), number in wanted.items():
        by_number[number].append((ids[unit], titles[title]))
    for number, pairs in sorted(by_number.items()):
        found |= units.open_seats(
            actor=actor, wanted=pairs, valid_from=draft.day, places=number, source=draft.decision
        )
    return {(unit, title): found[ids[unit], titles[title]] for unit, title in wanted}


def _reassign(
    actor: Actor, draft: Draft, shown: Preview, seats: dict[tuple[str, str], int], ended: dict[str, int]
) -> None:
    """Posts at units that end are over; who lands begins there; files go along, or to who keeps the records."""
    tiers = {title.code: title.tier for title in organization.titles(actor=actor, as_of=draft.day)}
    also: dict[int, list[int]] = defaultdict(list)
    for post in shown.concurrent:
        also[post.person_id].append(post.position_id)
    keepers = organization.keepers_of(actor=actor, as_of=draft.day, unit_ids=ended.values())
    new = organization.ids_by_code(
        actor=actor, as_of=draft.day, codes={landing.unit for landing in shown.moved}
    )
    moves = []
    for landing in shown.landings:
        post = shown.posts[landing.person_id]
        ends = (post.position_id, *also.pop(landing.person_id, ()))
        if landing.unit:
            seat = seats[landing.unit, landing.title]
            moves.append(Reassignment(landing.person_id, ends, seat, new[landing.unit], tiers[landing.title]))
        else:
            keeper = None if landing.leaves else keepers.get(post.unit_id)
            moves.append(Reassignment(landing.person_id, ends, None, keeper, ""))
    moves += [Reassignment(person, tuple(ends), keep_file=True) for person, ends in also.items()]
    moved = {move.person_id for move in moves if not move.keep_file}
    for person, unit in people.files_at(
        actor=actor, as_of=draft.day - timedelta(days=1), unit_ids=ended.values()
    ).items():
        if person not in moved:
            moves.append(Reassignment(person, (), None, keepers.get(unit), ""))
    cadres.reassign_people(actor=actor, moves=_joined(moves), on=draft.day, source=draft.decision)


def _joined(moves: Sequence[Reassignment]) -> list[Reassignment]:
    """One reassignment a person: a file that moves and a concurrent post that ends may be two."""
    found: dict[int, Reassignment] = {}
    for move in moves:
        known = found.get(move.person_id)
        found[move.person_id] = move if known is None else known.with_more(move)
    return list(found.values())


def _record_leavings(draft: Draft, shown: Preview, actor: Actor) -> None:
    chosen = selectors.choices_of(actor=actor, as_of=actor.today, token=draft.token)
    leavings = [
        (
            x.person_id,
            chosen[x.person_id].scheme,
            shown.posts[x.person_id].unit_id,
            shown.posts[x.person_id].title,
        )
        for x in shown.leaving
    ]
    workforce.record_leavings(actor=actor, leavings=leavings, on=draft.day, source=draft.decision)


def _check_empty(ended: dict[str, int], day: date) -> None:
    for use in registry.unit_uses():
        left = use.find(unit_ids=list(ended.values()), since=day)
        if left:
            raise Refused(
                "not_empty",
                say("{label} ở đơn vị kết thúc: {names}.", label=str(use.label), names=", ".join(left[:5])),
            )


@action("reorganisation.undo", permission=WRITE, subject=lambda draft: {"draft": draft.pk})
def undo(*, actor: Actor, token: UUID, because: str) -> Draft:
    """Takes a reorganisation back while nothing rests on it. Raises Conflict naming who or what does."""
    draft = Draft.objects.select_for_update().filter(token=token, state=DraftState.COMMITTED).first()
    if draft is None or draft.recorded_at is None:
        raise NotFound(str(token))
    if not because.strip():
        raise Refused("reason_missing", say("Hoàn tác phải ghi lý do."), "because")
    cadres.undo_reassignment(
        actor=actor, recorded_at=draft.recorded_at, source=draft.decision, because=because
    )
    planning.restore_slots(actor=actor, recorded_at=draft.recorded_at, source=draft.decision, because=because)
    workforce.take_back_leavings(actor=actor, recorded_at=draft.recorded_at, source=draft.decision)
    acts = organization.acts_of_bulk(actor=actor, as_of=actor.today, bulk=draft.bulk)
    units.undo_acts(actor=actor, act_ids=acts, because=because)
    draft.state = DraftState.UNDONE
    draft.save(update_fields=["state"])
    return draft
