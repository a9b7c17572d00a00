"""Addresses of people."""

from django.urls import path

from hientai.apps.cadres import double_views, file_views, views

urlpatterns = [
    path("can-bo/", views.people, name="people"),
    path("can-bo/hai-ho-so/", double_views.doubles, name="doubles"),
    path("can-bo/hai-ho-so/<str:pair>/khac-nhau/", double_views.tell_apart, name="double-apart"),
    path("can-bo/hai-ho-so/<str:merge>/hoan-tac/", double_views.undo_merge, name="merge-undo"),
    path("can-bo/mo-ho-so/", file_views.new_person, name="new-person"),
    path("can-bo/<str:code>/", views.person, name="person"),
    path("can-bo/<str:code>/gop/<str:other>/", double_views.compare, name="compare-files"),
    path("can-bo/<str:code>/ghi/", file_views.whole_file, name="person-file"),
    path("can-bo/<str:code>/ghi/<str:kind>/them/", file_views.add, name="person-record-add"),
    path("can-bo/<str:code>/ghi/<str:kind>/<str:row>/<str:doing>/", file_views.record, name="person-record"),
]
