"""Acts on accounts: open one, grant a role."""

from __future__ import annotations

from datetime import date

from hientai.apps.accounts.models import Grant, SavedView, User
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


KEEP = "organization.read"  # whoever may open a screen of records may keep a question of it
MOST_KEPT = 50


@action("accounts.save_view", permission=KEEP, subject=lambda view: {"view_id": view.pk, "page": view.page})
def save_view(*, actor: Actor, page: str, name: str, query: str) -> SavedView:
    """Keeps a question under a name; the same name again replaces it. Raises Refused without a name or above 50."""
    named = " ".join(name.split())[:80]
    if not named:
        raise Refused("name_missing", say("Hãy đặt tên để lưu."), "name")
    own = SavedView.objects.filter(user_id=actor.user_id)
    if own.count() >= MOST_KEPT:
        raise Refused("too_many_kept", say("Đã lưu {most} mục; hãy bỏ bớt.", most=MOST_KEPT), "name")
    view, _new = SavedView.objects.update_or_create(
        user_id=actor.user_id, page=page, name=named, defaults={"query": query[:1500]}
    )
    return view


@action("accounts.forget_view", permission=KEEP, subject=lambda page: {"page": page})
def forget_view(*, actor: Actor, view_id: int) -> str:
    """Takes a kept question away; returns the screen it was for. Raises NotFound for somebody else's."""
    view = SavedView.objects.filter(pk=view_id, user_id=actor.user_id).first()
    if view is None:
        raise NotFound(str(view_id))
    view.delete()
    return view.page
