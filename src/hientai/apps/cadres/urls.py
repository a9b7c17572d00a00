"""Addresses of people."""

from django.urls import path

from hientai.apps.cadres import file_views, views

urlpatterns = [
    path("can-bo/", views.people, name="people"),
    path("can-bo/mo-ho-so/", file_views.new_person, name="new-person"),
    path("can-bo/<str:code>/", views.person, name="person"),
    path("can-bo/<str:code>/ghi/", file_views.whole_file, name="person-file"),
    path("can-bo/<str:code>/ghi/<str:kind>/them/", file_views.add, name="person-record-add"),
    path("can-bo/<str:code>/ghi/<str:kind>/<str:row>/<str:doing>/", file_views.record, name="person-record"),
]
