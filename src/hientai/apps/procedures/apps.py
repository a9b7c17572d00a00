"""Registers procedures, steps and ballots."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "hientai.apps.procedures"
    label = "procedures"
    verbose_name = "Quy trình"
