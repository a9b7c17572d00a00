"""Questions about good records: shares of clean records, the records at fault, the trend, campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl
from django.db.models import Count, Sum

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.types import PersonOnFile
from hientai.apps.dossiers.types import Reading
from hientai.apps.integrity import evaluating, expunging, models
from hientai.apps.integrity.fields import values_of
from hientai.apps.integrity.proposals import records_of, row_of
from hientai.apps.integrity.types import (
    APPROVE,
    CAMPAIGN,
    EXPUNGE,
    OPEN,
    OWN,
    PROPOSE,
    READ,
    READ_WHAT,
    CampaignRow,
    CampaignUnitRow,
    DestructionRow,
    Fault,
    FaultRow,
    ProposalRow,
    Quality,
    ReadingRow,
    RuleCount,
    TrendPoint,
    UnitQuality,
)
from hientai.apps.organization import selectors as organization
from hientai.foundation import audit, snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.models import Tombstone
from hientai.rulebook.quality import QualityRule, Severity, load_quality_rules

_WHY = dict(Reading.choices)


def rules(*, actor: Actor, as_of: date) -> dict[str, QualityRule]:
    """Every rule by code."""
    actor.check_may(READ)
    return {rule.code: rule for rule in load_quality_rules()}


def rules_evaluated(*, actor: Actor, as_of: date) -> int:
    """How many faults the rules find in all records as of a day; kept, so that who asks later need not wait."""
    actor.check_may(READ)
    return int(evaluating.faults(as_of).select(pl.len()).collect().item())


def quality(*, actor: Actor, as_of: date, unit_id: int | None = None) -> Quality:
    """Clean records by rule and by the unit that keeps the files, worst share first; in the actor's scope."""
    known = rules(actor=actor, as_of=as_of)
    people = _people(actor, as_of, unit_id)
    found = evaluating.faults(as_of).join(people.lazy(), on="person_id", how="inner").collect()
    counted = found.group_by("rule").agg(people=pl.col("person_id").n_unique(), records=pl.len())
    counts = {rule: (persons, records) for rule, persons, records in counted.iter_rows()}
    units = _by_unit(actor, as_of, people, found, known)
    return Quality(
        as_of, people.height, sum(unit.clean for unit in units),
        tuple(RuleCount(rule, *counts.get(rule.code, (0, 0))) for rule in known.values()), tuple(units),
    )  # fmt: skip


def _people(actor: Actor, as_of: date, unit_id: int | None = None) -> pl.DataFrame:
    """person_id and unit_id (that keeps the file) of everybody in scope on a day."""
    generation = snapshot.current()
    ids = snapshot.people_ids(scope=actor.scope(READ), as_of=as_of, unit_id=unit_id, generation=generation)
    dated = ("valid_from", "valid_to")
    managed = generation.frame("managements", "person_id", "unit_id", *dated).filter(snapshot.valid_on(as_of))
    return managed.filter(pl.col("person_id").is_in(ids.implode())).select("person_id", "unit_id")


def _by_unit(
    actor: Actor, as_of: date, people: pl.DataFrame, found: pl.DataFrame, known: dict[str, QualityRule]
) -> list[UnitQuality]:
    grave = [code for code, rule in known.items() if rule.severity == Severity.ERROR]
    is_error = pl.col("rule").is_in(grave)
    counted = found.group_by("unit_id").agg(
        unclean=pl.col("person_id").filter(is_error).n_unique(),
        errors=is_error.sum(),
        warnings=(~is_error).sum(),
    )
    table = (
        people.group_by("unit_id").agg(people=pl.len()).join(counted, on="unit_id", how="left").fill_null(0)
    )
    names = organization.unit_names(actor=actor, as_of=as_of, ids=table.get_column("unit_id").to_list())
    rows = [
        UnitQuality(unit, names.get(unit, ""), persons, persons - unclean, faults, warnings)
        for unit, persons, unclean, faults, warnings in table.select(
            "unit_id", "people", "unclean", "errors", "warnings"
        ).iter_rows()
    ]
    return sorted(rows, key=lambda row: (row.clean / row.people, -row.people, row.unit, row.unit_id))


def faults_of(*, actor: Actor, as_of: date, person_id: int) -> list[Fault]:
    """What the rules find in one file, by rule; nothing outside the actor's scope."""
    known = rules(actor=actor, as_of=as_of)
    found = evaluating.faults(as_of).filter(pl.col("person_id") == person_id).collect()
    if found.is_empty() or _people(actor, as_of).filter(pl.col("person_id") == person_id).is_empty():
        return []
    rows = found.sort("rule", "record").select("rule", "record", "detail").iter_rows()
    return [Fault(known[rule], record, detail) for rule, record, detail in rows]


