"""Registers the planning capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "hientai.apps.planning"
    label = "planning"
    verbose_name = "Quy hoạch"

    def ready(self) -> None:
        from hientai.apps.planning import facts, panels, reports, selectors, units
        from hientai.foundation import registry

        for export in facts.EXPORTS:
            registry.register_export(export)
        for panel in panels.SEAT_PANELS:
            registry.register_seat_panel(panel)
        registry.register_unit_use(registry.UnitUse(_("Người trong quy hoạch"), units.planned))
        for label, url_name, order in (
            (_("Độ phủ quy hoạch"), "coverage", 40),
            (_("Danh sách quy hoạch"), "plan-turns", 41),
            (_("Đề nghị quy hoạch"), "plan-proposals", 42),
            (_("Rà soát quy hoạch"), "plan-reviews", 43),
        ):
            registry.register_navigation(
                registry.NavigationItem(_("Quy hoạch"), label, url_name, selectors.READ, order, "plan")
            )
        registry.register_report(reports.COVERAGE)
