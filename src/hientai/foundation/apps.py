"""Registers the foundation with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "hientai.foundation"
    label = "foundation"
    verbose_name = "Nền tảng"