def records_at_fault(
    *, actor: Actor, as_of: date, rule: str = "", unit_id: int | None = None
) -> list[FaultRow]:
    """The records behind a number: of one rule, of one unit that keeps files; by given name."""
    known = rules(actor=actor, as_of=as_of)
    if rule and rule not in known:
        raise NotFound(rule)
    everybody = evaluating.faults(as_of)
    found = (everybody.filter(pl.col("rule") == rule) if rule else everybody).collect()
    if found.is_empty():
        return []
    people = _people(actor, as_of)
    if unit_id is not None:
        people = people.filter(pl.col("unit_id") == unit_id)
    found = found.join(people, on="person_id", how="inner")
    order = cadres.in_name_order(
        actor=actor, as_of=as_of, ids=found.get_column("person_id").unique().to_list()
    )
    rows = {row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=order)}
    names = organization.unit_names(actor=actor, as_of=as_of, ids=set(found.get_column("unit_id").to_list()))
    place = {person: number for number, person in enumerate(order)}
    lines = [
        FaultRow(
            person, rows[person].code, rows[person].name, names.get(unit, ""), known[code], record, detail
        )
        for person, code, record, detail, unit in found.select(
            "person_id", "rule", "record", "detail", "unit_id"
        ).iter_rows()
        if person in rows
    ]
    return sorted(lines, key=lambda line: (place[line.person_id], line.rule.code, line.record))


def trend(*, actor: Actor, as_of: date, unit_id: int | None = None) -> list[TrendPoint]:
    """Clean records by day of evaluation up to `as_of`, of the units in the actor's scope, oldest first."""
    actor.check_may(READ)
    kept = models.QualityDay.objects.filter(day__lte=as_of)
    if unit_id is not None:
        kept = kept.filter(unit_id__in=organization.subtree_ids([unit_id], as_of))
    seen = actor.scope(READ).sql(unit="unit_id")
    kept = kept if seen is None else kept.filter(seen)
    days = kept.values("day").annotate(n=Sum("people"), c=Sum("clean")).order_by("day")
    return [TrendPoint(row["day"], row["n"], row["c"]) for row in days]


def campaigns(*, actor: Actor, as_of: date) -> list[CampaignRow]:
    """Campaigns opened by `as_of`, newest first, with what is left in the actor's scope."""
    actor.check_may(READ)
    found = models.Campaign.objects.filter(opened_on__lte=as_of).order_by("-opened_on", "-id")
    return [_campaign(actor, as_of, one) for one in found]


def campaign(*, actor: Actor, as_of: date, campaign_id: int) -> CampaignRow:
    """One campaign with every unit of it in the actor's scope, those not signed off first."""
    actor.check_may(READ)
    found = models.Campaign.objects.filter(pk=campaign_id, opened_on__lte=as_of).first()
    if found is None:
        raise NotFound(str(campaign_id))
    return _campaign(actor, as_of, found)


def _campaign(actor: Actor, as_of: date, found: models.Campaign) -> CampaignRow:
    known = {rule.code: rule for rule in load_quality_rules()}
    lines = list(_lines_in_scope(actor, found))
    left = people_at_fault(
        actor=actor, as_of=as_of, codes=found.rules, units=[line.unit_id for line in lines]
    )
    names = organization.unit_names(actor=actor, as_of=as_of, ids=[line.unit_id for line in lines])
    rows = [
        CampaignUnitRow(
            line.unit_id, names.get(line.unit_id, ""), line.people, line.at_start, left.get(line.unit_id, 0),
            line.signed_on if line.signed_on and line.signed_on <= as_of else None, line.signed_by, line.remark,
        )
        for line in lines
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.signed_on is not None, -row.left, row.unit, row.unit_id))
    return CampaignRow(
        found.id, found.title, tuple(known[code] for code in found.rules if code in known), found.opened_on,
        found.due_on, sum(row.at_start for row in rows), sum(row.left for row in rows), tuple(rows),
    )  # fmt: skip


def _lines_in_scope(actor: Actor, found: models.Campaign) -> Iterable[models.CampaignUnit]:
    seen = actor.scope(READ).sql(unit="unit_id")
    lines = found.units.order_by("unit_id")
    return lines if seen is None else lines.filter(seen)


def people_at_fault(
    *, actor: Actor, as_of: date, codes: Iterable[str], units: Iterable[int] | None = None
) -> dict[int, int]:
    """How many people each unit that keeps files has whom one of the rules finds."""
    actor.check_may(READ if actor.may(READ) else CAMPAIGN)
    people = _people(actor, as_of)
    if units is not None:
        people = people.filter(pl.col("unit_id").is_in(list(units)))
    found = evaluating.faults(as_of).filter(pl.col("rule").is_in(list(codes))).collect()
    counted = (
        found.join(people, on="person_id", how="inner")
        .group_by("unit_id")
        .agg(n=pl.col("person_id").n_unique())
    )
    return dict(counted.iter_rows())


def units_with_files(*, actor: Actor, as_of: date, unit_id: int | None = None) -> dict[int, int]:
    """Units that keep files at or below one, with how many people: nobody is left behind."""
    people = _people(actor, as_of, unit_id)
    return dict(people.group_by("unit_id").agg(n=pl.len()).iter_rows())


