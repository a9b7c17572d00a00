"""Addresses of succession planning."""

from django.urls import path

from hientai.apps.planning import views

urlpatterns = [
    path("quy-hoach/do-phu/", views.coverage, name="coverage"),
    path("quy-hoach/do-phu/<str:title>/<str:measure>/", views.behind, name="coverage-behind"),
]
