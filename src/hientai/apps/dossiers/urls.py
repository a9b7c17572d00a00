"""Addresses of dossiers."""

from django.urls import path

from hientai.apps.dossiers import declaration_views, views

urlpatterns = [
    path("ke-khai/", declaration_views.declarations, name="declarations"),
    path("ke-khai/buoc/", declaration_views.record_step, name="declaration-step"),
    path("ke-khai/<int:year>/boc-tham/", declaration_views.draw_lots, name="declaration-draw"),
    path("giay-to/", views.purposes, name="purposes"),
    path("giay-to/han/", views.expiring, name="papers-expiring"),
    path("giay-to/tinh-trang/<str:state>/", views.in_state, name="papers-in-state"),
    path("giay-to/danh-muc/<str:template>/", views.template, name="dossier-template"),
    path("giay-to/<int:purpose>/", views.board, name="dossier-board"),
    path("giay-to/<int:purpose>/nguoi/", views.add_people, name="dossier-people"),
    path("giay-to/ho-so/<int:dossier>/", views.dossier, name="dossier"),
    path("giay-to/ho-so/<int:dossier>/<str:item>/", views.paper, name="paper"),
    path("giay-to/ho-so/<int:dossier>/<str:item>/mien/", views.waive, name="paper-waive"),
    path("giay-to/ho-so/<int:dossier>/tap/<str:form>/", views.bundle, name="dossier-bundle"),
    path("giay-to/ban/<int:version>/tham-dinh/", views.appraise, name="paper-appraise"),
    path("giay-to/ban/<int:version>/mo/", views.open_paper, name="paper-open"),
]
