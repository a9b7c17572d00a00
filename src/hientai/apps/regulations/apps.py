"""Registers the register of documents."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "hientai.apps.regulations"
    label = "regulations"
    verbose_name = "Quy định"
