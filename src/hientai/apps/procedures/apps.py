"""Registers procedures, steps and ballots."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "hientai.apps.procedures"
    label = "procedures"
    verbose_name = "Quy trình"

    def ready(self) -> None:
        from hientai.apps.procedures import pages, types
        from hientai.foundation import registry

        for label, url, permission, order, icon in (
            (_("Hồ sơ quy trình"), "cases", types.READ, 45, "list"),
            (_("Kiểm phiếu"), "my-ballots", types.COUNT, 46, "check"),
        ):
            registry.register_navigation(
                registry.NavigationItem(_("Quy trình"), label, url, permission, order, icon)
            )
        registry.register_home_panel(
            registry.HomePanel(_("Hồ sơ đến hạn"), "procedures/home.html", pages.reminders, types.READ, 5)
        )
