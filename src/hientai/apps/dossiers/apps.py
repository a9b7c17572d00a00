"""Registers dossiers and their papers."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "hientai.apps.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"
