"""Acts on the organisation: units begin, change, merge, split and end; titles, seats, texts, freezes, posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction
from django.db.models import Q

from hientai.apps.organization.acts import Step, check_form, named_units, work_out
from hientai.apps.organization.models import (
    ActEntry,
    Establishment,
    FreezeWindow,
    LineageEdge,
    Seat,
    SeatPlaces,
    Title,
    Unit,
    UnitAct,
    UnitKeeping,
    UnitSubtree,
    UnitText,
    UnitVersion,
)
from hientai.apps.organization.tree import ParentEdge, closure, keeping
from hientai.apps.organization.types import ActDraft, TitleDraft, UnitDraft
from hientai.engines.vitext import search_key, tidy
from hientai.engines.wording import Sentence, say
from hientai.foundation import registry, temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.temporal import EffectiveDated

WRITE = "organization.write"
BATCH = 5000


@action("organization.establish", permission=WRITE, subject=lambda made: {"units": len(made)})
def establish_units(*, actor: Actor, drafts: Sequence[UnitDraft]) -> dict[str, int]:
    """Enters units (parents may be among the drafts) and rebuilds the tree. Returns ids by code.

    Raises Refused for a code that exists already or a parent nobody knows.
    """
    known = dict(Unit.objects.values_list("code", "id"))
    taken = [draft.code for draft in drafts if draft.code in known]
    if taken:
        raise Refused("unit_exists", say("Mã đơn vị đã có: {code}.", code=taken[0]), taken[0])
    made = Unit.objects.bulk_create([Unit(code=draft.code) for draft in drafts], batch_size=5000)
    known |= {unit.code: unit.id for unit in made}
    for draft in drafts:
        if draft.parent and draft.parent not in known:
            raise Refused(
                "unknown_parent", say("Không có đơn vị cấp trên “{code}”.", code=draft.parent), draft.code
            )
    drafted = {draft.code for draft in drafts}
    check_area(actor, {d.parent: known.get(d.parent) for d in drafts if d.parent not in drafted})
    UnitVersion.objects.bulk_create([_version(draft, known) for draft in drafts], batch_size=5000)
    rebuild_subtrees()
    return {draft.code: known[draft.code] for draft in drafts}


def _version(draft: UnitDraft, known: dict[str, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=known[draft.code],
        name=tidy(draft.name),
        search_key=search_key(draft.name),
        kind=draft.kind,
        block=draft.block,
        level=draft.level,
        parent_id=known[draft.parent] if draft.parent else None,
        order=draft.order,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        source=draft.source,
    )


def rebuild_subtrees() -> int:
    """Recomputes the closure of the tree from current versions; returns the number of rows."""
    edges = [
        ParentEdge(*values)
        for values in UnitVersion.objects.known_on().values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        )
    ]
    rows = [UnitSubtree(ancestor_id=r.ancestor, descendant_id=r.descendant, depth=r.depth,
                        valid_from=r.valid_from, valid_to=r.valid_to) for r in closure(edges)]  # fmt: skip
    UnitSubtree.objects.all()._raw_delete(UnitSubtree.objects.db)
    UnitSubtree.objects.bulk_create(rows, batch_size=5000)
    heirs = LineageEdge.objects.filter(keeps_records=True, act__undone_at__isnull=True).order_by(
        "act__day", "pk"
    )
    kept = keeping(edges, dict(heirs.values_list("before_id", "after_id")))
    UnitKeeping.objects.all()._raw_delete(UnitKeeping.objects.db)
    UnitKeeping.objects.bulk_create(
        [UnitKeeping(keeper_id=k.keeper, unit_id=k.unit, since=k.since) for k in kept], batch_size=BATCH
    )
    return len(rows)


@action("organization.enter_titles", permission=WRITE, subject=lambda made: {"titles": len(made)})
def enter_titles(*, actor: Actor, drafts: Iterable[TitleDraft]) -> dict[str, int]:
    """Enters titles that are not in the catalogue yet. Returns ids by code, of all drafts."""
    wanted = list(drafts)
    known = dict(Title.objects.filter(code__in=[d.code for d in wanted]).values_list("code", "id"))
    new = [
        Title(
            code=d.code, name=tidy(d.name), search_key=search_key(d.name), level=d.level, rank=d.rank, tier=d.tier,
            is_leadership=d.is_leadership, is_key=d.is_key, standard=d.standard, order=d.order,
            valid_from=d.valid_from, valid_to=d.valid_to,
        )
        for d in {d.code: d for d in wanted}.values()
        if d.code not in known
    ]  # fmt: skip
    return known | {title.code: title.id for title in Title.objects.bulk_create(new)}


@action("organization.open_seats", permission=WRITE, subject=lambda seats: {"seats": len(seats)})
def open_seats(
    *, actor: Actor, wanted: Iterable[tuple[int, int]], valid_from: date, places: int = 1, source: str = ""
) -> dict[tuple[int, int], int]:
    """Makes sure a seat exists for each (unit id, title id). Returns seat ids by that pair."""
    pairs = sorted(set(wanted))
    units, titles = {unit for unit, _ in pairs}, {title for _, title in pairs}
    check_area(actor, {str(unit): unit for unit in units})
    existing = Seat.objects.filter(Q(unit_id__in=units) & Q(title_id__in=titles))
    known = {(seat.unit_id, seat.title_id): seat.id for seat in existing}
    new = Seat.objects.bulk_create(
        [Seat(unit_id=u, title_id=t) for u, t in pairs if (u, t) not in known], batch_size=5000
    )
    SeatPlaces.objects.bulk_create(
        [SeatPlaces(seat=seat, places=places, valid_from=valid_from, source=source) for seat in new],
        batch_size=5000,
    )
    return {
        pair: seat
        for pair, seat in (known | {(s.unit_id, s.title_id): s.id for s in new}).items()
        if pair in set(pairs)
    }


@action(
    "organization.act",
    permission=WRITE,
    subject=lambda acts: {"acts": len(acts), "first": acts[0] if acts else 0},
)
def carry_out(
    *, actor: Actor, drafts: Sequence[ActDraft], bulk: UUID | None = None, emptied_later: bool = False
) -> list[int]:
    """Carries out acts on units, all or nothing. Returns their ids in the order of `drafts`.

    bulk: joins them; emptied_later: the caller moves the people in the same transaction and then looks itself.

    Each unit ends the day its successors begin. Raises Refused when an act is not of its kind's form, when a unit would
    stand nowhere, when children, people or plans would be left at a unit that ends, or when something changed later;
    NotFound when a unit is outside the actor's area.
    """
    steps, state = work_out(drafts)
    _check_area(actor, drafts, state.ids)
    acts = UnitAct.objects.bulk_create(
        [UnitAct(kind=d.kind, day=d.day, decision=tidy(d.decision), bulk=bulk, user_id=actor.user_id, actor=actor.name)
         for d in drafts]
    )  # fmt: skip
    made = Unit.objects.bulk_create([Unit(code=s.code) for s in steps if s.closed is None], batch_size=BATCH)
    ids = state.ids | {unit.code: unit.id for unit in made}
    for step in steps:
        for version in step.written:
            version.unit_id = version.unit_id or ids[step.code]
        if step.parent:
            step.written[-1].parent_id = ids[step.parent]
    if not emptied_later:
        _check_nobody_left(drafts, ids)
    _close(UnitVersion, [step.closed.pk for step in steps if step.closed is not None])
    UnitVersion.objects.bulk_create([v for s in steps for v in s.written], batch_size=BATCH)
    ActEntry.objects.bulk_create(_entries(acts, steps, ids), batch_size=BATCH)
    _write_edges(acts, drafts, ids)
    _end_seats(acts, drafts, ids)
    rebuild_subtrees()
    return [act.pk for act in acts]


@action("organization.check_acts", permission=WRITE)
def check_acts(*, actor: Actor, drafts: Sequence[ActDraft], codes: Sequence[str] = ()) -> None:
    """Raises what `carry_out` would raise about units, but for who is left in them; codes: further units to reach."""
    if drafts:
        _steps, state = work_out(drafts)
        _check_area(actor, drafts, state.ids)
    if codes and not actor.scope(WRITE).is_everything:
        check_area(actor, dict(Unit.objects.filter(code__in=codes).values_list("code", "id")))


def _entries(acts: Sequence[UnitAct], steps: Sequence[Step], ids: dict[str, int]) -> list[ActEntry]:
    return [
        ActEntry(
            act=acts[step.act], unit_id=ids[step.code], table="unit", written=version.pk,
            closed=step.closed.pk if step.closed is not None and place == 0 else None,
        )
        for step in steps
        for place, version in enumerate(step.written)
    ]  # fmt: skip


def _write_edges(acts: Sequence[UnitAct], drafts: Sequence[ActDraft], ids: dict[str, int]) -> None:
    LineageEdge.objects.bulk_create(
        [
            LineageEdge(
                act=act, before_id=ids[heir.before], after_id=ids[heir.after], keeps_records=heir.keeps_records,
                numerator=heir.share.numerator if heir.share else None,
                denominator=heir.share.denominator if heir.share else None,
            )
            for act, draft in zip(acts, drafts, strict=True)
            for heir in draft.heirs
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _end_seats(acts: Sequence[UnitAct], drafts: Sequence[ActDraft], ids: dict[str, int]) -> None:
    """The seats of a unit that ends have no places from that day on."""
    for act, draft in zip(acts, drafts, strict=True):
        units = [ids[code] for code in draft.ends]
        if not units:
            continue
        open_ones = SeatPlaces.objects.as_of(draft.day).filter(
            seat__unit_id__in=units, valid_from__lt=draft.day
        )
        rows = list(open_ones.filter(valid_to__isnull=True).select_related("seat"))
        _close(SeatPlaces, [row.pk for row in rows])
        written = SeatPlaces.objects.bulk_create(
            [temporal.revised(row, valid_to=draft.day) for row in rows], batch_size=BATCH
        )
        ActEntry.objects.bulk_create(
            [ActEntry(act=act, unit_id=row.seat.unit_id, table="places", closed=row.pk, written=new.pk)
             for row, new in zip(rows, written, strict=True)],
            batch_size=BATCH,
        )  # fmt: skip


def _close(model: type[EffectiveDated], ids: Sequence[int]) -> None:
    closed = model.objects.known_on().filter(pk__in=ids).update(recorded_to=TransactionNow())
    if closed != len(set(ids)):
        raise Conflict("changed_meanwhile", say("Đơn vị vừa được người khác thay đổi; chưa ghi gì cả."))


def _check_area(actor: Actor, drafts: Sequence[ActDraft], ids: dict[str, int]) -> None:
    """Every unit that an act names must lie in the actor's area; a root is founded by those who see everything."""
    named = {code for draft in drafts for code in named_units(draft)}
    check_area(actor, {code: ids.get(code) for code in named - {u.code for d in drafts for u in d.begins}})


