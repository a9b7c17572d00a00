"""Questions of the register: documents on a day, their values, what rests on them, proposals, targets, drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count
from django.urls import reverse

from hientai.apps.organization import selectors as organization
from hientai.apps.regulations.drafts import parsed_draft
from hientai.apps.regulations.models import (
    DocumentText,
    DraftRules,
    OfficeDocument,
    OfficeTarget,
    ValueProposal,
)
from hientai.apps.regulations.picture import timeline_of
from hientai.apps.regulations.register import entries, entry_of
from hientai.apps.regulations.types import (
    DocumentPage,
    DraftRow,
    Kind,
    Outcome,
    ParameterRow,
    Proposal,
    RegisterRow,
    Secrecy,
    Status,
    TargetRow,
    TextRow,
    Timeline,
)
from hientai.apps.regulations.values import stored_local_value
from hientai.engines.criteria.tree import Citation, Direction, Standard
from hientai.engines.errors import BadInput
from hientai.engines.vitext import search_key
from hientai.engines.wording import Sentence, say
from hientai.foundation.actor import Actor
from hientai.foundation.citing import records_citing
from hientai.foundation.errors import NotFound
from hientai.foundation.rules import plain_rulebook, rulebook
from hientai.rulebook.book import Document
from hientai.rulebook.overlay import model_of
from hientai.rulebook.register import Entry
from hientai.rulebook.targets import Target

READ = "regulations.read"


def document_url(code: str) -> str:
    """The address of a document's page; "" where the register does not have it."""
    entry = entry_of(code)
    return "" if entry is None else reverse("regulation", args=[entry.slug])


def documents(
    *, actor: Actor, as_of: date, text: str = "", status: str = "", issuer: str = ""
) -> list[RegisterRow]:
    """The register on a day, newest first; `text` is found in number and title without accents."""
    actor.check_may(READ)
    wanted = search_key(text)
    return [
        row
        for row in reversed(_rows(as_of))
        if (not wanted or wanted in search_key(f"{row.code} {row.title}"))
        and (not status or row.status == status)
        and (not issuer or row.issuer == issuer)
    ]


def issuers(*, actor: Actor, as_of: date) -> list[str]:
    """Who has issued documents of the register, in order of the alphabet."""
    actor.check_may(READ)
    return sorted({row.issuer for row in _rows(as_of)})


def _rows(as_of: date) -> list[RegisterRow]:
    known = entries()
    later: dict[str, list[str]] = {}
    for entry in known:
        for code in entry.replaces:
            later.setdefault(code, []).append(entry.code)
    secrecy = dict(OfficeDocument.objects.values_list("code", "secrecy"))
    book = {document.code: document for document in rulebook().documents}
    found = [_row(entry, as_of, later, secrecy, book.get(entry.code)) for entry in known]
    return sorted(found, key=lambda row: (row.valid_from or row.signed or date.min, row.code))


def _row(
    entry: Entry, as_of: date, later: dict[str, list[str]], secrecy: dict[str, str], document: Document | None
) -> RegisterRow:
    versions = [] if document is None else [v for many in document.parameters.values() for v in many]
    return RegisterRow(
        entry.code, entry.slug, entry.title, entry.issuer, entry.signed, entry.valid_from, entry.valid_to,
        entry.verified, _status(entry, as_of), "office" if entry.code in secrecy else "rulebook",
        Secrecy(secrecy.get(entry.code, Secrecy.OPEN)), entry.replaces, tuple(later.get(entry.code, ())), entry.note,
        0 if document is None else len(document.standards), len(versions), sum(not v.verified for v in versions),
    )  # fmt: skip


def _status(entry: Entry, day: date) -> Status:
    found = entry.in_force_on(day)
    if found is None:
        return Status.UNKNOWN
    if found:
        return Status.IN_FORCE
    return Status.EXPIRED if entry.valid_to is not None and entry.valid_to <= day else Status.NOT_YET


def document(*, actor: Actor, as_of: date, slug: str) -> DocumentPage:
    """One document with its texts, values on the day (all versions), standards and targets. Raises NotFound."""
    actor.check_may(READ)
    row = next((row for row in _rows(as_of) if slug in (row.slug, row.code)), None)
    if row is None:
        raise NotFound(slug)
    rules = next((one for one in rulebook().documents if one.code == row.code), None)
    own = _values_of_units(actor, row.code)
    return DocumentPage(
        row,
        _texts(row.code),
        () if rules is None else tuple(_values_of(rules, own)),
        () if rules is None else tuple(rules.standards.values()),
        tuple(one for one in _targets(actor, as_of, [row])),
        () if rules is None else tuple(rules.sources.items()),
    )


