"""Words of a reorganisation: what a draft holds, where somebody lands, what a preview says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.apps.organization.types import ActDraft, ActKind, Heir, UnitDraft
from hientai.engines.interval import add_months

WRITE = "reorganisation.write"
COMMENT = "reorganisation.comment"
COMMIT_WORK = "reorganisation.commit"  # kind of the job that carries out a large draft
EXCESS_YEARS = 5  # Kết luận 150-KL/TW: deputies above the number allowed, to comply within five years


class DraftState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    COMMITTED = "committed", _("Đã thực hiện")
    UNDONE = "undone", _("Đã hoàn tác")


class ChoiceKind(models.TextChoices):
    """What somebody decided for one person, against the proposal."""

    MOVE = "move", _("Bố trí vị trí khác")
    LEAVE = "leave", _("Nghỉ theo chế độ")
    LATER = "later", _("Để lại, quyết định sau")


@dataclass(frozen=True)
class Place:
    """Places of a seat-to-be: unit and title by code. places None: as many as come (posts without leadership)."""

    unit: str
    title: str
    places: int | None = None


@dataclass(frozen=True)
class Group:
    """Units that take people in together, as the bodies of one commune do: seats in the order they are filled.

    excess: title that leaders without a place are given above the number allowed (KL 150-KL/TW), "" for none.
    """

    code: str
    places: tuple[Place, ...]
    excess: str = ""


@dataclass(frozen=True)
class Plan:
    """What a draft wants. goes: ended unit -> groups that take its people; titles: old title -> wishes in order."""

    acts: tuple[ActDraft, ...]
    groups: dict[str, Group]
    goes: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[str, ...]:
        return tuple(code for act in self.acts for code in act.ends)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody in a full-time post of a unit that ends; rank of the title, and since when in the post."""

    person_id: int
    unit: str
    title: str
    rank: int
    leads: bool
    since: date


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a person goes. unit "": nowhere yet, because of `why`; excess: a deputy above the number allowed."""

    person_id: int
    unit: str = ""
    title: str = ""
    excess: bool = False
    leaves: bool = False
    chosen: bool = False
    why: str = ""


@dataclass(frozen=True)
class Chosen:
    """One decision of an officer about one person."""

    kind: str
    unit: str = ""
    title: str = ""
    scheme: str = ""
    note: str = ""


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list."""

    token: UUID
    title: str
    decision: str
    day: date
    state: str
    made_by: str
    version: int


@dataclass(frozen=True)
class BalanceRow:
    """Posts of what went in against people who come; posts None: a part went elsewhere, so nobody can say."""

    group: str
    name: str
    posts: int | None
    people: int

    @property
    def off(self) -> int | None:
        return None if self.posts is None else self.people - self.posts


def deadline(day: date) -> date:
    """By when deputies above the number must be placed."""
    return add_months(day, 12 * EXCESS_YEARS)


def to_json(plan: Plan) -> dict[str, Any]:
    """Codes and numbers only; read back by `from_json`."""
    return {
        "acts": [_act(act) for act in plan.acts],
        "groups": [
            {"code": g.code, "excess": g.excess, "places": [[p.unit, p.title, p.places] for p in g.places]}
            for g in plan.groups.values()
        ],
        "goes": {unit: list(groups) for unit, groups in plan.goes.items()},
        "titles": {title: list(wishes) for title, wishes in plan.titles.items()},
    }


def _act(act: ActDraft) -> dict[str, Any]:
    begins = [[u.code, u.name, u.kind, u.block, u.level, u.parent, u.order] for u in act.begins]
    heirs = [
        [h.before, h.after, str(h.share) if h.share is not None else None, h.keeps_records] for h in act.heirs
    ]
    return {"kind": str(act.kind), "begins": begins, "ends": list(act.ends), "heirs": heirs}


def from_json(content: dict[str, Any], day: date, decision: str) -> Plan:
    """The plan of a draft that takes effect on `day` by `decision`."""
    acts = tuple(
        ActDraft(
            ActKind(a["kind"]), day, decision,
            begins=tuple(UnitDraft(*u[:6], day, u[6]) for u in a["begins"]),
            ends=tuple(a["ends"]),
            heirs=tuple(Heir(b, c, Fraction(s) if s else None, k) for b, c, s, k in a["heirs"]),
        )
        for a in content["acts"]
    )  # fmt: skip
    groups = {
        g["code"]: Group(g["code"], tuple(Place(*p) for p in g["places"]), g["excess"])
        for g in content["groups"]
    }
    goes = {unit: tuple(found) for unit, found in content["goes"].items()}
    return Plan(acts, groups, goes, {title: tuple(wishes) for title, wishes in content["titles"].items()})
