"""How many records of each kind rest on a document: numbers only, over everybody, no person named."""

from __future__ import annotations

from django.apps import apps

from hientai.foundation.temporal import EffectiveDated


def records_citing(code: str) -> list[tuple[str, int]]:
    """(name of the kind of record, current versions whose source names the document), most first; kinds with none
    are left out."""
    kinds = [model for model in apps.get_models() if issubclass(model, EffectiveDated)]
    counted = [
        (str(model._meta.verbose_name), model.objects.known_on().filter(source__contains=code).count())
        for model in kinds
    ]
    return sorted((pair for pair in counted if pair[1]), key=lambda pair: (-pair[1], pair[0]))
