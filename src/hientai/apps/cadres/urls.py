"""Addresses of people."""

from django.urls import path

from hientai.apps.cadres import asking_views, code_views, difference_views, double_views, file_views, views

urlpatterns = [
    path("danh-muc/", code_views.code_lists_index, name="code-lists"),
    path("danh-muc/<str:name>/", code_views.code_list, name="code-list"),
    path("danh-muc/<str:name>/<str:alias>/quen/", code_views.forget, name="code-alias-forget"),
    path("can-bo/", views.people, name="people"),
    path("hai-ho-so/", double_views.doubles, name="doubles"),
    path("hai-ho-so/<str:pair>/khac-nhau/", double_views.tell_apart, name="double-apart"),
    path("hai-ho-so/<str:merge>/hoan-tac/", double_views.undo_merge, name="merge-undo"),
    path("can-bo/khac-biet/", difference_views.people_between, name="people-between"),
    path("can-bo/<str:code>/khac-biet/", difference_views.person_between, name="person-between"),
    path("can-bo/mo-ho-so/", file_views.new_person, name="new-person"),
    path("can-bo/<str:code>/mau/<str:form>.docx", views.summary, name="person-form"),
    path("can-bo/<str:code>/", views.person, name="person"),
    path("can-bo/<str:code>/gop/<str:other>/", double_views.compare, name="compare-files"),
    path("can-bo/<str:code>/anh.jpg", file_views.photo, name="person-photo"),
    path("can-bo/<str:code>/ghi/anh/", file_views.keep_photo, name="person-photo-keep"),
    path("can-bo/<str:code>/ghi/", file_views.whole_file, name="person-file"),
    path("can-bo/<str:code>/ban-khai/", asking_views.filled_form, name="filled-form"),
    path("can-bo/<str:code>/ban-khai/gui/", asking_views.send_filled_form, name="filled-form-send"),
    path("can-bo/<str:code>/de-nghi/", asking_views.ask_about_file, name="file-ask"),
    path("can-bo/<str:code>/de-nghi/<str:kind>/them/", asking_views.ask_to_add, name="record-ask-add"),
    path(
        "can-bo/<str:code>/de-nghi/<str:kind>/<str:row>/<str:doing>/",
        asking_views.ask_about_record,
        name="record-ask",
    ),
    path("can-bo/<str:code>/ghi/<str:kind>/them/", file_views.add, name="person-record-add"),
    path("can-bo/<str:code>/ghi/<str:kind>/<str:row>/<str:doing>/", file_views.record, name="person-record"),
]
