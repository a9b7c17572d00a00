"""Registers the workforce capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkforceConfig(AppConfig):
    name = "hientai.apps.workforce"
    label = "workforce"
    verbose_name = "Vị trí việc làm, năng lực, tinh giản"

    def ready(self) -> None:
        from hientai.apps.cadres import selectors as cadres
        from hientai.apps.workforce import panels
        from hientai.apps.workforce.types import READ
        from hientai.foundation import registry

        for label, address, permission, order in (
            (_("Vị trí việc làm"), "jobs", READ, 10),
            (_("Khoảng cách năng lực"), "competency-gap", READ, 11),
            (_("Tinh giản biên chế"), "leavings", cadres.READ, 12),
        ):
            registry.register_navigation(
                registry.NavigationItem(_("Tổ chức"), label, address, permission, order, "unit")
            )
        registry.register_panel(panels.PERSON)
        registry.register_unit_panel(panels.UNIT)
