"""The dossier templates of this installation: the built-in ones and those the office wrote beside its data."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from hientai.engines.wording import say
from hientai.foundation.errors import NotFound, Refused
from hientai.rulebook.dossiers import DossierTemplate, PaperKind, load_templates


@cache
def _all() -> dict[str, DossierTemplate]:
    return load_templates(Path(settings.HOME) / "rules" / "dossiers")


def template_of(code: str) -> DossierTemplate:
    """The template with that code; raises NotFound."""
    try:
        return _all()[code]
    except KeyError as error:
        raise NotFound(code) from error


def templates_on(day: date) -> list[DossierTemplate]:
    """Templates in force on a day, by title."""
    return sorted((one for one in _all().values() if one.holds_on(day)), key=lambda one: one.title)


def kind_of(template: DossierTemplate, item: str) -> PaperKind:
    """A line of a template; raises Refused for a paper the template does not ask for."""
    kind = template.paper(item)
    if kind is None:
        raise Refused("unknown_paper", say("Danh mục không có giấy tờ “{item}”.", item=item), "item")
    return kind
