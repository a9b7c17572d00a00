"""Registers the planning capability."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hientai.apps.planning"
    label = "planning"
    verbose_name = "Quy hoạch"
