"""Addresses of reorganisation."""

from django.urls import path

from hientai.apps.reorganisation import views

urlpatterns = [
    path("sap-xep/", views.drafts, name="reorganisations"),
    path("sap-xep/moi/", views.start, name="reorganisation-start"),
    path("sap-xep/<str:token>/", views.preview, name="reorganisation"),
    path("sap-xep/<str:token>/nguoi/<str:code>/", views.choose, name="reorganisation-choice"),
    path("sap-xep/<str:token>/y-kien/", views.comments, name="reorganisation-comments"),
    path("sap-xep/<str:token>/thuc-hien/", views.commit, name="reorganisation-commit"),
    path("sap-xep/<str:token>/hoan-tac/", views.undo, name="reorganisation-undo"),
    path("sap-xep/<str:token>/quyet-dinh.docx", views.decision, name="reorganisation-decision"),
    path("sap-xep/<str:token>/danh-sach/<str:unit>.docx", views.annex, name="reorganisation-annex"),
]
