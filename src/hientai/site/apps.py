"""Registers the composition root with Django (for its templates and static files)."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hientai.site"
    label = "site"
    verbose_name = "Hiền Tài"
