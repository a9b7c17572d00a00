"""A purpose with one dossier, an officer who brings papers and a second person who appraises them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from tests.factories import papers
from tests.factories.province import FOUNDED, TODAY, Province, actor_named

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.types import Role
from hientai.apps.dossiers import models, services
from hientai.apps.dossiers.types import PaperDraft
from hientai.foundation.actor import Actor

TEMPLATE = "appointment.civil_servant"
ISSUED = date(2026, 1, 10)


@dataclass(frozen=True)
class Office:
    """officer brings, second appraises and reads everything; dossier is that of `person`."""

    officer: Actor
    second: Actor
    purpose: models.Purpose
    dossier: models.Dossier
    person: int

    def bring(self, item: str = "diplomas", content: bytes | None = None, **fields: object) -> int:
        """Brings a paper and returns the id of its version."""
        draft = {"issued_on": ISSUED, "content": content or papers.pdf(item), "name": f"{item}.pdf"} | fields
        return services.bring_papers(
            actor=self.officer,
            papers=[(self.dossier.pk, PaperDraft(item=item, **draft))],  # type: ignore[arg-type]
        )[0]


def second_actor(province: Province) -> Actor:
    """Somebody with the role that appraises and reads secret papers."""
    user = accounts.open_account(
        actor=province.maker,
        username="thamdinh",
        display_name="Cán bộ thẩm định",
        password="mật khẩu để thử 2",
    )
    accounts.grant_role(actor=province.maker, user=user, role=Role.APPRAISER, valid_from=FOUNDED)
    return actor_named("thamdinh")


@pytest.fixture
def office(province: Province, officer: Actor) -> Office:
    """A purpose of ten papers opened on TODAY for one person of district 2."""
    purpose = services.open_purpose(
        actor=officer, title="Bổ nhiệm Giám đốc sở", template=TEMPLATE, needed_on=date(2026, 6, 1)
    )
    person = province.people[-1]
    services.add_people(actor=officer, purpose_id=purpose.pk, person_ids=[person])
    assert officer.today == TODAY
    return Office(officer, second_actor(province), purpose, purpose.dossiers.get(), person)
