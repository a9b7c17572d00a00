"""Addresses of succession planning."""

urlpatterns: list = []
