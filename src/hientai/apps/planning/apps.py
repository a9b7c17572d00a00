"""Registers the planning capability."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hientai.apps.planning"
    label = "planning"
    verbose_name = "Quy hoạch"

    def ready(self) -> None:
        from hientai.apps.planning import facts
        from hientai.foundation import registry

        for export in facts.EXPORTS:
            registry.register_export(export)
