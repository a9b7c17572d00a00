"""Addresses of the catalogue of reports and of the figure check."""

from django.urls import path

from hientai.apps.reports import catalogue_views, change_views, extract_views, views

urlpatterns = [
    path("bien-dong/", change_views.changes, name="changes"),
    path("trich-ngang/", extract_views.extract_list, name="extract"),
    path("bao-cao/", catalogue_views.catalogue, name="reports"),
    path("bao-cao/kiem-lai/", catalogue_views.verify, name="verify-report"),
    path("bao-cao/co-dinh/<str:code>/", catalogue_views.frozen, name="frozen-report"),
    path("bao-cao/<str:code>/", catalogue_views.report, name="report"),
    path("so-lieu/kiem-tra/", views.ask, name="figures-check"),
    path("so-lieu/kiem-tra/<str:token>/", views.answer, name="figures-checked"),
]
