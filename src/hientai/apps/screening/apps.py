"""Registers the screening capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScreeningConfig(AppConfig):
    name = "hientai.apps.screening"
    label = "screening"
    verbose_name = "Rà soát tiêu chuẩn"

    def ready(self) -> None:
        from hientai.apps.screening import listing, panels, selectors
        from hientai.foundation import people_lists, registry

        registry.register_navigation(
            registry.NavigationItem(
                pgettext_lazy("navigation", "Tiêu chuẩn"),
                _("Rà soát tiêu chuẩn"),
                "screening",
                selectors.RUN,
                30,
                "rules",
            )
        )
        for panel in panels.PANELS:
            registry.register_panel(panel)
        people_lists.register_people(listing.PEOPLE)
