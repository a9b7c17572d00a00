"""From an account to the actor it is today."""

from __future__ import annotations

from datetime import date

from hientai.apps.accounts.models import Grant, SavedView, User
from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import SavedRow
from hientai.foundation.actor import Actor, ActorGrant


def actor_of(user: User, today: date) -> Actor:
    """The account with its grants of `today`; one statement."""
    grants = Grant.objects.as_of(today).filter(user_id=user.pk).order_by("id")
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        today=today,
        grants=tuple(ActorGrant(g.role, PERMISSIONS[g.role], g.unit_id, g.tier) for g in grants),
        person_code=user.person_code,
    )


def saved_views(*, actor: Actor, as_of: date, page: str) -> list[SavedRow]:
    """What the actor has kept for a screen, by name."""
    kept = SavedView.objects.filter(user_id=actor.user_id, page=page).order_by("name")
    return [SavedRow(view.pk, view.page, view.name, view.query) for view in kept]
