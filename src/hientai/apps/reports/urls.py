"""Addresses of the figure check."""

from django.urls import path

from hientai.apps.reports import views

urlpatterns = [
    path("so-lieu/kiem-tra/", views.ask, name="figures-check"),
    path("so-lieu/kiem-tra/<str:token>/", views.answer, name="figures-checked"),
]
