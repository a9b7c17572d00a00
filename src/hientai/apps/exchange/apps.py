"""Registers the exchange capability."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "hientai.apps.exchange"
    label = "exchange"
    verbose_name = "Nhập xuất"

    def ready(self) -> None:
        from hientai.apps.exchange import services, tasks
        from hientai.apps.exchange.types import IMPORT
        from hientai.foundation import jobs, registry

        for kind, do in tasks.KINDS.items():
            jobs.register(kind, do)
        registry.register_eraser(services.erase_people)
        jobs.register_chore("exchange.sweep", tasks.sweep)
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Nhập từ Excel"), "imports", IMPORT, 25, "upload")
        )
