"""The dossiers of the people in a case: opened from it, counted beside it."""

from __future__ import annotations

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import selectors as kept
from hientai.apps.dossiers import services as dossiers
from hientai.apps.dossiers.types import WRITE
from hientai.apps.procedures import selectors
from hientai.apps.procedures.types import LEAD, CaseStatus
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused


@action("procedures.open_dossiers", permission=LEAD, subject=lambda purpose: {"purpose_id": purpose})
def open_dossiers(*, actor: Actor, code: str, template: str) -> int:
    """Opens a dossier for everybody who is still put forward in a case; returns the id of the purpose.

    A second call adds those who came in later. Raises NotFound out of scope, Refused for an ended case, for somebody
    whose file is kept elsewhere, or where the case has dossiers under another template.
    """
    page = selectors.case(actor=actor, as_of=actor.today, code=code)
    if "board" not in page.capacities:
        raise NotFound(code)
    if page.row.status == CaseStatus.ENDED:
        raise Refused("case_ended", say("Hồ sơ quy trình đã kết thúc."))
    people = [name.person_id for name in page.names if name.key in page.state.names]
    if cadres.outside_scope(actor=actor, as_of=actor.today, ids=people, permission=WRITE):
        raise Refused(
            "file_kept_elsewhere", say("Có người mà hồ sơ do nơi khác quản lý; nơi đó lập giấy tờ.")
        )
    known = kept.purpose_of(actor=actor, as_of=actor.today, reference=code)
    if known is not None and known.template.code != template:
        raise Refused(
            "dossiers_open", say("Quy trình này đã có hồ sơ giấy tờ theo “{title}”.", title=known.template.title),
            "template",
        )  # fmt: skip
    purpose = known.id if known else dossiers.open_purpose(
        actor=actor, title=page.row.title, template=template, reference=code
    ).pk  # fmt: skip
    dossiers.add_people(actor=actor, purpose_id=purpose, person_ids=people)
    return purpose
