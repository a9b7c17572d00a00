"""Registers the planning capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "hientai.apps.planning"
    label = "planning"
    verbose_name = "Quy hoạch"

    def ready(self) -> None:
        from hientai.apps.planning import (
            dashboard,
            facts,
            listing,
            measures,
            panels,
            reports,
            selectors,
            services,
            units,
        )
        from hientai.foundation import people_lists, registry

        for export in facts.EXPORTS:
            registry.register_export(export)
        for panel in panels.SEAT_PANELS:
            registry.register_seat_panel(panel)
        for shown in panels.PERSON_PANELS:
            registry.register_panel(shown)
        registry.register_unit_use(registry.UnitUse(_("Người trong quy hoạch"), units.planned))
        for label, url_name, order in (
            (_("Độ phủ quy hoạch"), "coverage", 40),
            (_("Danh sách quy hoạch"), "plan-turns", 41),
            (_("Đề nghị quy hoạch"), "plan-proposals", 42),
            (_("Rà soát quy hoạch"), "plan-reviews", 43),
            (_("Công bố quy hoạch"), "plan-publications", 44),
            (_("Nhìn trước"), "plan-ahead", 45),
        ):
            registry.register_navigation(
                registry.NavigationItem(_("Quy hoạch"), label, url_name, selectors.READ, order, "plan")
            )
        registry.register_home_panel(dashboard.PANEL)
        people_lists.register_people(listing.PEOPLE)
        people_lists.register_people(measures.PEOPLE)
        for measure in measures.MEASURES:
            registry.register_measure(measure)
        people_lists.register_columns(listing.COLUMNS)
        registry.register_procedure_handler(
            registry.ProcedureHandler(
                services.SUBJECT,
                _("Đề nghị quy hoạch"),
                services.approved_by_procedure,
                services.closed_by_procedure,
                panels.address_of_proposal,
            )
        )
        registry.register_procedure_handler(
            registry.ProcedureHandler(
                services.REVIEW_SUBJECT,
                _("Rà soát quy hoạch"),
                services.reviewed_by_procedure,
                services.review_given_back,
                panels.address_of_review,
            )
        )
        for source in reports.SOURCES:
            registry.register_report(source)
