"""Addresses of the public statistics."""

from __future__ import annotations

from django.urls import path

from gongkai_web.annual_report.supervision import public

app_name = "statistics"
urlpatterns = [
    path("", public.overview, name="overview"),
    path("<int:year>.csv", public.data, name="data"),
]
