"""Registers bulk reorganisation of units."""

from django.apps import AppConfig


class ReorganisationConfig(AppConfig):
    name = "hientai.apps.reorganisation"
    label = "reorganisation"
    verbose_name = "Sắp xếp tổ chức"
