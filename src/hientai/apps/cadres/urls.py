"""Addresses of people."""

from django.urls import path

from hientai.apps.cadres import views

urlpatterns = [
    path("can-bo/", views.people, name="people"),
    path("can-bo/<str:code>/so-yeu-ly-lich.docx", views.summary, name="person-summary"),
    path("can-bo/<str:code>/", views.person, name="person"),
]
