"""What decisions about units do to the records: checked first, then as versions to close and to write.

A unit that ends does so on the day its successors begin; its children must end or move on that day; nobody stands
below somebody who is not there; no unit stands above itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Q

from hientai.apps.organization.models import Unit, UnitVersion
from hientai.apps.organization.types import LEVEL_NUMBER, ActDraft, ActKind, UnitChange, UnitDraft
from hientai.engines.vitext import search_key, tidy
from hientai.engines.wording import Sentence, say
from hientai.foundation.errors import Refused
from hientai.foundation.temporal import revised

_NAMED = 5  # how many units a refusal names


@dataclass(frozen=True)
class Step:
    """One history moved on by one act: the version to close (None: a unit begins) and those to write."""

    act: int
    code: str
    closed: UnitVersion | None
    written: tuple[UnitVersion, ...]
    parent: str = ""  # code of a parent that is new to the unit

    @property
    def ends(self) -> bool:
        return self.closed is not None and len(self.written) == 1


@dataclass
class State:
    """Units as they stand while acts are worked out: by code, the version that holds on the day."""

    ids: dict[str, int]
    standing: dict[str, UnitVersion]
    later: dict[str, UnitVersion] = field(default_factory=dict)


def check_form(draft: ActDraft) -> None:
    """Raises Refused when an act is not of its kind's form: what a merge, a split and so on must say."""
    if not draft.decision.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của quyết định."), "decision")
    _check_shares(draft)
    wanted = _FORMS[draft.kind]
    if not wanted.holds(draft):
        raise Refused("not_of_its_kind", wanted.sentence, draft.kind)


@dataclass(frozen=True)
class _Form:
    sentence: Sentence
    holds: Any


def _only(draft: ActDraft, *names: str) -> bool:
    """Only changes, each of nothing but these fields and of at least one of them."""
    return not (draft.begins or draft.ends or draft.heirs) and all(
        set(change.fields) | ({"parent"} if change.parent is not None else set()) <= set(names)
        and (change.fields or change.parent is not None)
        for change in draft.changes
    ) and bool(draft.changes)  # fmt: skip


def _merges(draft: ActDraft) -> bool:
    after = {heir.after for heir in draft.heirs}
    return bool(draft.ends) and len(after) == 1 and set(draft.ends) == {heir.before for heir in draft.heirs}


def _splits(draft: ActDraft) -> bool:
    before = {heir.before for heir in draft.heirs}
    living_on = not draft.ends
    return len(before) == 1 and set(draft.ends) <= before and len(draft.heirs) >= (1 if living_on else 2)


_FORMS = {
    ActKind.ESTABLISH: _Form(
        say("Thành lập: nêu đơn vị mới, không kết thúc đơn vị nào."),
        lambda d: bool(d.begins) and not (d.ends or d.changes or d.heirs),
    ),
    ActKind.RENAME: _Form(say("Đổi tên: nêu đơn vị và tên mới."), lambda d: _only(d, "name")),
    ActKind.CHANGE_LEVEL: _Form(
        say("Đổi cấp: nêu đơn vị và cấp mới."), lambda d: _only(d, "level", "kind", "name", "parent")
    ),
    ActKind.MOVE: _Form(
        say("Chuyển trực thuộc: nêu đơn vị và đơn vị cấp trên mới."), lambda d: _only(d, "parent", "order")
    ),
    ActKind.MERGE: _Form(
        say("Sáp nhập: mọi đơn vị kết thúc phải về cùng một đơn vị kế thừa, mới hoặc đang có."), _merges
    ),
    ActKind.SPLIT: _Form(say("Chia, tách: một đơn vị thành ít nhất hai phần."), _splits),
    ActKind.DISSOLVE: _Form(say("Giải thể: nêu đơn vị kết thúc."), lambda d: bool(d.ends) and not d.begins),
}  # fmt: skip


