"""Registers dossiers and their papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "hientai.apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        from hientai.apps.dossiers import facts, panels
        from hientai.apps.dossiers.types import DECLARATIONS_READ, READ
        from hientai.foundation import registry

        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Giấy tờ hồ sơ"), "purposes", READ, 22, "document")
        )
        registry.register_navigation(
            registry.NavigationItem(
                _("Hồ sơ"), _("Kê khai tài sản"), "declarations", DECLARATIONS_READ, 23, "document"
            )
        )
        for export in facts.EXPORTS:
            registry.register_export(export)
        for panel in panels.PANELS:
            registry.register_panel(panel)
        registry.register_tiles(panels.TILES)
