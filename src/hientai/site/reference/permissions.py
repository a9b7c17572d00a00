"""permissions.md: what each role may do, and every act that writes with the permission it asks for."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.site.reference.markdown import code, first_sentence, table, where

HEAD = """# Roles, permissions and acts

An account holds dated grants: a role at a unit subtree and a management tier. What a permission shows of people is cut
to these: row scope is compiled from the grants of today in `foundation/scoping.py`, once for SQL and once for columns.
Roles are written in `apps/accounts/policies.py`."""
ACTS = """## Acts

Every write to the records is one of these: a service under `@action`, which checks the permission, opens a transaction
and leaves an audit event of the name given here."""


def permissions() -> str:
    """Roles against permissions, then acts."""
    known = sorted(set().union(*PERMISSIONS.values()))
    roles = list(Role)
    granted = [[code(name), *(name in PERMISSIONS[role] for role in roles)] for name in known]
    matrix = table(["permission", *(f"{role.label} ({code(role.value)})" for role in roles)], granted)
    acts = table(
        ["act", "permission", "service", "what it does"],
        ([code(a.action_name), code(a.permission), code(where(a)), first_sentence(a)] for a in _acts()),
    )
    return "\n\n".join([HEAD, "## Roles", matrix, ACTS, acts])


def _acts() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if not config.name.startswith("hientai.apps."):
            continue
        for found in pkgutil.iter_modules(config.module.__path__):
            if found.name == "services":
                module = importlib.import_module(f"{config.name}.services")
                yield from (act for _name, act in inspect.getmembers(module) if _is_own_act(act, module))


def _is_own_act(thing: Any, module: Any) -> bool:
    return hasattr(thing, "action_name") and thing.__module__ == module.__name__
