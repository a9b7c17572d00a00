"""Addresses of imports and of long work."""

from django.urls import path

from hientai.apps.exchange import views

urlpatterns = [
    path("nhap/", views.imports, name="imports"),
    path("nhap/mau.xlsx", views.template, name="import-template"),
    path("nhap/don-vi/", views.requests, name="unit-requests"),
    path("nhap/don-vi/<str:token>.xlsx", views.request_workbook, name="unit-request"),
    path("nhap/<str:token>/", views.current, name="import"),
    path("nhap/<str:token>/cot/", views.columns, name="import-columns"),
    path("nhap/<str:token>/xem/", views.preview, name="import-preview"),
    path("nhap/<str:token>/sua/", views.mend, name="import-mend"),
    path("nhap/<str:token>/cach-viet/", views.spelling, name="import-spelling"),
    path("nhap/<str:token>/nguoi/", views.who, name="import-who"),
    path("nhap/<str:token>/ben/", views.side, name="import-side"),
    path("nhap/<str:token>/ghi/", views.commit, name="import-commit"),
    path("nhap/<str:token>/ket-qua/", views.result, name="import-result"),
    path("nhap/<str:token>/tep-ket-qua.xlsx", views.error_workbook, name="import-errors"),
    path("nhap/<str:token>/hoan-tac/", views.undo, name="import-undo"),
    path("nhap/<str:token>/bo/", views.abandon, name="import-abandon"),
    path("cong-viec/<str:token>/", views.work, name="work"),
    path("cong-viec/<str:token>/huy/", views.cancel_work, name="work-cancel"),
]
