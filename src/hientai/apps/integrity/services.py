"""Acts on good records: keep the day's evaluation, open a campaign, sign a unit off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hientai.apps.integrity import models, selectors
from hientai.apps.integrity.types import CAMPAIGN, READ, SIGN_OFF
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


@action("integrity.keep_day", permission=CAMPAIGN, subject=lambda units: {"units": units})
def keep_day(*, actor: Actor) -> int:
    """Evaluates the records of today and keeps people and clean ones of each unit; returns how many units."""
    found = selectors.quality(actor=actor, as_of=actor.today)
    rows = [
        models.QualityDay(day=actor.today, unit_id=u.unit_id, people=u.people, clean=u.clean)
        for u in found.units
    ]
    models.QualityDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit", "day"], update_fields=["people", "clean"]
    )
    return len(rows)


@action("integrity.open_campaign", permission=CAMPAIGN, subject=lambda campaign: {"campaign_id": campaign.pk})
def open_campaign(
    *, actor: Actor, title: str, rules: Sequence[str], due_on: date, unit_id: int | None = None
) -> models.Campaign:
    """Rules to be worked off by a day in every unit that keeps files; each unit has its line from the first day.

    Raises Refused without a title or rule, for a day that has passed, or where no unit keeps a file.
    """
    known = selectors.rules(actor=actor, as_of=actor.today)
    wanted = [code for code in dict.fromkeys(rules) if code in known]
    if not title.strip():
        raise Refused("title_missing", say("Ghi tên đợt làm sạch."), "title")
    if not wanted:
        raise Refused("rules_missing", say("Chọn ít nhất một quy tắc."), "rules")
    if due_on < actor.today:
        raise Refused("due_in_the_past", say("Hạn hoàn thành đã qua."), "due_on")
    units = selectors.units_with_files(actor=actor, as_of=actor.today, unit_id=unit_id)
    if not units:
        raise Refused("no_units", say("Không có đơn vị nào giữ hồ sơ trong phạm vi này."), "unit")
    at_fault = selectors.people_at_fault(actor=actor, as_of=actor.today, codes=wanted)
    opened = models.Campaign.objects.create(
        title=title.strip(), unit_id=unit_id, rules=wanted, opened_on=actor.today, due_on=due_on,
        user_id=actor.user_id,
    )  # fmt: skip
    models.CampaignUnit.objects.bulk_create(
        models.CampaignUnit(campaign=opened, unit_id=unit, people=people, at_start=at_fault.get(unit, 0))
        for unit, people in sorted(units.items())
    )
    return opened


@action("integrity.sign_off", permission=SIGN_OFF, subject=lambda line: {"campaign_unit_id": line.pk})
def sign_off(*, actor: Actor, campaign_id: int, unit_id: int, remark: str = "") -> models.CampaignUnit:
    """The unit answers for its records. What is left must be explained; signed is signed.

    Raises NotFound outside the actor's scope, Refused when something is left without a remark or it was signed before.
    """
    seen = actor.scope(SIGN_OFF).sql(unit="unit_id")
    lines = models.CampaignUnit.objects.select_for_update().filter(campaign_id=campaign_id, unit_id=unit_id)
    line = (lines if seen is None else lines.filter(seen)).select_related("campaign").first()
    if line is None:
        raise NotFound(str(unit_id))
    if line.signed_on is not None:
        raise Refused(
            "signed_already", say("Đơn vị đã ký xác nhận ngày {day}.", day=f"{line.signed_on:%d/%m/%Y}")
        )
    actor.check_may(READ)
    left = selectors.people_at_fault(
        actor=actor, as_of=actor.today, codes=line.campaign.rules, units=[unit_id]
    ).get(unit_id, 0)
    if left and not remark.strip():
        raise Refused(
            "left_unexplained",
            say("Còn {count} hồ sơ chưa sạch: sửa xong, hoặc ghi lý do chưa sửa được.", count=left),
            "remark",
        )
    line.signed_on, line.signed_by, line.signed_by_id = actor.today, actor.name, actor.user_id
    line.left_at_signing, line.remark = left, remark.strip()
    line.save()
    return line