def _check_shares(draft: ActDraft) -> None:
    for before in {heir.before for heir in draft.heirs}:
        parts = [heir for heir in draft.heirs if heir.before == before]
        known = sum((heir.share for heir in parts if heir.share is not None), Fraction(0))
        ends = before in draft.ends
        all_known = all(heir.share is not None for heir in parts)
        if (
            known > 1
            or (ends and all_known and known != 1)
            or any(h.share is not None and h.share <= 0 for h in parts)
        ):
            raise Refused(
                "shares_do_not_add_up",
                say(
                    "Các phần của {code} phải cộng lại đúng bằng một; hiện là {sum}.",
                    code=before,
                    sum=str(known),
                ),
                before,
            )
        if sum(heir.keeps_records for heir in parts) != (
            1 if ends else min(1, sum(h.keeps_records for h in parts))
        ):
            raise Refused(
                "one_keeper",
                say("Phải chọn đúng một đơn vị kế thừa giữ hồ sơ của {code}.", code=before),
                before,
            )


def work_out(drafts: Sequence[ActDraft]) -> tuple[list[Step], State]:
    """What the acts do, in order; nothing is written. Raises Refused, saying what stands in the way."""
    for draft in drafts:
        check_form(draft)
    state = _read(drafts)
    steps = [step for number, draft in enumerate(drafts) for step in _steps(number, draft, state)]
    _check_once(steps)
    _check_children(drafts, state)
    _check_parents(steps, state)
    _check_heirs(drafts, state)
    return steps, state


def _read(drafts: Sequence[ActDraft]) -> State:
    named = {code for draft in drafts for code in named_units(draft)}
    new = {unit.code for draft in drafts for unit in draft.begins}
    ids = dict(Unit.objects.filter(code__in=named | new).values_list("code", "id"))
    missing = sorted(named - ids.keys() - new)
    if missing:
        raise Refused("unknown_unit", say("Không có đơn vị mã “{code}”.", code=missing[0]), missing[0])
    day = min(draft.day for draft in drafts)
    state = State(ids, {})
    known = UnitVersion.objects.known_on().filter(unit__code__in=named | new).select_related("unit")
    for version in known.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("valid_from"):
        (state.standing if version.valid_from <= day else state.later).setdefault(version.unit.code, version)
    return state


def named_units(draft: ActDraft) -> Iterable[str]:
    """Codes of the units that an act names, but for those that it begins."""
    yield from draft.ends
    for change in draft.changes:
        yield change.code
        if change.parent:
            yield change.parent
    for heir in draft.heirs:
        yield from (heir.before, heir.after)
    for unit in draft.begins:
        if unit.parent:
            yield unit.parent


def _steps(number: int, draft: ActDraft, state: State) -> Iterable[Step]:
    for code in draft.ends:
        held = _open(code, draft, state)
        yield Step(number, code, held, (revised(held, valid_to=draft.day, source=draft.decision),))
    for change in draft.changes:
        held = _open(change.code, draft, state)
        fields = _fields(change, state)
        yield Step(
            number, change.code, held,
            (revised(held, valid_to=draft.day), revised(held, valid_from=draft.day, source=draft.decision, **fields)),
            change.parent or "",
        )  # fmt: skip
    for unit in draft.begins:
        yield Step(number, unit.code, None, (_begun(unit, draft, state),), unit.parent)


def _open(code: str, draft: ActDraft, state: State) -> UnitVersion:
    """The version of a unit that the act may end or change on its day."""
    held, later = state.standing.get(code), state.later.get(code)
    if later is not None or (held is not None and held.valid_to is not None):
        raise Refused(
            "later_changes",
            say("{name} còn có thay đổi sau ngày {day}; hãy hoàn tác thay đổi đó trước.",
                name=(held or later).name, day=f"{draft.day:%d/%m/%Y}"),
            code,
        )  # fmt: skip
    if held is None or held.valid_from >= draft.day:
        raise Refused(
            "not_there_yet",
            say("Đơn vị {code} không tồn tại trước ngày {day}.", code=code, day=f"{draft.day:%d/%m/%Y}"),
            code,
        )
    return held


def _fields(change: UnitChange, state: State) -> dict[str, Any]:
    fields: dict[str, Any] = dict(change.fields)
    if "name" in fields:
        fields["name"] = tidy(str(fields["name"]))
        fields["search_key"] = search_key(fields["name"])
    if change.parent is not None:
        fields["parent_id"] = state.ids.get(change.parent) if change.parent else None
    return fields


