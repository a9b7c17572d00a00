"""Accounts and the grants that say what they may see and do."""

from __future__ import annotations

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.apps.accounts.types import Role
from hientai.apps.organization.types import Tier
from hientai.foundation.temporal import EffectiveDated, history_constraints


class UserQuerySet(BaseUserManager):
    """Finds accounts by their user name, as Django's login asks."""

    def get_by_natural_key(self, username: str) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account; it belongs to a person when `person_code` names a personnel file."""

    username = models.CharField(_("Tên đăng nhập"), max_length=80, unique=True)
    display_name = models.CharField(max_length=150)
    person_code = models.CharField(max_length=40, blank=True, default="")
    is_active = models.BooleanField(default=True)

    objects = UserQuerySet()
    USERNAME_FIELD = "username"

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]


class Grant(EffectiveDated):
    """A role at a unit subtree and management tier, for a time. No unit: everywhere. No tier: every tier."""

    KEY = ("user_id", "unit_id", "role", "tier")

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey("organization.Unit", models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=20, choices=Tier, blank=True, default="")

    class Meta(EffectiveDated.Meta):
        constraints = history_constraints("grant", "user_id", text=("role", "tier"), optional=("unit_id",))


class SavedView(models.Model):
    """A question an account keeps under a name: the address of a screen without its day, filters and columns in it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=60, help_text="tên địa chỉ / name of the address")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="one_saved_view_per_name")
        ]
