"""Registers bulk reorganisation of units."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReorganisationConfig(AppConfig):
    name = "hientai.apps.reorganisation"
    label = "reorganisation"
    verbose_name = "Sắp xếp tổ chức"

    def ready(self) -> None:
        from hientai.apps.reorganisation import tasks
        from hientai.apps.reorganisation.types import COMMENT, COMMIT_WORK
        from hientai.foundation import jobs, registry

        jobs.register(COMMIT_WORK, tasks.commit)
        registry.register_navigation(
            registry.NavigationItem(_("Tổ chức"), _("Sắp xếp tổ chức"), "reorganisations", COMMENT, 8, "unit")
        )
