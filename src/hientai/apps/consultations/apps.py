"""Registers consultation on drafts."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "hientai.apps.consultations"
    label = "consultations"
    verbose_name = "Lấy ý kiến"
