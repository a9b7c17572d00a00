"""Whether what one act wrote can be taken back: nothing may rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Model, Q

from hientai.apps.cadres import models, on_file
from hientai.engines.wording import say
from hientai.foundation.errors import Conflict
from hientai.foundation.temporal import EffectiveDated


def check_nothing_rests_on(person_ids: Sequence[int], created: Sequence[int], recorded_at: datetime) -> None:
    """Raises Conflict naming a file that was changed after `recorded_at`, or an opened one that others refer to."""
    for model in on_file.IN_VERSION:
        later = Q(recorded_from__gt=recorded_at) | Q(recorded_to__gt=recorded_at)
        person = (
            model.objects.filter(later, person_id__in=person_ids).values_list("person_id", flat=True).first()
        )
        if person is not None:
            raise _resting(person)
    for model, column in _referring():
        found = model._default_manager.filter(**{f"{column}__in": list(created)})
        if issubclass(model, EffectiveDated):
            found = found.filter(recorded_to__isnull=True)
        person = found.values_list(column, flat=True).first()
        if person is not None:
            raise _resting(person)


def _referring() -> Iterator[tuple[type[Model], str]]:
    """Tables of whatever capability that refer to a person, but for the file itself and the ledger of imports."""
    own = {*on_file.IN_VERSION, models.IdentityIndex, models.LikelyDouble}
    for relation in models.Person._meta.related_objects:
        model = relation.related_model
        if model not in own and model._meta.app_label != "exchange":
            yield model, relation.field.attname


def _resting(person_id: int) -> Conflict:
    code = models.Person.objects.filter(pk=person_id).values_list("code", flat=True).first() or ""
    return Conflict(
        "rests_on_it",
        say("Không hoàn tác được: hồ sơ {code} đã được dùng hoặc sửa đổi sau lần nhập này.", code=code),
        code,
    )
