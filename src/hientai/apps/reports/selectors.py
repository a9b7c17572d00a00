"""Questions of reports: the catalogue, one report answered, the frozen ones and what a file is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import translation

from hientai.apps.reports.models import FrozenReport
from hientai.apps.reports.types import Asked, FrozenRow, Verified, mark_of
from hientai.engines.errors import BadInput, HienTaiError
from hientai.engines.wording import say
from hientai.foundation import encryption, registry
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Report
from hientai.foundation.documents.stored import as_fields, of_text
from hientai.foundation.documents.writing import WRITERS
from hientai.foundation.errors import NotFound
from hientai.foundation.registry import ReportSource

EXPORT = "exchange.export"
_MARK = re.compile(rb"[0-9a-f]{16}")


def catalogue(*, actor: Actor, as_of: date) -> list[ReportSource]:
    """The reports the actor may ask for."""
    return [source for source in registry.reports() if actor.may(source.permission)]


def source_of(*, actor: Actor, as_of: date, code: str) -> ReportSource:
    """One entry of the catalogue; raises NotFound, Forbidden."""
    source = next((source for source in registry.reports() if source.code == code), None)
    if source is None:
        raise NotFound(code)
    actor.check_may(source.permission)
    return source


def answered(*, actor: Actor, as_of: date, asked: Asked) -> tuple[Asked, Report]:
    """The report, and the question with every option filled in. Raises BadInput for what it does not ask."""
    source = source_of(actor=actor, as_of=as_of, code=asked.report)
    whole = Asked(asked.report, asked.unit, _options(source, actor, as_of, asked.options))
    return whole, source.build(actor=actor, as_of=as_of, unit=whole.unit, options=whole.options)


def _options(
    source: ReportSource, actor: Actor, as_of: date, given: Mapping[str, str]
) -> dict[str, str]:  # fmt: skip
    unknown = sorted(set(given) - {option.name for option in source.options})
    if unknown:
        raise BadInput("unknown_option", say("Báo cáo không hỏi “{name}”.", name=unknown[0]), unknown[0])
    found = {}
    for option in source.options:
        known = [value for value, _label in option.choices(actor=actor, as_of=as_of)]
        chosen = given.get(option.name, "") or (known[0] if known else "")
        if chosen and chosen not in known:
            said = say("“{value}” không có trong: {known}.", value=chosen, known=", ".join(known[:20]))
            raise BadInput("unknown_choice", said, option.name)
        found[option.name] = chosen
    return found


def frozen(*, actor: Actor, as_of: date) -> list[FrozenRow]:
    """Frozen reports the actor may read, newest first: the own ones, and all where the actor sees all records."""
    return [_row(kept) for kept in _visible(actor).order_by("-frozen_at", "-id")]


def frozen_of(*, actor: Actor, as_of: date, code: str) -> FrozenRow:
    """One frozen report; raises NotFound."""
    return _row(_kept(actor, code))


def replay(*, actor: Actor, as_of: date, code: str, ending: str) -> bytes:
    """The bytes that were issued, written again from what was kept; raises NotFound, BadInput."""
    kept = _kept(actor, code)
    if ending not in WRITERS:
        raise BadInput("unknown_form", say("Không có dạng tệp “{ending}”.", ending=ending), ending)
    with translation.override(kept.language):
        return WRITERS[ending](of_text(encryption.reveal(kept.sealed)), mark_of(kept.code))


def verified(*, actor: Actor, as_of: date, content: bytes) -> Verified:
    """Whether a file is a frozen report as issued, can be written again, and what the records of now would change."""
    row = _issued(actor, content) or _claimed(actor, content)
    if row is None:
        return Verified(None)
    endings = [
        e
        for e in row.hashes
        if _hash(replay(actor=actor, as_of=as_of, code=row.code, ending=e)) == row.hashes[e]
    ]
    genuine = _hash(content) in row.hashes.values()
    return Verified(row, genuine, set(endings) == set(row.hashes), _differences(actor, row))


def _issued(actor: Actor, content: bytes) -> FrozenRow | None:
    wanted, is_one_of_its_files = _hash(content), Q()
    for ending in WRITERS:
        is_one_of_its_files |= Q(**{f"hashes__{ending}": wanted})
    found = _visible(actor).filter(is_one_of_its_files).order_by("id").first()
    return _row(found) if found else None


def _claimed(actor: Actor, content: bytes) -> FrozenRow | None:
    """The frozen report a file names that is not as issued: the mark stands in plain text or in a zip member."""
    codes = {found.decode() for part in _parts(content) for found in _MARK.findall(part)}
    kept = _visible(actor).filter(code__in=codes).order_by("-frozen_at").first() if codes else None
    return _row(kept) if kept else None


def _parts(content: bytes) -> list[bytes]:
    import io
    import zipfile

    if not zipfile.is_zipfile(io.BytesIO(content)):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("docProps/")]


def _differences(actor: Actor, row: FrozenRow) -> int | None:
    """Lines that the same question asked today by the same actor would answer otherwise; None where it cannot be."""
    if row.user_id != actor.user_id and not actor.is_system:
        return None
    before = of_text(encryption.reveal(_kept(actor, row.code).sealed))
    try:
        with translation.override(row.language):
            _asked, now = answered(actor=actor, as_of=row.as_of, asked=row.asked)
    except HienTaiError:
        return None
    return _unequal(before, now)


def _unequal(before: Report, now: Report) -> int:
    old, new = as_fields(before), as_fields(now)
    lines = {str(line) for table in old["tables"] for line in table["lines"]}
    others = {str(line) for table in new["tables"] for line in table["lines"]}
    texts = sum(old[name] != new[name] for name in ("title", "subtitle", "opening", "notes"))
    return max(len(lines - others), len(others - lines)) + texts


def _visible(actor: Actor) -> QuerySet[FrozenReport]:
    actor.check_may(EXPORT)
    if actor.is_system:
        return FrozenReport.objects.all()
    own = Q(user_id=actor.user_id)
    return FrozenReport.objects.filter(own | Q(everywhere=True) if actor.scope(EXPORT).is_everything else own)


def _kept(actor: Actor, code: str) -> FrozenReport:
    found = _visible(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def _row(kept: FrozenReport) -> FrozenRow:
    return FrozenRow(
        code=kept.code,
        asked=Asked(kept.report, kept.unit_code, kept.options),
        title=kept.title,
        as_of=kept.as_of,
        language=kept.language,
        frozen_at=kept.frozen_at,
        frozen_by=kept.frozen_by,
        user_id=kept.user_id,
        records=kept.records,
        rules=kept.rules,
        program=kept.program,
        hashes=kept.hashes,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
