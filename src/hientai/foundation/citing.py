"""How many records rest on a document: numbers only, over everybody, no person named."""

from __future__ import annotations

from collections import Counter

from django.apps import apps

from hientai.foundation.temporal import EffectiveDated


def records_citing(code: str) -> list[tuple[str, int]]:
    """(name of the capability, current versions whose source names the document), most first; those with none are
    left out."""
    counted: Counter[str] = Counter()
    for model in apps.get_models():
        if issubclass(model, EffectiveDated):
            rows = model.objects.known_on().filter(source__contains=code)
            counted[str(apps.get_app_config(model._meta.app_label).verbose_name)] += rows.count()
    return sorted((pair for pair in counted.items() if pair[1]), key=lambda pair: (-pair[1], pair[0]))
