"""Registers the cadres capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CadresConfig(AppConfig):
    name = "hientai.apps.cadres"
    label = "cadres"
    verbose_name = "Cán bộ"

    def ready(self) -> None:
        from hientai.apps.cadres import columns, dashboard, facts, listing, search, selectors, tasks, units
        from hientai.foundation import jobs, people_lists, registry

        for kind, do in tasks.KINDS.items():
            jobs.register(kind, do)
        for export in facts.EXPORTS:
            registry.register_export(export)
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Cán bộ"), "people", selectors.READ, 20, "people")
        )
        registry.register_navigation(
            registry.NavigationItem(
                _("Hồ sơ"), _("Người có hai hồ sơ"), "doubles", selectors.WRITE, 27, "people"
            )
        )
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Danh mục"), "code-lists", selectors.WRITE, 28, "list")
        )
        registry.register_search(registry.SearchSource(_("Cán bộ"), search.find_people, selectors.READ))
        registry.register_search(registry.SearchSource(_("Chức danh"), search.find_titles, selectors.READ))
        registry.register_unit_use(registry.UnitUse(_("Người đang giữ vị trí"), units.holding))
        registry.register_unit_use(registry.UnitUse(_("Hồ sơ đang quản lý"), units.kept))
        registry.register_unit_figure(
            registry.UnitFigure("present", _("Có mặt"), units.present, units.list_url, selectors.READ, 10)
        )
        registry.register_seat_panel(
            registry.SeatPanel("holders", _("Người giữ"), units.holders, selectors.READ, 10)
        )
        registry.register_unit_panel(
            registry.UnitPanel(
                "people", _("Con người"), "cadres/unit_people.html", units.then_and_now, selectors.READ, 10
            )
        )
        registry.register_tiles(registry.TileSource(dashboard.tiles, selectors.READ, 10))
        for title, template, content, order in (
            (_("Số lượng theo cấp và khối"), "cadres/home_headcount.html", dashboard.headcount, 10),
            (_("Tháp tuổi"), "cadres/home_ages.html", dashboard.ages, 20),
            (_("Trình độ"), "cadres/home_learning.html", dashboard.learning, 30),
            (_("Hồ sơ còn thiếu"), "cadres/home_lacking.html", dashboard.lacking, 50),
        ):
            registry.register_home_panel(registry.HomePanel(title, template, content, selectors.READ, order))
        for source in columns.SOURCES:
            people_lists.register_columns(source)
        people_lists.register_people(listing.PEOPLE)
