"""Registers consultations on drafts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "hientai.apps.consultations"
    label = "consultations"
    verbose_name = "Lấy ý kiến"

    def ready(self) -> None:
        from hientai.apps.consultations import reminding, types
        from hientai.foundation import registry

        registry.register_navigation(
            registry.NavigationItem(_("Quy trình"), _("Lấy ý kiến"), "consultations", types.READ, 47, "edit")
        )
        registry.register_home_panel(
            registry.HomePanel(
                _("Lấy ý kiến dự thảo"), "consultations/home.html", reminding.reminders, types.READ, 6
            )
        )
