"""Addresses of succession planning."""

from django.urls import path

from hientai.apps.planning.views import coverage, turns

urlpatterns = [
    path("quy-hoach/do-phu/", coverage.coverage, name="coverage"),
    path("quy-hoach/do-phu/<str:title>/<str:measure>/", coverage.behind, name="coverage-behind"),
    path("quy-hoach/luot/", turns.turns, name="plan-turns"),
    path("quy-hoach/khong-con-hieu-luc/", turns.voided, name="plan-voided"),
]
