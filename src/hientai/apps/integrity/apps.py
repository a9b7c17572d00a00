"""Registers good records: rules of quality, campaigns, proposals of change."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrityConfig(AppConfig):
    name = "hientai.apps.integrity"
    label = "integrity"
    verbose_name = "Dữ liệu đúng"

    def ready(self) -> None:
        from hientai.apps.integrity import desk, facts, panels, tasks
        from hientai.apps.integrity.types import CONFIRM, EXPUNGE, OWN, READ
        from hientai.foundation import jobs, registry

        registry.register_proposal_desk(desk.DESK)
        for export in facts.EXPORTS:
            registry.register_export(export)
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Chất lượng dữ liệu"), "quality", READ, 26, "check")
        )
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Đề nghị sửa hồ sơ"), "proposals", CONFIRM, 24, "edit")
        )
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Hồ sơ của tôi"), "own-record", OWN, 12, "person")
        )
        registry.register_navigation(
            registry.NavigationItem(_("Hồ sơ"), _("Hủy hồ sơ"), "destructions", EXPUNGE, 29, "document")
        )
        registry.register_panel(panels.FAULTS)
        registry.register_tiles(panels.TILES)
        jobs.register_chore("integrity.keep_day", tasks.keep_day)
