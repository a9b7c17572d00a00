"""Files and parts of pages of imports: the template workbook, tabs by status."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.exchange.types import BatchRow, RowStatus
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Block
from hientai.engines.worksheet.template import TemplateContents, template_workbook
from hientai.foundation.actor import Actor

_MOST_UNITS = 400


def template_document(*, actor: Actor, as_of: date) -> bytes:
    """The template with units by block and titles in use, as of a day."""
    units: dict[str, list[str]] = {}
    for unit in organization.units(actor=actor, as_of=as_of):
        named = units.setdefault(str(Block(unit.block).label), [])
        if len(named) < _MOST_UNITS:
            named.append(unit.name)
    titles = list(dict.fromkeys(title.name for title in organization.titles(actor=actor, as_of=as_of)))
    return template_workbook(
        TemplateContents(
            office=settings.AGENCY_NAME,
            as_of=f"{as_of:%d/%m/%Y}",
            units=units,
            lists={"title": titles[:_MOST_UNITS]},
        )
    )


_TABS = (
    RowStatus.REFUSED, RowStatus.DUPLICATE, RowStatus.CREATED, RowStatus.UPDATED, RowStatus.UNCHANGED,
    RowStatus.IGNORED,
)  # fmt: skip


def tabs(batch: BatchRow, status: str) -> list[dict[str, object]]:
    """All rows, then one tab for each status with its count: what asks for attention first."""
    found: list[dict[str, object]] = [
        {
            "label": each.label,
            "url": f"?status={each.value}",
            "current": each.value == status,
            "count": batch.counts.get(each.value, 0),
        }
        for each in _TABS
    ]
    everything = {
        "label": _("Tất cả"),
        "url": "?",
        "current": not status,
        "count": sum(batch.counts.values()),
    }
    return [everything, *found]
