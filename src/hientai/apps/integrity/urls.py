"""Addresses of good records."""

from django.urls import path

from hientai.apps.integrity import expunge_views, record_views, views

urlpatterns = [
    path("chat-luong/", views.quality, name="quality"),
    path("chat-luong/danh-sach/", views.records, name="quality-records"),
    path("chat-luong/dot/", views.campaigns, name="campaigns"),
    path("chat-luong/dot/<int:campaign>/", views.campaign, name="campaign"),
    path("chat-luong/dot/<int:campaign>/<int:unit>/ky/", views.sign_off, name="campaign-sign"),
    path("ho-so-cua-toi/", record_views.own_record, name="own-record"),
    path("huy-ho-so/", expunge_views.destructions, name="destructions"),
    path("huy-ho-so/<int:number>/", expunge_views.decide_destruction, name="destruction-decide"),
    path("can-bo/<str:code>/huy-ho-so/", expunge_views.ask_destruction, name="destruction-ask"),
    path("can-bo/<str:code>/sua-ho-so/", record_views.change, name="record-change"),
    path("de-nghi/", record_views.proposals, name="proposals"),
    path("de-nghi/<int:proposal>/", record_views.proposal, name="proposal"),
    path("de-nghi/<int:proposal>/buoc/", record_views.step, name="proposal-step"),
    path("de-nghi/giay-to/<int:evidence>/", record_views.evidence, name="proposal-evidence"),
]
