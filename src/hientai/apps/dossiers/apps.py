"""Registers dossiers and their papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "hientai.apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        from hientai.apps.dossiers import panels
        from hientai.apps.dossiers.types import READ
        from hientai.foundation import registry

        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Giấy tờ hồ sơ"), "purposes", READ, 22, "document")
        )
        for panel in panels.PANELS:
            registry.register_panel(panel)
        registry.register_tiles(panels.TILES)
