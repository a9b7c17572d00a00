"""Registers the exchange capability."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "hientai.apps.exchange"
    label = "exchange"
    verbose_name = "Nhập xuất"
