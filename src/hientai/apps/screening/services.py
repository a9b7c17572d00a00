"""Acts of screening: keep a search, share it, put it away."""

from __future__ import annotations

from collections.abc import Sequence

from hientai.apps.screening.models import SavedSearch
from hientai.apps.screening.searching import criteria_of
from hientai.apps.screening.types import Condition
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

RUN = "screening.run"


@action("screening.keep_search", permission=RUN, subject=lambda one: {"search": one.pk})
def keep_search(
    *, actor: Actor, name: str, conditions: Sequence[Condition], shared: bool = False
) -> SavedSearch:
    """Keeps conditions under a name; the same name again replaces them. Raises BadInput where they are no search."""
    criteria_of(conditions)
    if not name.strip():
        raise Refused("no_name", say("Đặt tên cho phép tìm."), "name")
    kept, _created = SavedSearch.objects.update_or_create(
        user_id=actor.user_id,
        name=name.strip()[:150],
        defaults={"conditions": [vars(one) for one in conditions], "shared": shared, "owner": actor.name},
    )
    return kept


@action("screening.drop_search", permission=RUN, subject=lambda number: {"search": number})
def drop_search(*, actor: Actor, search_id: int) -> int:
    """Puts an own search away; what others shared is theirs."""
    kept = SavedSearch.objects.filter(pk=search_id, user_id=actor.user_id).first()
    if kept is None:
        raise NotFound(str(search_id))
    kept.delete()
    return search_id
