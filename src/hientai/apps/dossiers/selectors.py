"""Questions about dossiers. A paper of any level is seen to exist; its content opens only for those of its level."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count, QuerySet

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import PersonRow
from hientai.apps.dossiers import models, states
from hientai.apps.dossiers.deadlines import next_step, share
from hientai.apps.dossiers.drawing import Declarant, digest_of, draw
from hientai.apps.dossiers.templates_in_use import kind_of, template_of, templates_on
from hientai.apps.dossiers.types import (
    DECLARATIONS_READ,
    DECLARATIONS_WRITE,
    MAY_OPEN,
    NEXT_STEP_LABELS,
    READ,
    SETTLED,
    AppraisalRow,
    Board,
    DeclarationKind,
    DeclarationRow,
    DeclarationStep,
    DossierCard,
    DossierRow,
    DrawingRow,
    Expiring,
    ItemRow,
    Opened,
    PaperRow,
    PaperState,
    PurposeRow,
    VersionRow,
)
from hientai.apps.organization import selectors as organization
from hientai.engines.interval import last_day
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused
from hientai.rulebook.dossiers import DossierTemplate, Kept, PaperKind, Secrecy


def templates(*, actor: Actor, as_of: date) -> list[DossierTemplate]:
    """Templates that an office may adopt on a day."""
    actor.check_may(READ)
    return templates_on(as_of)


def template(*, actor: Actor, as_of: date, code: str) -> DossierTemplate:
    """One template, in force or not; raises NotFound."""
    actor.check_may(READ)
    return template_of(code)


def purposes(*, actor: Actor, as_of: date) -> list[PurposeRow]:
    """Purposes opened by `as_of`, newest first, with the dossiers in the actor's scope counted."""
    actor.check_may(READ)
    found = list(models.Purpose.objects.filter(opened_on__lte=as_of).order_by("-opened_on", "-id"))
    dossiers: dict[int, list[int]] = defaultdict(list)
    for purpose, dossier in (
        models.Dossier.objects.visible_to(actor, READ)
        .filter(opened_on__lte=as_of)
        .order_by("id")
        .values_list("purpose_id", "id")
    ):
        dossiers[purpose].append(dossier)
    known = states.standing((one for ids in dossiers.values() for one in ids), as_of)
    return [_counted(_row(one), dossiers[one.id], known, as_of) for one in found]


def _row(purpose: models.Purpose) -> PurposeRow:
    return PurposeRow(
        purpose.id, purpose.title, template_of(purpose.template), purpose.needed_on, purpose.opened_on,
        closed_on=purpose.closed_on,
    )  # fmt: skip


def _counted(row: PurposeRow, dossiers: list[int], known: states.Standing, as_of: date) -> PurposeRow:
    counts: Counter[str] = Counter()
    complete = 0
    for dossier in dossiers:
        line = [cell.state for cell in states.cells(row.template, dossier, known, as_of, row.needed_on)]
        counts.update(line)
        complete += all(state in SETTLED for state in line)
    return replace(row, people=len(dossiers), complete=complete, states=dict(counts))


def purpose(*, actor: Actor, as_of: date, purpose_id: int) -> PurposeRow:
    """One purpose without counts; raises NotFound."""
    actor.check_may(READ)
    return _row(_purpose(purpose_id, as_of))


def purpose_of(*, actor: Actor, as_of: date, reference: str) -> PurposeRow | None:
    """The purpose that a procedure asked for by its `reference`, dossiers in scope counted; None when none is open."""
    actor.check_may(READ)
    found = models.Purpose.objects.filter(reference=reference, opened_on__lte=as_of).order_by("id").first()
    if found is None:
        return None
    seen = models.Dossier.objects.visible_to(actor, READ).filter(purpose=found, opened_on__lte=as_of)
    ids = list(seen.order_by("id").values_list("id", flat=True))
    return _counted(_row(found), ids, states.standing(ids, as_of), as_of)


def _purpose(purpose_id: int, as_of: date) -> models.Purpose:
    found = models.Purpose.objects.filter(pk=purpose_id, opened_on__lte=as_of).first()
    if found is None:
        raise NotFound(str(purpose_id))
    return found


def board(*, actor: Actor, as_of: date, purpose_id: int) -> Board:
    """People x papers of a purpose, by given name; everybody in the actor's scope."""
    row = purpose(actor=actor, as_of=as_of, purpose_id=purpose_id)
    dossiers = dict(
        models.Dossier.objects.visible_to(actor, READ)
        .filter(purpose_id=purpose_id, opened_on__lte=as_of)
        .values_list("person_id", "id")
    )
    people = _people(actor, as_of, dossiers)
    known = states.standing(dossiers.values(), as_of)
    rows = tuple(
        DossierRow(
            dossiers[person.id], person.id, person.code, person.name, person.position, person.unit, person.unit_id,
            states.cells(row.template, dossiers[person.id], known, as_of, row.needed_on),
        )
        for person in people
    )  # fmt: skip
    found = Board(row, rows, as_of)
    return replace(found, purpose=replace(row, people=len(rows), complete=found.complete))


