"""Registers the screening capability."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "hientai.apps.screening"
    label = "screening"
    verbose_name = "Sàng lọc"
