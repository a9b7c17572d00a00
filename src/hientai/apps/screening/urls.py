"""Addresses of screening."""

from django.urls import path

from hientai.apps.screening import changes, views

urlpatterns = [
    path("ra-soat/", views.screening, name="screening"),
    path("ra-soat/thay-doi/", changes.impact, name="impact"),
    path("can-bo/<str:code>/du-kien/", views.facts, name="facts"),
    path("can-bo/<str:code>/tieu-chuan/<str:standard>/", views.explanation, name="explanation"),
]