def _people(actor: Actor, as_of: date, ids: Iterable[int]) -> list[PersonRow]:
    """List lines of people already scoped, by given name the Vietnamese way."""
    ordered = cadres.in_name_order(actor=actor, as_of=as_of, ids=list(ids))
    return cadres.rows(actor=actor, as_of=as_of, ids=ordered)


def dossier(*, actor: Actor, as_of: date, dossier_id: int) -> DossierCard:
    """One dossier with every version, appraisal and waiver; raises NotFound outside the actor's scope."""
    found = (
        _visible(actor)
        .filter(pk=dossier_id, opened_on__lte=as_of)
        .select_related("purpose", "person")
        .first()
    )
    if found is None:
        raise NotFound(str(dossier_id))
    template = template_of(found.purpose.template)
    known = states.standing([found.id], as_of)
    line = states.cells(template, found.id, known, as_of, found.purpose.needed_on)
    versions = _versions(found.id, as_of)
    waivers = {
        waiver.item: waiver
        for waiver in models.Waiver.objects.filter(dossier_id=found.id, decided_on__lte=as_of).order_by("id")
    }
    items = []
    for kind, cell in zip(template.papers, line, strict=True):
        waiver = waivers.get(kind.code) if cell.state == PaperState.WAIVED else None
        opens = may_open(actor=actor, as_of=as_of, dossier_id=found.id, secrecy=kind.secrecy)
        shown = (
            versions[kind.code] if opens else [replace(v, name="", digest="") for v in versions[kind.code]]
        )
        items.append(
            ItemRow(
                kind, cell.state, cell.label, cell.valid_until, opens, tuple(shown),
                waiver.ground if waiver else "", waiver.decided_by if waiver else "",
            )
        )  # fmt: skip
    names = cadres.rows(actor=actor, as_of=as_of, ids=[found.person_id])
    return DossierCard(
        found.id, found.person_id, found.person.code, names[0].name if names else found.person.code,
        _row(found.purpose), tuple(items), as_of,
    )  # fmt: skip


def _visible(actor: Actor) -> QuerySet:
    return models.Dossier.objects.visible_to(actor, READ)


