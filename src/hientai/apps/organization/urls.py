"""Addresses of the organisation."""

from django.urls import path

from hientai.apps.organization import views

urlpatterns = [
    path("to-chuc/don-vi/", views.units, name="units"),
    path("to-chuc/don-vi/<str:code>/", views.unit, name="unit"),
    path("to-chuc/don-vi/<str:code>/quyet-dinh/<str:kind>/", views.act, name="unit-act"),
    path("to-chuc/quyet-dinh/<int:act>/hoan-tac/", views.undo, name="unit-act-undo"),
    path("to-chuc/so-do/", views.chart, name="chart"),
    path("to-chuc/khac-biet/", views.difference, name="unit-difference"),
    path("to-chuc/bien-che/", views.balance, name="unit-balance"),
    path("to-chuc/bien-che/nam/", views.balance_years, name="unit-balance-years"),
    path("to-chuc/dem/", views.bodies, name="unit-bodies"),
    path("to-chuc/tam-dung/", views.freezes, name="freezes"),
    path("to-chuc/tam-dung/<int:window>/bo/", views.lift, name="freeze-lift"),
]
