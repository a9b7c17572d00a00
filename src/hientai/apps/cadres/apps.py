"""Registers the cadres capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadresConfig(AppConfig):
    name = "hientai.apps.cadres"
    label = "cadres"
    verbose_name = "Cán bộ"

    def ready(self) -> None:
        from hientai.apps.cadres import facts, search, selectors
        from hientai.foundation import registry

        for export in facts.EXPORTS:
            registry.register_export(export)
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Cán bộ"), "people", selectors.READ, 20, "people")
        )
        registry.register_search(registry.SearchSource(_("Cán bộ"), search.find_people, selectors.READ))
        registry.register_tiles(registry.TileSource(search.headcount_tiles, selectors.READ, 10))