def _versions(dossier_id: int, as_of: date) -> dict[str, list[VersionRow]]:
    """Every version by line, newest first."""
    said: dict[int, list[AppraisalRow]] = defaultdict(list)
    for one in models.Appraisal.objects.filter(
        version__dossier_id=dossier_id, appraised_on__lte=as_of
    ).order_by("-id"):
        said[one.version_id].append(
            AppraisalRow(
                one.outcome, one.get_outcome_display(), one.reason, one.appraised_by, one.recorded_at
            )
        )
    found: dict[str, list[VersionRow]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for v in models.PaperVersion.objects.filter(dossier_id=dossier_id, received_on__lte=as_of).order_by(
        "item", "part", "-number"
    ):
        found[v.item].append(
            VersionRow(
                v.id, v.number, v.part, v.name, v.kind, v.size, v.digest, v.pages, v.issued_on, last_day(v.valid_to),
                v.certified, v.signed, v.scanned, v.record, v.uploaded_by, v.user_id, v.received_on,
                tuple(said[v.id]), (v.item, v.part) not in seen,
            )
        )  # fmt: skip
        seen.add((v.item, v.part))
    return found


def may_open(*, actor: Actor, as_of: date, dossier_id: int, secrecy: Secrecy) -> bool:
    """Whether the actor may read the content of a level in this dossier.

    One's own dossier opens for ordinary papers only: what others wrote about oneself needs the level like any other.
    """
    for permission in MAY_OPEN[secrecy]:
        if not actor.may(permission) and secrecy != Secrecy.ORDINARY:
            continue
        scope = actor.scope(permission)
        if secrecy != Secrecy.ORDINARY:
            scope = replace(scope, own_person_code="")
        seen = scope.sql(unit="person__held_by_id", tier="person__tier", person="person__code")
        found = models.Dossier.objects.filter(pk=dossier_id)
        if (found if seen is None else found.filter(seen)).exists():
            return True
    return False


def version_to_open(*, actor: Actor, as_of: date, version_id: int) -> Opened:
    """A version whose content the actor may read.

    Raises NotFound outside the scope, Forbidden without the level of the paper, Refused when no content is kept.
    """
    version = (
        models.PaperVersion.objects.filter(pk=version_id, dossier__in=_visible(actor))
        .select_related("dossier__purpose", "dossier__person")
        .first()
    )
    if version is None:
        raise NotFound(str(version_id))
    kind = kind_of(template_of(version.dossier.purpose.template), version.item)
    if not may_open(actor=actor, as_of=as_of, dossier_id=version.dossier_id, secrecy=kind.secrecy):
        raise Forbidden(MAY_OPEN[kind.secrecy][-1])
    if not version.digest:
        raise Refused(
            "no_content_kept", say("Giấy tờ này chỉ ghi tình trạng, không lưu nội dung."), str(version_id)
        )
    return Opened(
        version.id, version.dossier.person_id, version.dossier.person.code, kind.title, version.kind, version.name,
        version.digest, kind.secrecy,
    )  # fmt: skip


def papers_to_bundle(
    *, actor: Actor, as_of: date, dossier_id: int
) -> tuple[DossierCard, list[tuple[PaperKind, VersionRow]]]:
    """A dossier and the newest versions whose content the actor may read, in the order of the template."""
    card = dossier(actor=actor, as_of=as_of, dossier_id=dossier_id)
    chosen = [
        (item.kind, version)
        for item in card.items
        if item.may_open and item.kind.kept == Kept.FILE
        for version in sorted(item.versions, key=lambda v: v.part)
        if version.is_newest
    ]
    return card, chosen


def dossiers_of(*, actor: Actor, as_of: date, person_id: int) -> list[tuple[PurposeRow, DossierRow]]:
    """The dossiers of one person, newest purpose first; empty outside the actor's scope."""
    found = list(
        _visible(actor)
        .filter(person_id=person_id, opened_on__lte=as_of)
        .select_related("purpose", "person")
        .order_by("-purpose__opened_on", "-id")
    )
    known = states.standing([one.id for one in found], as_of)
    answer = []
    for one in found:
        row = _row(one.purpose)
        line = states.cells(row.template, one.id, known, as_of, row.needed_on)
        answer.append((row, DossierRow(one.id, person_id, one.person.code, "", "", "", None, line)))
    return answer


def completeness(*, actor: Actor, as_of: date, purpose_id: int, person_id: int) -> DossierRow | None:
    """Where one person's papers for a purpose stand; None when no dossier was opened or it is out of scope."""
    for row, line in dossiers_of(actor=actor, as_of=as_of, person_id=person_id):
        if row.id == purpose_id:
            return line
    return None


def expiring(*, actor: Actor, as_of: date, until: date) -> list[Expiring]:
    """Newest papers of open purposes whose last good day lies in [as_of - 1 year, until], soonest first."""
    actor.check_may(READ)
    dossiers = {
        one.id: one
        for one in _visible(actor)
        .filter(opened_on__lte=as_of, purpose__closed_on__isnull=True)
        .select_related("purpose", "person")
    }
    known = states.standing(dossiers, as_of)
    names = {
        row.id: row.name
        for row in cadres.rows(actor=actor, as_of=as_of, ids=[one.person_id for one in dossiers.values()])
    }
    found = []
    for (dossier_id, item), parts in known.parts.items():
        last = last_day(min((part.valid_to for part in parts if part.valid_to), default=None))
        if last is None or last > until or (dossier_id, item) in known.waived:
            continue
        one = dossiers[dossier_id]
        kind = kind_of(template_of(one.purpose.template), item)
        found.append(
            Expiring(
                dossier_id, one.purpose.title, one.person.code, names.get(one.person_id, one.person.code), item,
                kind.title, last, one.purpose.needed_on,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.valid_until, one.name, one.code, one.item))


def reminders(*, actor: Actor, as_of: date) -> Counter[str]:
    """How many papers of open purposes are in each state; for the home page. Four statements."""
    actor.check_may(READ)
    found: Counter[str] = Counter()
    dossiers = list(
        _visible(actor)
        .filter(opened_on__lte=as_of, purpose__closed_on__isnull=True)
        .values_list("id", "purpose__template", "purpose__needed_on")
    )
    known = states.standing((dossier for dossier, _, _ in dossiers), as_of)
    for dossier_id, template, needed_on in dossiers:
        found.update(
            c.state for c in states.cells(template_of(template), dossier_id, known, as_of, needed_on)
        )
    return found


def papers_in_state(*, actor: Actor, as_of: date, state: str) -> list[PaperRow]:
    """Papers of open purposes that are in a state, by purpose, then by given name."""
    actor.check_may(READ)
    dossiers = {
        (one.purpose_id, one.person_id): one
        for one in _visible(actor)
        .filter(opened_on__lte=as_of, purpose__closed_on__isnull=True)
        .select_related("purpose", "person")
    }
    known = states.standing((one.id for one in dossiers.values()), as_of)
    people = _people(actor, as_of, {one.person_id for one in dossiers.values()})
    found = []
    for purpose_id in sorted({purpose for purpose, _ in dossiers}, reverse=True):
        for person in people:
            one = dossiers.get((purpose_id, person.id))
            if one is None:
                continue
            row = _row(one.purpose)
            found += [
                PaperRow(one.id, row.title, person.code, person.name, kind.code, kind.title)
                for kind, cell in zip(
                    row.template.papers,
                    states.cells(row.template, one.id, known, as_of, row.needed_on),
                    strict=True,
                )
                if cell.state == state
            ]
    return found


def versions_kept(*, actor: Actor, as_of: date) -> dict[str, int]:
    """SHA-256 of every file kept and how many versions rest on it; for `verify`."""
    actor.check_may(READ)
    found = models.PaperVersion.objects.exclude(digest="").values("digest").annotate(n=Count("id"))
    return dict(found.order_by("digest").values_list("digest", "n"))


def declarants(*, actor: Actor, as_of: date, year: int) -> list[Declarant]:
    """Everybody who owes the yearly declaration of a year, by code; for the drawing, which is about the whole list."""
    actor.check_may(DECLARATIONS_WRITE)
    found = models.Declaration.objects.filter(kind=DeclarationKind.ANNUAL, year=year, opened_on__lte=as_of)
    rows = found.order_by("person__code").values_list("person__code", "unit_id", "leads")
    return [Declarant(code, unit, leads) for code, unit, leads in rows]


def declarations(*, actor: Actor, as_of: date, year: int, only: str = "") -> list[DeclarationRow]:
    """Declarations of a year in the actor's scope with the next step and its last day, late ones first.

    only: `late`, `open`, `chosen` or "" for all. What was done after `as_of` is not done yet.
    """
    actor.check_may(DECLARATIONS_READ)
    scope = replace(actor.scope(DECLARATIONS_READ), own_person_code="")
    seen = scope.sql(unit="person__held_by_id", tier="person__tier")
    found = models.Declaration.objects.filter(year=year, opened_on__lte=as_of)
    rows = list((found if seen is None else found.filter(seen)).select_related("person").order_by("id"))
    drawn = models.Drawing.objects.filter(year=year, drawn_on__lte=as_of).first()
    chosen = set(drawn.chosen) if drawn else set()
    people = {
        row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=[one.person_id for one in rows])
    }
    units = organization.unit_names(actor=actor, as_of=as_of, ids={one.unit_id for one in rows})
    made = [
        _declaration(
            one, people, units, as_of, one.person.code in chosen and one.kind == DeclarationKind.ANNUAL
        )
        for one in rows
    ]
    kept = [
        row for row in made
        if not only or {"late": row.is_late, "open": bool(row.next_step), "chosen": row.chosen}.get(only, False)
    ]  # fmt: skip
    return sorted(
        kept, key=lambda row: (not row.is_late, row.next_due or date.max, row.name, row.code, row.id)
    )


