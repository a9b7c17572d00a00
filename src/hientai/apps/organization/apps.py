"""Registers the organization capability."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "hientai.apps.organization"
    label = "organization"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from hientai.apps.organization import facts, selectors
        from hientai.foundation import registry, scoping

        scoping.register_subtree(selectors.reach_ids)
        for export in facts.EXPORTS:
            registry.register_export(export)
