"""Addresses of good records."""

from django.urls import path

from hientai.apps.integrity import views

urlpatterns = [
    path("chat-luong/", views.quality, name="quality"),
    path("chat-luong/danh-sach/", views.records, name="quality-records"),
    path("chat-luong/dot/", views.campaigns, name="campaigns"),
    path("chat-luong/dot/<int:campaign>/", views.campaign, name="campaign"),
    path("chat-luong/dot/<int:campaign>/<int:unit>/ky/", views.sign_off, name="campaign-sign"),
]
