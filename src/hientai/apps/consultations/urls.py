"""Addresses of consultations."""

from django.urls import path

from hientai.apps.consultations import views

urlpatterns = [
    path("lay-y-kien/", views.consultations, name="consultations"),
    path("lay-y-kien/moi/", views.open_consultation, name="consultation-open"),
    path("lay-y-kien/<str:code>/", views.consultation, name="consultation"),
    path("lay-y-kien/<str:code>/tra-loi/<str:addressee>/", views.answer, name="consultation-answer"),
    path("lay-y-kien/<str:code>/de-xuat/<str:proposal>/", views.reply, name="consultation-reply"),
    path("lay-y-kien/<str:code>/phien-ban/", views.version, name="consultation-version"),
    path("lay-y-kien/<str:code>/so-sanh/", views.versions, name="consultation-versions"),
    path("lay-y-kien/<str:code>/hoi-nghi/", views.conference, name="consultation-conference"),
    path("lay-y-kien/<str:code>/ket-thuc/", views.close, name="consultation-close"),
    path("lay-y-kien/<str:code>/tong-hop.docx", views.report, name="consultation-report"),
]
