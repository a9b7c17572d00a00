"""Registers the foundation with Django."""

from typing import Any

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "hientai.foundation"
    label = "foundation"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        def note(**_given: Any) -> None:
            from hientai.foundation.snapshot.noting import note_writing

            note_writing()

        post_migrate.connect(note, sender=self, weak=False, dispatch_uid="note_writing")
