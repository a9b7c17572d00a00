"""Addresses of the workforce."""

from django.urls import path

from hientai.apps.workforce import competency_views, leaving_views, views

urlpatterns = [
    path("vi-tri-viec-lam/", views.register, name="jobs"),
    path("vi-tri-viec-lam/them/", views.new, name="job-new"),
    path("vi-tri-viec-lam/<str:code>/", views.job, name="job"),
    path("vi-tri-viec-lam/<str:code>/sua/", views.change, name="job-change"),
    path("vi-tri-viec-lam/<str:code>/nguoi/", views.place, name="job-place"),
    path("vi-tri-viec-lam/<str:code>/nang-luc/", views.levels, name="job-levels"),
    path("khung-nang-luc/", competency_views.competencies, name="competencies"),
    path("khoang-cach-nang-luc/", competency_views.gap, name="competency-gap"),
    path("khoang-cach-nang-luc/danh-sach/", competency_views.behind, name="competency-people"),
    path("can-bo/<str:code>/nang-luc/", competency_views.assess, name="person-competencies"),
    path("tinh-gian/", leaving_views.listed, name="leavings"),
    path("tinh-gian/ghi/", leaving_views.record, name="leaving-new"),
    path("tinh-gian/<int:number>/", leaving_views.one, name="leaving"),
    path("tinh-gian/<int:number>/hoan-tac/", leaving_views.undo, name="leaving-undo"),
]
