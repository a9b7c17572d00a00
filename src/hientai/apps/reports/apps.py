"""Registers the reports capability."""

import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "hientai.apps.reports"
    label = "reports"
    verbose_name = "Báo cáo, số liệu"

    def ready(self) -> None:
        from hientai.apps.reports import change_report, drafts, fact_columns, reports, selectors, types
        from hientai.foundation import people_lists, registry

        registry.register_navigation(
            registry.NavigationItem(
                _("Báo cáo"), _("Biến động"), "changes", change_report.PEOPLE.permission, 57, "chart"
            )
        )
        registry.register_navigation(
            registry.NavigationItem(_("Báo cáo"), _("Báo cáo"), "reports", selectors.EXPORT, 55, "document")
        )
        registry.register_navigation(
            registry.NavigationItem(
                _("Báo cáo"), _("Kiểm tra số liệu"), "figures-check", types.CHECK, 60, "check"
            )
        )
        registry.register_report(reports.EXTRACT)
        registry.register_report(change_report.CHANGES)
        people_lists.register_people(change_report.PEOPLE)
        people_lists.register_columns(fact_columns.FACTS)
        drafts.sweep(time.time())
