"""Acts on accounts: open one, grant a role."""

from __future__ import annotations

from datetime import date

from hientai.apps.accounts.models import Grant, User
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

MANAGE = "accounts.manage"


@action("accounts.open", permission=MANAGE, subject=lambda user: {"user_id": user.pk})
def open_account(
    *, actor: Actor, username: str, display_name: str, password: str, person_code: str = ""
) -> User:
    """A new account without any grant. Raises Refused when the user name is taken."""
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken", say("Tên đăng nhập “{name}” đã có.", name=username), "username")
    user = User(username=username, display_name=display_name, person_code=person_code)
    user.set_password(password)
    user.save()
    return user


@action("accounts.grant", permission=MANAGE, subject=lambda grant: {"grant_id": grant.pk})
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    valid_from: date,
    unit_id: int | None = None,
    tier: str = "",
    source: str = "",
) -> Grant:
    """Gives a role at a unit subtree and tier from a day on. Raises NotFound for a unit outside the actor's area."""
    scope = actor.scope(MANAGE)
    if not scope.is_everything and (unit_id is None or not scope.units([unit_id])):
        raise NotFound(str(unit_id or ""))
    return Grant.objects.create(
        user=user, role=role, unit_id=unit_id, tier=tier, valid_from=valid_from, source=source
    )
