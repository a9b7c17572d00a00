"""Addresses of the register of documents."""

from django.urls import path

from hientai.apps.regulations import views

urlpatterns = [
    path("quy-dinh/", views.register, name="regulations"),
    path("quy-dinh/cac-giai-doan/", views.timeline, name="regimes"),
    path("quy-dinh/chi-tieu/", views.targets, name="targets"),
    path("quy-dinh/du-thao/", views.drafts, name="drafts"),
    path("quy-dinh/du-thao/<int:number>/bo/", views.drop_draft, name="drop-draft"),
    path("quy-dinh/tham-so/", views.parameters, name="parameters"),
    path("quy-dinh/tham-so/<str:key>/", views.parameter, name="parameter"),
    path("quy-dinh/de-xuat/<int:number>/", views.proposal, name="value-proposal"),
    path("quy-dinh/tep/<int:number>/", views.text, name="regulation-text"),
    path("quy-dinh/them/", views.enter, name="enter-regulation"),
    path("quy-dinh/van-ban/<str:slug>/", views.document, name="regulation"),
    path("quy-dinh/van-ban/<str:slug>/dan/", views.citing, name="regulation-citing"),
]
