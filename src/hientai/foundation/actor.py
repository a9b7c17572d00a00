"""Who asks or acts: a value object, built at the edge from an account and its grants of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hientai.foundation.errors import Forbidden
from hientai.foundation.scoping import Area, Scope


@dataclass(frozen=True)
class ActorGrant:
    """What one grant permits, and where. unit_id None: everywhere; tier "": every management tier."""

    role: str
    permissions: frozenset[str]
    unit_id: int | None = None
    tier: str = ""


@dataclass(frozen=True)
class Actor:
    """user_id None is the system itself; person_code names the actor's own personnel file; today is the edge's date."""

    user_id: int | None
    name: str
    today: date
    grants: tuple[ActorGrant, ...] = ()
    person_code: str = ""
    is_system: bool = False

    def may(self, permission: str) -> bool:
        """Whether any grant gives `permission` anywhere."""
        return self.is_system or any(permission in grant.permissions for grant in self.grants)

    def check_may(self, permission: str) -> None:
        """Raises Forbidden when no grant gives `permission`."""
        if not self.may(permission):
            raise Forbidden(permission)

    def scope(self, permission: str) -> Scope:
        """Where `permission` holds; the own file is readable under `person.read_own`."""
        if self.is_system:
            return Scope.everything(self.today)
        areas = frozenset(Area(g.unit_id, g.tier) for g in self.grants if permission in g.permissions)
        return Scope(self.today, areas, self.person_code if self.may("person.read_own") else "")


def system(today: date, name: str = "hệ thống") -> Actor:
    """The program itself: migrations of data, the command line on the own machine, jobs without an owner."""
    return Actor(None, name, today, is_system=True)
