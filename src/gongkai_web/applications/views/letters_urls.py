"""Addresses of the letters in the back office, below `/admin/applications/`."""

from __future__ import annotations

from django.urls import path

from gongkai_web.applications.views import letters

urlpatterns = [
    path("letters/", letters.waiting, name="applications_letters_waiting"),
    path("letters/settings/", letters.settings, name="applications_letter_settings"),
    path("case/<int:pk>/letters/new/", letters.new, name="applications_letter_new"),
    path("letter/<int:pk>/", letters.preview, name="applications_letter_preview"),
    path("letter/<int:pk>/edit/", letters.edit, name="applications_letter_edit"),
    path("letter/<int:pk>/sign/", letters.sign, name="applications_letter_sign"),
    path("letter/<int:pk>/act/", letters.act, name="applications_letter_act"),
    path("letter/<int:pk>/serve/", letters.serve, name="applications_letter_serve"),
    path("letter/<int:pk>/receive/", letters.receive, name="applications_letter_receive"),
    path("letter/<int:pk>/letter.<slug:suffix>", letters.file, name="applications_letter_file"),
]