def _begun(unit: UnitDraft, draft: ActDraft, state: State) -> UnitVersion:
    if unit.code in state.ids:
        raise Refused("unit_exists", say("Mã đơn vị đã có: {code}.", code=unit.code), unit.code)
    return UnitVersion(
        name=tidy(unit.name), search_key=search_key(unit.name), kind=unit.kind, block=unit.block, level=unit.level,
        parent_id=state.ids.get(unit.parent), order=unit.order, valid_from=draft.day, source=draft.decision,
    )  # fmt: skip


def _check_once(steps: Sequence[Step]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.code in seen:
            raise Refused("twice_in_one_act", say("Đơn vị {code} bị nêu hai lần.", code=step.code), step.code)
        seen.add(step.code)


def _check_children(drafts: Sequence[ActDraft], state: State) -> None:
    """Everybody below a unit that ends must end or move on that day."""
    going = {
        code
        for draft in drafts
        for code in (*draft.ends, *(c.code for c in draft.changes if c.parent is not None))
    }
    ending = {state.ids[code]: draft.day for draft in drafts for code in draft.ends}
    left = (
        UnitVersion.objects.known_on()
        .filter(parent_id__in=list(ending))
        .exclude(unit__code__in=going)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=min(ending.values(), default=None)))
        if ending
        else UnitVersion.objects.none()
    )
    names = [
        v.name for v in left.order_by("order", "id") if v.valid_to is None or v.valid_to > ending[v.parent_id]
    ]
    if names:
        raise Refused(
            "children_left",
            say("Còn {count} đơn vị trực thuộc chưa có nơi về: {names}.", count=len(names),
                names=", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")),
            "ends",
        )  # fmt: skip


def _check_parents(steps: Sequence[Step], state: State) -> None:
    """A parent is there from the day on and not lower in level; nobody stands above itself."""
    last = {step.code: step.written[-1] for step in steps}
    ended = {step.code for step in steps if step.ends}
    above: dict[str, str] = {}
    for step in steps:
        version = step.written[-1]
        code = step.parent
        if step.ends or not code:
            continue
        parent = last.get(code) or state.standing.get(code)
        if parent is None or code in ended or parent.valid_to is not None:
            raise Refused(
                "no_parent_on_the_day",
                say("Đơn vị cấp trên {code} không còn vào ngày đó.", code=code),
                step.code,
            )
        if LEVEL_NUMBER[version.level] < LEVEL_NUMBER[parent.level]:
            raise Refused(
                "above_its_parent",
                say("{name} không thể ở cấp cao hơn đơn vị cấp trên.", name=version.name),
                step.code,
            )
        above[step.code] = code
    for code in above:
        _check_no_circle(code, above, state)


def _check_no_circle(code: str, above: dict[str, str], state: State) -> None:
    """Walks upward over the tree as it will be."""
    own, at, walked = code, above[code], 0
    parent_of = dict(above)
    while at:
        if at == own:
            raise Refused("unit_above_itself", say("Đơn vị không thể trực thuộc chính nó."), own)
        if at not in parent_of:
            version = (
                UnitVersion.objects.known_on()
                .filter(unit__code=at, valid_to__isnull=True)
                .select_related("parent")
                .first()
            )
            parent_of[at] = version.parent.code if version and version.parent else ""
        at, walked = parent_of[at], walked + 1
        if walked > 50:
            raise Refused("unit_above_itself", say("Đơn vị không thể trực thuộc chính nó."), own)


def _check_heirs(drafts: Sequence[ActDraft], state: State) -> None:
    """Who succeeds is there on the day; who is succeeded was there the day before."""
    begun = {unit.code for draft in drafts for unit in draft.begins}
    ended = {code for draft in drafts for code in draft.ends}
    for draft in drafts:
        for heir in draft.heirs:
            if (
                heir.before == heir.after
                or heir.after in ended
                or (heir.after not in begun and heir.after not in state.standing)
            ):
                raise Refused(
                    "heir_not_there",
                    say("Đơn vị kế thừa {code} không có vào ngày đó.", code=heir.after),
                    heir.after,
                )
            if heir.before not in state.standing:
                raise Refused("not_there_yet", say("Đơn vị {code} không tồn tại trước ngày {day}.", code=heir.before,
                                                   day=f"{draft.day:%d/%m/%Y}"), heir.before)  # fmt: skip
