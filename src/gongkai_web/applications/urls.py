"""Addresses of the public side. The agency stands behind `to/`, so that no agency's name can hide another page."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai_web.applications.public.views import apply, receipts, tracker

app_name = "applications"
urlpatterns = [
    path("", apply.apply, name="apply"),
    path("to/<slug:slug>/", apply.start, name="start"),
    path("to/<slug:slug>/preview/", apply.preview, name="preview"),
    path("to/<slug:slug>/discard/", apply.discard, name="discard"),
    path("to/<slug:slug>/receipt/", receipts.receipt, name="receipt"),
    path("to/<slug:slug>/receipt.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    re_path(r"^to/(?P<slug>[-\w]+)/(?P<name>describe|identity|delivery)/$", apply.step, name="step"),
    path("track/", tracker.track, name="track"),
    path("case/", tracker.case, name="case"),
    path("case/leave/", tracker.leave, name="leave"),
    path("case/files/<int:number>/", tracker.file, name="file"),
    path("case/letters/<int:number>/", tracker.letter, name="letter"),
    path("case/<slug:name>/", tracker.act, name="act"),
]
