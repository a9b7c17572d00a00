"""Addresses of what an account keeps for itself."""

from django.urls import path

from hientai.apps.accounts import views

urlpatterns = [
    path("da-luu/", views.saved, name="saved-views"),
]