def _declaration(
    one: models.Declaration, people: dict[int, PersonRow], units: dict[int, str], as_of: date, chosen: bool
) -> DeclarationRow:
    days = {step.value: getattr(one, step.value) for step in DeclarationStep}
    done = {name: day if day is not None and day <= as_of else None for name, day in days.items()}
    step, due = next_step(done, one.due_on, chosen=chosen)
    person = people.get(one.person_id)
    return DeclarationRow(
        one.id, one.person_id, one.person.code, person.name if person else one.person.code,
        units.get(one.unit_id, ""), one.kind, one.get_kind_display(), one.year, one.due_on, done["filed_on"],
        tuple((str(s.label), done[s.value]) for s in DeclarationStep), step,
        str(NEXT_STEP_LABELS[DeclarationStep(step)]) if step else "", due, due is not None and due < as_of, chosen,
    )  # fmt: skip


def drawing(*, actor: Actor, as_of: date, year: int) -> DrawingRow | None:
    """The drawing of a year, drawn again to see that it agrees; None before it took place."""
    actor.check_may(DECLARATIONS_READ)
    kept = models.Drawing.objects.filter(year=year, drawn_on__lte=as_of).first()
    if kept is None:
        return None
    found = models.Declaration.objects.filter(
        kind=DeclarationKind.ANNUAL, year=year, opened_on__lte=kept.drawn_on
    )
    listed = [Declarant(*row) for row in found.values_list("person__code", "unit_id", "leads")]
    least = share(kept.drawn_on)
    again = draw(kept.seed, listed, least)
    names = organization.unit_names(actor=actor, as_of=as_of, ids=again.without)
    agrees = digest_of(one.code for one in listed) == kept.digest and list(again.chosen) == kept.chosen
    return DrawingRow(
        kept.id, year, kept.seed, kept.digest, kept.declarants, math.ceil(kept.declarants * least),
        tuple(kept.chosen), again.leading, tuple(names.get(unit, "") for unit in again.without), kept.drawn_on,
        kept.drawn_by, agrees,
    )  # fmt: skip
