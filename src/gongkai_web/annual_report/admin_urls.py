"""Addresses of this app in the back office, below `/admin/`."""

from __future__ import annotations

from django.urls import path

from gongkai_web.annual_report.views import acts, listing, records, screen, versions

urlpatterns = [
    path("annual-reports/", listing.reports, name="annual_report_list"),
    path("annual-reports/open/", listing.open_one, name="annual_report_open"),
    path("annual-reports/<int:pk>/", screen.edit, name="annual_report_edit"),
    path("annual-reports/<int:pk>/autosave/", screen.autosave, name="annual_report_autosave"),
    path("annual-reports/<int:pk>/records/", records.records, name="annual_report_records"),
    path("annual-reports/<int:pk>/figures/", acts.figures, name="annual_report_figures"),
    path("annual-reports/<int:pk>/act/", acts.act, name="annual_report_act"),
    path("annual-reports/<int:pk>/preview/", versions.preview, name="annual_report_preview"),
    path("annual-reports/<int:pk>/draft.<slug:kind>", versions.draft_file, name="annual_report_draft_file"),
    path("annual-reports/<int:pk>/versions/<int:number>/", versions.version, name="annual_report_version"),
]