def check_area(actor: Actor, units: Mapping[str, int | None]) -> None:
    """Raises NotFound when a unit (code -> id; "" with None: above all roots) is outside where the actor may write."""
    scope = actor.scope(WRITE)
    if scope.is_everything:
        return
    inside = scope.units([unit for unit in units.values() if unit is not None])
    for code, unit in sorted(units.items()):
        if unit not in inside:
            raise NotFound(code)


def _check_nobody_left(drafts: Sequence[ActDraft], ids: dict[str, int]) -> None:
    for draft in drafts:
        ending = [ids[code] for code in draft.ends]
        for use in registry.unit_uses() if ending else ():
            left = use.find(unit_ids=ending, since=draft.day)
            if left:
                raise Refused(
                    "not_empty",
                    say("{label} ở đơn vị kết thúc: {names}. Hãy chuyển họ trước, hoặc dùng “Sắp xếp tổ chức”.",
                        label=str(use.label), names=_named(left)),
                    "ends",
                )  # fmt: skip


def _named(names: Sequence[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (f" … (+{len(names) - most})" if len(names) > most else "")


@action("organization.record_acts", permission=WRITE, subject=lambda acts: {"acts": len(acts)})
def record_acts(*, actor: Actor, drafts: Sequence[ActDraft]) -> list[int]:
    """Adds decisions and lineage to units that are on record already with their days (a first load of history)."""
    if not actor.scope(WRITE).is_everything:
        raise NotFound("")
    for draft in drafts:
        check_form(draft)
    ids = dict(Unit.objects.values_list("code", "id"))
    for draft in drafts:
        for code in (
            *draft.ends,
            *(u.code for u in draft.begins),
            *(c for h in draft.heirs for c in (h.before, h.after)),
        ):
            if code not in ids:
                raise Refused("unknown_unit", say("Không có đơn vị mã “{code}”.", code=code), code)
    acts = UnitAct.objects.bulk_create(
        [
            UnitAct(
                kind=d.kind, day=d.day, decision=tidy(d.decision), user_id=actor.user_id, actor=actor.name
            )
            for d in drafts
        ],
        batch_size=BATCH,
    )
    _write_edges(acts, drafts, ids)
    rebuild_subtrees()
    return [act.pk for act in acts]


@action("organization.undo_acts", permission=WRITE, subject=lambda acts: {"acts": len(acts)})
def undo_acts(*, actor: Actor, act_ids: Sequence[int], because: str) -> list[int]:
    """Takes acts back while nothing rests on them: what they wrote is closed, what they closed is written again.

    Raises Conflict naming what rests on them (a later act, people, plans, units below), NotFound for unknown acts.
    """
    if not because.strip():
        raise Refused("reason_missing", say("Hoàn tác phải ghi lý do."), "because")
    acts = list(
        UnitAct.objects.select_for_update().filter(pk__in=act_ids, undone_at__isnull=True).order_by("pk")
    )
    if len(acts) != len(set(act_ids)):
        raise NotFound(str(act_ids))
    entries = list(ActEntry.objects.filter(act__in=acts).select_related("unit", "act"))
    if not entries:
        raise Refused(
            "only_recorded", say("Quyết định này chỉ được ghi lại cùng dữ liệu đầu kỳ, không hoàn tác được.")
        )
    check_area(actor, {e.unit.code: e.unit_id for e in entries})
    _check_nothing_rests(acts, entries)
    for model, table in ((UnitVersion, "unit"), (SeatPlaces, "places")):
        _take_back(model, [e for e in entries if e.table == table], because)
    UnitAct.objects.filter(pk__in=[a.pk for a in acts]).update(
        undone_at=TransactionNow(), undone_because=tidy(because)
    )
    rebuild_subtrees()
    return [act.pk for act in acts]


def _check_nothing_rests(acts: Sequence[UnitAct], entries: Sequence[ActEntry]) -> None:
    written = {e.written for e in entries if e.table == "unit"}
    current = set(UnitVersion.objects.known_on().filter(pk__in=written).values_list("pk", flat=True))
    later = ActEntry.objects.filter(table="unit", closed__in=written - current).exclude(act__in=acts)
    found = later.select_related("act", "unit").order_by("pk").first()
    if found is not None or written - current:
        what = found.act.decision if found else ""
        raise _resting(say("quyết định sau “{decision}”", decision=what))
    begun = _begun_units(entries)
    below = (
        UnitVersion.objects.known_on()
        .filter(parent_id__in=begun)
        .exclude(pk__in=written)
        .order_by("pk")
        .first()
    )
    if below is not None:
        raise _resting(say("đơn vị trực thuộc “{name}”", name=below.name))
    for use in registry.unit_uses() if begun else ():
        resting = use.find(unit_ids=sorted(begun), since=min(act.day for act in acts))
        if resting:
            raise _resting(say("{label}: {names}", label=str(use.label), names=_named(resting)))


def _begun_units(entries: Sequence[ActEntry]) -> set[int]:
    """Units that came to be by these acts: nothing was closed for them."""
    closed = {e.unit_id for e in entries if e.closed is not None}
    return {e.unit_id for e in entries if e.table == "unit"} - closed


def _resting(what: Sentence) -> Conflict:
    return Conflict("rests_on_it", say("Không hoàn tác được vì còn dựa vào đó: {what}.", what=what))


def _take_back(model: type[EffectiveDated], entries: Sequence[ActEntry], because: str) -> None:
    _close(model, [e.written for e in entries])
    if model is UnitVersion:
        begun = _begun_units(entries)
        SeatPlaces.objects.known_on().filter(seat__unit_id__in=begun).update(recorded_to=TransactionNow())
    old = list(model.objects.filter(pk__in=[e.closed for e in entries if e.closed is not None]))
    again = model.objects.bulk_create(
        [temporal.revised(row, reason=because) for row in old], batch_size=BATCH
    )
    now = {row.pk: new.pk for row, new in zip(old, again, strict=True)}
    before = list(ActEntry.objects.filter(table=entries[0].table, written__in=now) if entries else ())
    for entry in before:  # the act that had written it can be undone next
        entry.written = now[entry.written or 0]
    ActEntry.objects.bulk_update(before, ["written"], batch_size=BATCH)


@action("organization.describe_unit", permission=WRITE, subject=lambda row: {"unit_id": row.unit_id})
def describe_unit(*, actor: Actor, code: str, kind: str, text: str, on: date, source: str) -> UnitText:
    """Functions or tasks of a unit read like this from a day on. Raises NotFound outside the actor's area."""
    unit = _unit_in_area(actor, code)
    held = UnitText.objects.as_of(on).filter(unit_id=unit, kind=kind).first()
    if held is not None and held.valid_from < on:
        return temporal.supersede(held, on, source=source, text=text.strip())
    if held is not None:
        return temporal.correct(held, because=source, text=text.strip())
    following = (
        UnitText.objects.known_on()
        .filter(unit_id=unit, kind=kind, valid_from__gt=on)
        .order_by("valid_from")
        .first()
    )
    new = UnitText(unit_id=unit, kind=kind, text=text.strip(), valid_from=on, source=source,
                   valid_to=following.valid_from if following else None)  # fmt: skip
    new.save(force_insert=True)
    return new


def _unit_in_area(actor: Actor, code: str) -> int:
    unit = Unit.objects.filter(code=code).values_list("id", flat=True).first()
    if unit is None:
        raise NotFound(code)
    check_area(actor, {code: unit})
    return unit


@action("organization.freeze", permission=WRITE, subject=lambda rows: {"windows": len(rows)})
def freeze(
    *, actor: Actor, code: str, kinds: Sequence[str], from_day: date, to_day: date | None, decision: str
) -> list[FreezeWindow]:
    """Work of `kinds` stands still in a unit and below it during [from_day, to_day) (KL 128-KL/TW).

    Raises Refused for a window that runs backwards, names no decision, or overlaps one of the same kind there.
    """
    unit = _unit_in_area(actor, code)
    if not decision.strip() or not kinds:
        raise Refused("decision_missing", say("Phải ghi văn bản và việc tạm dừng."), "decision")
    if to_day is not None and to_day <= from_day:
        raise Refused("runs_backwards", say("Ngày kết thúc phải sau ngày bắt đầu."), "to_day")
    rows = [
        FreezeWindow(unit_id=unit, kind=kind, valid_from=from_day, valid_to=to_day, source=tidy(decision))
        for kind in kinds
    ]
    try:
        with transaction.atomic():
            return FreezeWindow.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused(
            "frozen_already", say("Đơn vị đã có thời gian tạm dừng cùng loại trùng vào đó."), code
        ) from error


@action("organization.lift_freeze", permission=WRITE, subject=lambda row: {"window_id": row.pk})
def lift_freeze(*, actor: Actor, window_id: int, on: date, source: str) -> FreezeWindow:
    """The window ends earlier, on `on`; one that has not begun by then is withdrawn."""
    held = FreezeWindow.objects.known_on().select_related("unit").filter(pk=window_id).first()
    if held is None:
        raise NotFound(str(window_id))
    check_area(actor, {held.unit.code: held.unit_id})
    if on <= held.valid_from:
        temporal.withdraw(held, because=source)
        return held
    return temporal.end(held, on, source=source)


@action("organization.allot_posts", permission=WRITE, subject=lambda made: {"units": made})
def allot_posts(
    *, actor: Actor, drafts: Sequence[tuple[int, int]], from_day: date, to_day: date | None, source: str
) -> int:
    """Gives units (id, posts) their establishment for a time, usually a year. Raises Refused where one is set."""
    if not actor.scope(WRITE).is_everything:
        codes = dict(Unit.objects.filter(pk__in=[unit for unit, _ in drafts]).values_list("code", "id"))
        check_area(actor, codes)
    rows = [
        Establishment(unit_id=unit, posts=posts, valid_from=from_day, valid_to=to_day, source=source)
        for unit, posts in drafts
    ]
    try:
        with transaction.atomic():
            Establishment.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise Refused(
            "allotted_already", say("Có đơn vị đã được giao biên chế trong thời gian này; chưa ghi gì cả.")
        ) from error
    return len(rows)


@action("organization.cut_posts", permission=WRITE, subject=lambda row: {"unit_id": row.unit_id})
def cut_posts(*, actor: Actor, unit_id: int, fewer: int, on: date, source: str) -> Establishment:
    """A unit has `fewer` posts from `on` until the end of the time they were given for.

    Raises Refused where no posts are given for that day, or fewer than are to be cut.
    """
    check_area(actor, {str(unit_id): unit_id})
    held = Establishment.objects.as_of(on).filter(unit_id=unit_id).first()
    if held is None or fewer < 0 or held.posts < fewer:
        raise Refused(
            "not_so_many_posts",
            say("Đơn vị được giao {posts} biên chế vào ngày này; không cắt {fewer} được.",
                posts=held.posts if held else 0, fewer=fewer),
            "posts",
        )  # fmt: skip
    if held.valid_from == on:
        return temporal.correct(held, because=source, posts=held.posts - fewer, source=source)
    return temporal.supersede(held, on, source=source, posts=held.posts - fewer)


@action("organization.restore_posts", permission=WRITE, subject=lambda row: {"unit_id": row.unit_id})
def restore_posts(
    *, actor: Actor, unit_id: int, more: int, on: date, source: str, because: str
) -> Establishment:
    """Gives back what `cut_posts` took from a unit on `on` by `source`. Raises Conflict when that was changed since."""
    check_area(actor, {str(unit_id): unit_id})
    cut = Establishment.objects.known_on().filter(unit_id=unit_id, valid_from=on, source=source).first()
    if cut is None:
        raise Conflict(
            "rests_on_it", say("Không hoàn tác được: biên chế của đơn vị đã được thay đổi sau đó.")
        )
    return temporal.correct(cut, because=because, posts=cut.posts + more, source=because)
