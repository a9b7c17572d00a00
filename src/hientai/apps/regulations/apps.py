"""Registers the register of documents: its navigation, the values it confirms, the links of citations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegulationsConfig(AppConfig):
    name = "hientai.apps.regulations"
    label = "regulations"
    verbose_name = "Quy định"

    def ready(self) -> None:
        from hientai.apps.regulations import held, selectors
        from hientai.apps.regulations.register import office_values
        from hientai.foundation import registry, rules

        rules.register_office_values(office_values)
        registry.register_document_address(selectors.document_url)
        registry.register_home_panel(held.PANEL)
        registry.register_navigation(
            registry.NavigationItem(
                pgettext_lazy("navigation", "Tiêu chuẩn"),
                _("Sổ văn bản, tham số"),
                "regulations",
                selectors.READ,
                32,
                "rules",
            )
        )
