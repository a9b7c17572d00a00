"""What the demo adds to its bodies: the reform as acts with lineage, functions of a few, posts year by year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from hientai.apps.organization import services as organization
from hientai.apps.organization.types import ActDraft, ActKind, Heir, UnitDraft
from hientai.foundation.actor import Actor
from hientai.rulebook.units import REFORM, successors
from hientai.site.demo.bodies import Body
from hientai.site.demo.reckoning import Reckoned

DECISION = "Sắp xếp đơn vị hành chính từ 01/07/2025 (số nghị quyết chưa tra cứu)"
SOURCE = "Giao biên chế (hư cấu)"
YEARS = (
    (date(2019, 1, 1), date(2020, 1, 1)),
    (date(2024, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 1), REFORM),
    (REFORM, date(2026, 1, 1)),
    (date(2026, 1, 1), date(2027, 1, 1)),
)


def record_reform(reckoned: Reckoned, actor: Actor) -> int:
    """Records which body of before went where, as far as the reference mapping says; returns how many acts."""
    return len(organization.record_acts(actor=actor, drafts=list(reform_acts(reckoned))))


def reform_acts(reckoned: Reckoned) -> Iterator[ActDraft]:
    """Communes by the mapping, their committees and fronts with them, schools whole; districts are dissolved."""
    body, root = reckoned.body, reckoned.scenario.code
    ended = [b for b in reckoned.bodies if b.valid_to == REFORM]
    merged: dict[str, list[str]] = defaultdict(list)
    for old in (b for b in ended if b.heirs and b.heirs[0] in body):
        if old.kind == "commune":
            heirs = _heirs_of_commune(old, body, root)
            if len(heirs) == 1:
                merged[heirs[0].after].append(old.code)
            else:
                yield ActDraft(ActKind.SPLIT, REFORM, DECISION, ends=(old.code,), heirs=heirs)
        elif old.kind in ("commune_committee", "commune_front", "school"):
            merged[_counterpart(old, reckoned)].append(old.code)
        elif old.kind == "district":
            keeper = root if root in old.heirs else old.heirs[0]
            heirs = tuple(Heir(old.code, code, None, code == keeper) for code in old.heirs)
            yield ActDraft(ActKind.SPLIT, REFORM, DECISION, ends=(old.code,), heirs=heirs)
    for new, olds in merged.items():
        edges = tuple(Heir(old, new) for old in olds)
        yield ActDraft(ActKind.MERGE, REFORM, DECISION, (unit_draft(body[new]),), tuple(olds), (), edges)
    for district in (b for b in ended if b.kind == "district"):
        below = tuple(b.code for b in ended if b.parent == district.code and b.kind != "commune")
        yield ActDraft(ActKind.DISSOLVE, REFORM, DECISION, ends=below)


def _heirs_of_commune(old: Body, body: dict[str, Body], root: str) -> tuple[Heir, ...]:
    code = old.code.rpartition(".X")[2]
    found = [s for s in successors() if s.before == code and f"{root}.X{s.after}" in body]
    return tuple(Heir(old.code, f"{root}.X{s.after}", None, s.main) for s in found)


def _counterpart(old: Body, reckoned: Reckoned) -> str:
    """The body of the new commune that does what the old one did."""
    if old.kind == "school":
        return old.heirs[0]
    if old.kind == "commune_committee":
        return f"{old.heirs[0]}.DU"
    return next(
        b.code for b in reckoned.bodies
        if b.parent == old.heirs[0] and b.block == "front" and b.kind == "commune2025_body"
    )  # fmt: skip


def unit_draft(body: Body) -> UnitDraft:
    """A body as a unit to be established."""
    return UnitDraft(
        body.code, body.name, body.unit_kind, body.block, body.level, body.parent, body.valid_from, body.order
    )


def allot_posts(reckoned: Reckoned, units: dict[str, int], seed: int, actor: Actor) -> int:
    """Posts of every staffed body for a few years: about as many as were there, some more, some fewer."""
    chance = Random(f"{seed}:posts")
    given = 0
    for first, until in YEARS if any(b.valid_from == REFORM for b in reckoned.bodies) else YEARS[:3]:
        present = _present(reckoned, first)
        drafts = [
            (units[code], max(1, number + _off(number, chance))) for code, number in sorted(present.items())
        ]
        given += organization.allot_posts(
            actor=actor, drafts=drafts, from_day=first, to_day=until, source=f"{SOURCE}, {first.year}"
        )
    return given


def _off(number: int, chance: Random) -> int:
    """How far the allotted posts are from the people there."""
    most = max(1, number // 12)
    return chance.choice([-most, 0, 0, 0, 1, most])


def _present(reckoned: Reckoned, day: date) -> Counter[str]:
    at = day.toordinal()
    return Counter(
        post.body.code
        for person in reckoned.people
        for post in person.posts
        if post.begins <= at and (post.ends is None or at < post.ends)
    )


def describe(reckoned: Reckoned, actor: Actor) -> None:
    """Functions of three departments, invented and short, so that the unit page has something to show."""
    words = {
        "Sở Nội vụ": "Tham mưu cho Ủy ban nhân dân tỉnh về tổ chức bộ máy, biên chế, công chức, viên chức (hư cấu).",
        "Ban Tổ chức Tỉnh ủy": "Tham mưu cho Tỉnh ủy về công tác tổ chức, cán bộ, đảng viên (hư cấu).",
    }
    for body in reckoned.bodies:
        if body.name in words:
            organization.describe_unit(
                actor=actor, code=body.code, kind="functions", text=words[body.name], on=body.valid_from,
                source="Quy định chức năng, nhiệm vụ (hư cấu)",
            )  # fmt: skip
