"""Acts on reports: freeze one, so that what was submitted can be read again as it was."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from django.utils.translation import get_language

from hientai.apps.reports import selectors
from hientai.apps.reports.models import FrozenReport, LockedDay
from hientai.apps.reports.types import Asked, mark_of
from hientai.engines.wording import say
from hientai.foundation import encryption, snapshot
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.documents.stored import as_text, of_text
from hientai.foundation.documents.writing import WRITERS
from hientai.foundation.errors import Refused
from hientai.foundation.rules import rules_version
from hientai.foundation.version import program_version


@action("reports.freeze", permission=selectors.EXPORT, subject=lambda code: {"frozen": code})
def freeze(*, actor: Actor, as_of: date, asked: Asked) -> str:
    """Answers the report and keeps it, with the hash of every form; returns its code.

    The same question of the same records, rules and program by the same actor is kept once.
    """
    whole, report = selectors.answered(actor=actor, as_of=as_of, asked=asked)
    content, language = as_text(report), (get_language() or "vi")[:2]
    made_from = {
        "records": snapshot.current().fingerprint,
        "rules": rules_version(),
        "program": program_version(),
    }
    statement = [content, whole.report, whole.unit, whole.options, as_of.isoformat(), language, actor.user_id]
    said = json.dumps([*statement, made_from], ensure_ascii=False, sort_keys=True)
    code = hashlib.sha256(said.encode()).hexdigest()[:16]
    if FrozenReport.objects.filter(code=code).exists():
        return code
    mark, kept = mark_of(code), of_text(content)
    FrozenReport.objects.create(
        code=code,
        report=whole.report,
        title=report.title,
        as_of=as_of,
        unit_code=whole.unit,
        options=whole.options,
        language=language,
        user_id=actor.user_id,
        frozen_by=actor.name,
        everywhere=actor.scope(selectors.EXPORT).is_everything,
        sealed=encryption.seal(content),
        hashes={ending: hashlib.sha256(write(kept, mark)).hexdigest() for ending, write in WRITERS.items()},
        **made_from,
    )
    return code


LOCK = "person.write"


@action("reports.lock_day", permission=LOCK, subject=lambda lock: {"lock_id": lock.pk})
def lock_day(*, actor: Actor, day: date, name: str) -> LockedDay:
    """Declares a day settled, as known now. Raises Refused for a day to come or without a name."""
    if day > actor.today:
        raise Refused("day_to_come", say("Chỉ khóa được ngày đã qua."), "day")
    named = " ".join(name.split())[:120]
    if not named:
        raise Refused("name_missing", say("Hãy ghi tên của lần khóa số liệu."), "name")
    return LockedDay.objects.create(day=day, name=named, user_id=actor.user_id, locked_by=actor.name)