def file_to_change(*, actor: Actor, as_of: date, code: str) -> tuple[PersonOnFile, dict[str, str]]:
    """A file the actor may propose to change (the own one, too), with its fields as people read them."""
    actor.check_may(OWN)
    person_id = cadres.person_id_of(actor=actor, code=code)
    file = cadres.file_under(actor=actor, as_of=as_of, person_id=person_id, permission=PROPOSE)
    return file, values_of(file)


def proposals(
    *, actor: Actor, as_of: date, person_id: int | None = None, only_open: bool = False
) -> list[ProposalRow]:
    """Proposals in the actor's scope, newest first; of one person; only those that wait for somebody."""
    found = models.Proposal.objects.visible_to(actor, PROPOSE).select_related("person").order_by("-id")
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if only_open:
        found = found.filter(state__in=OPEN)
    found = list(found[:200])
    names = {
        row.id: row.name
        for row in cadres.rows(actor=actor, as_of=as_of, ids=[one.person_id for one in found])
    }
    return [
        row_of(one, names.get(one.person_id, one.person.code), {}, one.steps.order_by("id")) for one in found
    ]


def proposal(*, actor: Actor, as_of: date, proposal_id: int) -> ProposalRow:
    """One proposal with each field before, after and as it stands now; raises NotFound."""
    found = (
        models.Proposal.objects.visible_to(actor, PROPOSE)
        .filter(pk=proposal_id)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotFound(str(proposal_id))
    file = cadres.file_under(actor=actor, as_of=as_of, person_id=found.person_id, permission=PROPOSE)
    rows = [(draft.slug, draft.row) for draft in records_of(found) if draft.row is not None]
    gone = set(rows) - cadres.open_versions(actor=actor, as_of=as_of, rows=rows)
    name = str(file.biography["full_name"])
    return row_of(found, name, values_of(file), found.steps.order_by("id"), gone)


def evidence(*, actor: Actor, as_of: date, evidence_id: int) -> tuple[str, str, str, int]:
    """digest, kind, person code and person id of a paper behind a proposal in scope; raises NotFound."""
    found = (
        models.Evidence.objects.filter(
            pk=evidence_id, proposal__in=models.Proposal.objects.visible_to(actor, PROPOSE)
        )
        .select_related("proposal__person")
        .first()
    )
    if found is None:
        raise NotFound(str(evidence_id))
    return found.digest, found.kind, found.proposal.person.code, found.proposal.person_id


def own_code(*, actor: Actor, as_of: date) -> str:
    """The code of the actor's own file; raises NotFound for an account without one."""
    if not actor.person_code or not actor.may("person.read_own"):
        raise NotFound("person")
    return actor.person_code


def readings(*, actor: Actor, as_of: date, person_id: int) -> list[ReadingRow]:
    """Who read something of the actor's own file, newest first: when, what, what for. Raises NotFound for another's."""
    if cadres.person_id_of(actor=actor, code=own_code(actor=actor, as_of=as_of)) != person_id:
        raise NotFound(str(person_id))
    return [
        ReadingRow(at, who, READ_WHAT.get(what, what), _WHY.get(details.get("purpose", ""), ""))
        for at, who, what, details in audit.readings_of(person_id)
    ]


def evidence_kept(*, actor: Actor, as_of: date) -> dict[str, int]:
    """SHA-256 of every file behind a proposal and how many rest on it; for `verify`."""
    actor.check_may(APPROVE)
    found = models.Evidence.objects.values("digest").annotate(n=Count("id")).order_by("digest")
    return dict(found.values_list("digest", "n"))


def destructions(*, actor: Actor, as_of: date) -> list[DestructionRow]:
    """Destructions asked for, refused and carried out within the actor's scope, those that wait first, newest first."""
    actor.check_may(EXPUNGE)
    found = list(Tombstone.objects.order_by("-pk"))
    reach = cadres.codes_under(
        actor=actor, as_of=as_of, ids=[stone.subject for stone in found], permission=EXPUNGE
    )
    everything = actor.scope(EXPUNGE).is_everything
    rows = [
        DestructionRow(
            s.pk, s.subject, s.code, s.decision, s.decided_on, s.ground, s.asked_by, s.asked_by_id, s.asked_at,
            s.confirmed_by, s.confirmed_at, s.refused_by, s.refused_at, s.refused_because, sum(s.removed.values()),
            s.files,
        )
        for s in found
        if everything or s.subject in reach
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row.is_waiting)


def left_of_destroyed(*, actor: Actor, as_of: date) -> dict[int, list[str]]:
    """Tables that still have rows of people whose files were destroyed; for `verify`."""
    actor.check_may(EXPUNGE)
    found = Tombstone.objects.filter(confirmed_at__isnull=False).values_list("subject", "people")
    return {subject: expunging.remaining(people or [subject]) for subject, people in found}
