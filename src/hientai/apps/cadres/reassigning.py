"""Moving many people at once, as a reorganisation does: posts and files; and who was moved by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from hientai.apps.cadres import models
from hientai.apps.cadres.bulk import copying
from hientai.apps.cadres.drafts import Reassignment
from hientai.apps.cadres.types import PositionKind
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.errors import Conflict
from hientai.foundation.temporal import EffectiveDated

TABLES: tuple[type[EffectiveDated], ...] = (models.Position, models.Management)


def move(moves: Sequence[Reassignment], on: date, source: str) -> None:
    """Ends and begins posts, hands files over. Raises Conflict when a post that should end is not current any more."""
    ended = [position for move in moves for position in move.ends]
    held = list(models.Position.objects.known_on().filter(pk__in=ended))
    if len(held) != len(set(ended)):
        raise Conflict("changed_meanwhile", say("Một vị trí vừa được người khác thay đổi; chưa ghi gì cả."))
    temporal.end_all(held, on, source=source, reason=source)
    begins = [
        (m.person_id, on, None, source, (m.seat_id, PositionKind.FULL_TIME)) for m in moves if m.seat_id
    ]
    with copying() as to:
        to.dated(models.Position, ("seat_id", "kind"), begins)
    _hand_over([move for move in moves if not move.keep_file], on, source)


def _hand_over(moves: Sequence[Reassignment], on: date, source: str) -> None:
    """The unit that kept each file keeps it until the day, the next one from it on; of who leaves nobody keeps it."""
    managed = models.Management.objects.as_of(on).filter(person_id__in=[m.person_id for m in moves])
    held = {row.person_id: row for row in managed}
    temporal.end_all(list(held.values()), on, source=source, reason=source)
    rows = [
        (m.person_id, on, held[m.person_id].valid_to, source, (m.unit_id, m.tier or held[m.person_id].tier))
        for m in moves
        if m.unit_id and m.person_id in held
    ]
    with copying() as to:
        to.dated(models.Management, ("unit_id", "tier"), rows)


def repeat_managements(person_ids: Sequence[int]) -> None:
    """`held_by` and `tier` of these people say again what the newest Management record says."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cadres_person p SET held_by_id = m.unit_id, tier = m.tier
               FROM (SELECT DISTINCT ON (person_id) person_id, unit_id, tier FROM cadres_management
                     WHERE recorded_to IS NULL AND person_id = ANY(%s) ORDER BY person_id, valid_from DESC) m
               WHERE m.person_id = p.id""",
            [list(person_ids)],
        )


def moved_then(recorded_at: datetime, source: str) -> set[int]:
    """Whom `move` moved at `recorded_at` by `source`. Raises Conflict naming somebody who was moved again since."""
    ids: set[int] = set()
    for model in TABLES:
        written = model.objects.filter(recorded_from=recorded_at, source=source)
        ids |= set(written.values_list("person_id", flat=True))
        changed = written.filter(recorded_to__isnull=False).exclude(recorded_to=recorded_at).first()
        later = (
            model.objects.filter(person_id__in=ids, recorded_from__gt=recorded_at)
            .order_by("person_id")
            .first()
        )
        resting = changed or later
        if resting is not None:
            code = models.Person.objects.values_list("code", flat=True).get(pk=resting.person_id)
            raise Conflict(
                "rests_on_it",
                say(
                    "Không hoàn tác được: {code} đã có vị trí hoặc hồ sơ thay đổi sau lần sắp xếp này.",
                    code=code,
                ),
                code,
            )
    return ids
