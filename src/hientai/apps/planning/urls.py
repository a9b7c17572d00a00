"""Addresses of succession planning."""

from django.urls import path

from hientai.apps.planning.views import (
    adding,
    ahead,
    coverage,
    desk,
    programme,
    proposing,
    publishing,
    reviewing,
    turns,
)

urlpatterns = [
    path("quy-hoach/do-phu/", coverage.coverage, name="coverage"),
    path("quy-hoach/do-phu/<str:title>/<str:measure>/", coverage.behind, name="coverage-behind"),
    path("quy-hoach/luot/", turns.turns, name="plan-turns"),
    path("quy-hoach/khong-con-hieu-luc/", turns.voided, name="plan-voided"),
    path("quy-hoach/de-nghi/", proposing.listed, name="plan-proposals"),
    path("quy-hoach/de-nghi/<int:number>/", proposing.one, name="plan-proposal"),
    path("quy-hoach/tong-hop/<str:term>/", proposing.approval, name="plan-approval"),
    path("quy-hoach/ra-soat/", reviewing.listed, name="plan-reviews"),
    path("quy-hoach/ra-soat/<int:number>/", reviewing.one, name="plan-review"),
    path("quy-hoach/ra-soat/<int:number>/bo-sung/", adding.additions, name="plan-additions"),
    path("quy-hoach/cong-bo/", publishing.listed, name="plan-publications"),
    path("quy-hoach/cong-bo/<int:number>/", publishing.one, name="plan-publication"),
    path("quy-hoach/vi-tri/", coverage.seats, name="plan-depths"),
    path("quy-hoach/chuc-danh/<str:title>/", desk.bench, name="plan-bench"),
    path("quy-hoach/so-can/<str:term>/<int:seat>/", programme.wanted, name="plan-wanted"),
    path("quy-hoach/chuong-trinh/<str:term>/<str:code>/", programme.one, name="plan-programme"),
    path("quy-hoach/ket-qua-san-sang/<str:title>/", desk.grid, name="plan-grid"),
    path("quy-hoach/thu-thay-doi/", desk.thought, name="plan-what-if"),
    path("quy-hoach/so-hai-ngay/", desk.between, name="plan-between"),
    path("quy-hoach/theo/", desk.summary, name="plan-summary"),
    path("quy-hoach/nhin-truoc/", ahead.ahead, name="plan-ahead"),
    path("quy-hoach/chua-quy-hoach/", ahead.unplanned, name="plan-unplanned"),
]
