"""Registers the reports capability."""

import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "hientai.apps.reports"
    label = "reports"
    verbose_name = "Báo cáo, số liệu"

    def ready(self) -> None:
        from hientai.apps.reports import drafts, selectors, types
        from hientai.foundation import registry

        registry.register_navigation(
            registry.NavigationItem(_("Báo cáo"), _("Báo cáo"), "reports", selectors.EXPORT, 55, "document")
        )
        registry.register_navigation(
            registry.NavigationItem(
                _("Báo cáo"), _("Kiểm tra số liệu"), "figures-check", types.CHECK, 60, "check"
            )
        )
        drafts.sweep(time.time())
