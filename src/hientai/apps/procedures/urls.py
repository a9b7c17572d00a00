"""Addresses of procedures and ballots."""

from django.urls import path

from hientai.apps.procedures import counting, views

urlpatterns = [
    path("quy-trinh/", views.board, name="cases"),
    path("quy-trinh/mo/", views.open_case, name="case-open"),
    path("quy-trinh/dinh-nghia/", views.definitions, name="procedures"),
    path("quy-trinh/dinh-nghia/<str:procedure>/", views.definition, name="procedure"),
    path("quy-trinh/mau-van-ban/", views.templates, name="case-templates"),
    path(
        "quy-trinh/mau-van-ban/<str:layout>/<str:document>.docx",
        views.shipped_template,
        name="shipped-template",
    ),
    path("quy-trinh/<str:code>/", views.case, name="case"),
    path("quy-trinh/<str:code>/viec/<str:act>/", views.act, name="case-act"),
    path("quy-trinh/<str:code>/giay-to/", views.open_dossiers, name="case-dossiers"),
    path("quy-trinh/<str:code>/bien-ban/", views.minutes, name="case-minutes"),
    path("quy-trinh/<str:code>/kiem-phieu/", counting.tellers, name="case-tellers"),
    path("quy-trinh/<str:code>/dinh-chinh/<str:ballot>/", counting.correct, name="case-correct"),
    path("quy-trinh/<str:code>/van-ban/<str:document>/", views.document, name="case-document"),
    path("kiem-phieu/", counting.mine, name="my-ballots"),
    path("kiem-phieu/<str:token>/", counting.count, name="ballot-count"),
]