def _texts(code: str) -> tuple[TextRow, ...]:
    kept = DocumentText.objects.filter(document=code).defer("content").order_by("pk")
    return tuple(TextRow(t.pk, t.name, t.size, t.digest, t.added_at, "") for t in kept)


def text_content(*, actor: Actor, as_of: date, text_id: int) -> tuple[str, bytes]:
    """The name and bytes of a file of a text. Raises NotFound."""
    actor.check_may(READ)
    kept = DocumentText.objects.filter(pk=text_id).first()
    if kept is None:
        raise NotFound(str(text_id))
    return kept.name, bytes(kept.content)


def texts_of(*, actor: Actor, as_of: date, code: str) -> list[TextRow]:
    """The files kept with a document."""
    actor.check_may(READ)
    return list(_texts(code))


def citing(*, actor: Actor, as_of: date, slug: str) -> list[tuple[str, int]]:
    """How many records of each kind name the document as their source; numbers only, no person."""
    actor.check_may(READ)
    entry = entry_of(slug)
    if entry is None:
        raise NotFound(slug)
    return records_citing(entry.code)


def parameters(*, actor: Actor, as_of: date, key: str = "", doubtful: bool = False) -> list[ParameterRow]:
    """Values of the documents in force on a day; with `key`, of every document ever, by day.

    doubtful: only those nobody has confirmed against the text.
    """
    actor.check_may(READ)
    own = _values_of_units(actor)
    found = [
        row
        for one in rulebook().documents
        if key or one.in_force_on(as_of)
        for row in _values_of(one, own)
        if (not key or row.key == key)
        and (key or row.parameter is None or row.parameter.holds_on(as_of))
        and (not doubtful or row.parameter is None or not row.parameter.verified)
    ]
    return found if key else sorted(found, key=lambda row: (row.key, row.document))


def _values_of_units(actor: Actor, document: str = "") -> list[ParameterRow]:
    """The values that units have set for themselves, of one document or all."""
    rows = ValueProposal.objects.filter(outcome=Outcome.CONFIRMED, at_unit__isnull=False).order_by("pk")
    kept = list(rows.filter(document=document) if document else rows)
    named = (
        organization.unit_name_histories(actor=actor, ids={row.at_unit_id for row in kept}) if kept else {}
    )
    found = []
    for row in kept:
        rules = plain_rulebook().document(row.document)
        try:
            local = stored_local_value(row, model_of(plain_rulebook(), rules, row.key))
        except BadInput:
            continue
        name = named[row.at_unit_id][-1][2]
        last = min(local.parameter.valid_to or date.max, rules.valid_to or date.max)
        shown = replace(local.parameter, valid_to=None if last == date.max else last)
        found.append(ParameterRow(row.key, rules.code, rules.slug, shown, "", is_local=True, at_unit=name))
    return found


def _values_of(one: Document, of_units: Iterable[ParameterRow]) -> Iterable[ParameterRow]:
    waiting = _waiting_by_key(one.code)
    own: dict[str, list[ParameterRow]] = {}
    for row in of_units:
        if row.document == one.code:
            own.setdefault(row.key, []).append(row)
    for key, versions in one.parameters.items():
        for version in versions:
            is_local = version.citation.document != one.code and _is_local(
                one.code, version.citation.document
            )
            yield ParameterRow(
                key, one.code, one.slug, version, version.note, waiting.get(key, 0), is_local
            )  # fmt: skip
        yield from own.get(key, ())
    for key, note in one.structure.items():
        yield ParameterRow(key, one.code, one.slug, None, note, waiting.get(key, 0))


def _waiting_by_key(code: str) -> dict[str, int]:
    waiting = ValueProposal.objects.filter(outcome=Outcome.PROPOSED, document=code)
    return dict(waiting.values_list("key").annotate(Count("pk")))


def _is_local(document: str, setting: str) -> bool:
    return ValueProposal.objects.filter(
        kind=Kind.LOCAL, outcome=Outcome.CONFIRMED, document=document, local_document=setting
    ).exists()


def proposals(
    *, actor: Actor, as_of: date, key: str = "", waiting: bool = False, proposal_id: int | None = None
) -> list[Proposal]:
    """Proposed values, newest first."""
    actor.check_may(READ)
    rows = ValueProposal.objects.select_related("text").defer("text__content").order_by("-pk")
    if key:
        rows = rows.filter(key=key)
    if waiting:
        rows = rows.filter(outcome=Outcome.PROPOSED)
    if proposal_id is not None:
        rows = rows.filter(pk=proposal_id)
    kept = list(rows)
    ids = {row.at_unit_id for row in kept if row.at_unit_id is not None}
    named = organization.unit_name_histories(actor=actor, ids=ids) if ids else {}
    return [_proposal(row, named[row.at_unit_id][-1][2] if row.at_unit_id else "") for row in kept]


