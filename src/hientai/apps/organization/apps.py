"""Registers the organization capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "hientai.apps.organization"
    label = "organization"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from hientai.apps.organization import facts, search, selectors
        from hientai.foundation import registry, scoping

        scoping.register_subtree(selectors.reach_ids)
        for export in facts.EXPORTS:
            registry.register_export(export)
        registry.register_search(registry.SearchSource(_("Đơn vị"), search.find_units, selectors.READ))
        for label, address, order in (
            (_("Đơn vị"), "units", 5),
            (_("Sơ đồ tổ chức"), "chart", 6),
            (_("Biên chế"), "unit-balance", 7),
            (_("Tạm dừng công tác cán bộ"), "freezes", 9),
        ):
            registry.register_navigation(
                registry.NavigationItem(_("Tổ chức"), label, address, selectors.READ, order, "unit")
            )
