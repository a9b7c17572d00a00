"""Addresses of people."""

from django.urls import path

from hientai.apps.cadres import code_views, double_views, file_views, views

urlpatterns = [
    path("danh-muc/", code_views.code_lists_index, name="code-lists"),
    path("danh-muc/<str:name>/", code_views.code_list, name="code-list"),
    path("danh-muc/<str:name>/<str:alias>/quen/", code_views.forget, name="code-alias-forget"),
    path("can-bo/", views.people, name="people"),
    path("hai-ho-so/", double_views.doubles, name="doubles"),
    path("hai-ho-so/<str:pair>/khac-nhau/", double_views.tell_apart, name="double-apart"),
    path("hai-ho-so/<str:merge>/hoan-tac/", double_views.undo_merge, name="merge-undo"),
    path("can-bo/mo-ho-so/", file_views.new_person, name="new-person"),
    path("can-bo/<str:code>/so-yeu-ly-lich.docx", views.summary, name="person-summary"),
    path("can-bo/<str:code>/", views.person, name="person"),
    path("can-bo/<str:code>/gop/<str:other>/", double_views.compare, name="compare-files"),
    path("can-bo/<str:code>/anh.jpg", file_views.photo, name="person-photo"),
    path("can-bo/<str:code>/ghi/anh/", file_views.keep_photo, name="person-photo-keep"),
    path("can-bo/<str:code>/ghi/", file_views.whole_file, name="person-file"),
    path("can-bo/<str:code>/ghi/<str:kind>/them/", file_views.add, name="person-record-add"),
    path("can-bo/<str:code>/ghi/<str:kind>/<str:row>/<str:doing>/", file_views.record, name="person-record"),
]
