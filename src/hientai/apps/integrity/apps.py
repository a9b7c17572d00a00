"""Registers rules of data quality and campaigns."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "hientai.apps.integrity"
    label = "integrity"
    verbose_name = "Chất lượng dữ liệu"
