"""Addresses of succession planning."""

from django.urls import path

from hientai.apps.planning.views import coverage, proposing, reviewing, turns

urlpatterns = [
    path("quy-hoach/do-phu/", coverage.coverage, name="coverage"),
    path("quy-hoach/do-phu/<str:title>/<str:measure>/", coverage.behind, name="coverage-behind"),
    path("quy-hoach/luot/", turns.turns, name="plan-turns"),
    path("quy-hoach/khong-con-hieu-luc/", turns.voided, name="plan-voided"),
    path("quy-hoach/de-nghi/", proposing.listed, name="plan-proposals"),
    path("quy-hoach/de-nghi/<int:number>/", proposing.one, name="plan-proposal"),
    path("quy-hoach/tong-hop/<str:term>/", proposing.approval, name="plan-approval"),
    path("quy-hoach/ra-soat/", reviewing.listed, name="plan-reviews"),
    path("quy-hoach/ra-soat/<int:number>/", reviewing.one, name="plan-review"),
]
