"""Addresses of screening."""

from django.urls import path

from hientai.apps.screening import changes, explaining, finding, views

urlpatterns = [
    path("ra-soat/", views.screening, name="screening"),
    path("ra-soat/gan-dat/", explaining.almost, name="almost"),
    path("ra-soat/nhieu-quy-dinh/", explaining.regimes, name="under-regimes"),
    path("tim-nguoi/", finding.search, name="talent-search"),
    path("tim-nguoi/luu/", finding.keep, name="keep-search"),
    path("tim-nguoi/<int:number>/bo/", finding.drop, name="drop-search"),
    path("so-sanh/", finding.compare, name="compare"),
    path("ra-soat/thay-doi/", changes.impact, name="impact"),
    path("can-bo/<str:code>/du-kien/", views.facts, name="facts"),
    path("can-bo/<str:code>/tieu-chuan/<str:standard>/", views.explanation, name="explanation"),
]
