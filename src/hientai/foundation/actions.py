"""`@action`: the only way to write. Permission, transaction and audit event around one act."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from hientai.foundation import audit
from hientai.foundation.actor import Actor

Params = ParamSpec("Params")
Result = TypeVar("Result")
Subject = Callable[[Any], Mapping[str, int | str]]


def action(
    name: str, *, permission: str, subject: Subject | None = None
) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """Makes a service of a function whose arguments are keyword-only and include `actor`.

    name: what the audit trail calls it (`cadres.import`); permission: checked before anything happens;
    subject: from the result to the ids and codes (never names) that the audit event keeps.
    """

    def wrap(act: Callable[Params, Result]) -> Callable[Params, Result]:
        @functools.wraps(act)
        def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)
            actor.check_may(permission)
            with transaction.atomic():
                result = act(*args, **kwargs)
                audit.record(actor=actor, action=name, details=dict(subject(result)) if subject else {})
            return result

        run.action_name = name  # type: ignore[attr-defined]
        run.permission = permission  # type: ignore[attr-defined]
        return run

    return wrap