def proposal(*, actor: Actor, as_of: date, proposal_id: int) -> Proposal:
    """One proposal. Raises NotFound."""
    found = proposals(actor=actor, as_of=as_of, proposal_id=proposal_id)
    if not found:
        raise NotFound(str(proposal_id))
    return found[0]


def _proposal(row: ValueProposal, at_unit: str) -> Proposal:
    return Proposal(
        row.pk, Kind(row.kind), row.document, row.key, row.value, row.unit, row.article, row.quotation,
        row.local_document, row.pilot, row.valid_from, row.valid_to, row.starts_on, row.text_id,
        row.text.name if row.text else "", row.proposed_by, row.proposer, row.proposed_at, Outcome(row.outcome),
        row.decider, row.decided_at, row.reason, at_unit,
    )  # fmt: skip


def targets(*, actor: Actor, as_of: date, measure: str = "", unit_id: int | None = None) -> list[TargetRow]:
    """Targets of documents in force on a day, those with the nearest day first; `measure` keeps one measure's.

    unit_id: targets set for that unit, beside those for everybody. A dashboard holds its figure against
    `row.target.is_reached_by(figure)`.
    """
    actor.check_may(READ)
    force = [row for row in _rows(as_of) if row.status == Status.IN_FORCE]
    rows = _targets(actor, as_of, force)
    wanted = [row for row in rows if not measure or row.target.measure == measure]
    return [row for row in wanted if unit_id is None or row.unit_id in (None, unit_id)]


def _targets(actor: Actor, as_of: date, documents: Sequence[RegisterRow]) -> list[TargetRow]:
    known = {row.code for row in documents}
    found = [
        (document.code, target, None)
        for document in plain_rulebook().documents
        for target in document.targets
    ]
    kept = OfficeTarget.objects.order_by("pk")
    found += [(row.document, _office_target(row), row.unit_id) for row in kept]
    kept_ids = [unit for code, _, unit in found if unit is not None and code in known]
    names = organization.unit_names(actor=actor, as_of=as_of, ids=kept_ids) if kept_ids else {}
    rows = [
        TargetRow(code, target, unit, names.get(unit or 0, ""), target.due is not None and target.due < as_of)
        for code, target, unit in found
        if code in known
    ]
    return sorted(rows, key=lambda row: (row.target.due or date.max, row.document, row.target.key))


def _office_target(row: OfficeTarget) -> Target:
    return Target(
        row.key, row.measure, Sentence(row.scope), float(row.value), row.measured_in, Direction(row.direction),
        row.due_on, Citation(row.document, row.article), verified=True,
    )  # fmt: skip


def timeline(*, actor: Actor, as_of: date) -> Timeline:
    """The picture of regimes: documents that set rules, a line a subject, on one scale of years."""
    actor.check_may(READ)
    rows = {row.code: row for row in _rows(as_of)}
    book = plain_rulebook()
    return timeline_of([(rows[one.code], one) for one in book.documents], as_of)


def drafts(*, actor: Actor, as_of: date) -> list[DraftRow]:
    """Drafts of rules, newest first."""
    actor.check_may(READ)
    kept = DraftRules.objects.defer("text").order_by("-added_at", "-pk")
    return [DraftRow(d.pk, d.code, d.slug, d.title, tuple(d.standards), "", d.added_at) for d in kept]


def draft_standard(*, actor: Actor, as_of: date, code: str, standard: str) -> Standard | None:
    """The version of a standard that a draft of that code or slug would set; None where there is no such draft.

    Raises BadInput `unknown_standard` where the draft does not set it.
    """
    actor.check_may(READ)
    kept = DraftRules.objects.filter(code=code).first() or DraftRules.objects.filter(slug=code).first()
    if kept is None:
        return None
    document = parsed_draft(kept.text)
    if standard not in document.standards:
        said = say(
            "Văn bản “{document}” không có tiêu chuẩn “{code}”.", document=document.code, code=standard
        )
        raise BadInput("unknown_standard", said, standard)
    return document.standards[standard]


def codes_known(*, actor: Actor, as_of: date) -> Sequence[str]:
    """Every number of the register, for choosing one."""
    actor.check_may(READ)
    return [entry.code for entry in entries()]
