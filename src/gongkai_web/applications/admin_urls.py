"""Addresses of this app in the back office, below `/admin/applications/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from gongkai_web.applications.views import (
    letters_urls,
    office_acts,
    office_case,
    office_events,
    office_figures,
    office_notices,
    office_questions,
    office_register,
    office_registration,
    office_remedies,
)

_of_case = [
    path("", office_case.case_page, name="applications_case"),
    path("derivation/", office_case.derivation, name="applications_derivation"),
    path("applicant/", office_case.applicant, name="applications_applicant"),
    path("applicant/change/", office_acts.change_applicant, name="applications_applicant_change"),
    path("correct/", office_registration.correct, name="applications_correct"),
    path("questions/", office_questions.seven_questions, name="applications_questions"),
    path("record/<slug:kind>/", office_events.record_event, name="applications_record"),
    path("answer/<slug:kind>/", office_events.answer, name="applications_answer"),
    path("strike/<int:number>/", office_events.strike, name="applications_strike"),
    path("split/", office_acts.split, name="applications_split"),
    path("merge/", office_acts.merge, name="applications_merge"),
    path("transfer/", office_acts.transfer, name="applications_transfer"),
    path("proactive/", office_acts.proactive, name="applications_proactive"),
    path("files/", office_acts.add, name="applications_file_add"),
    path("files/<int:file_pk>/", office_acts.file, name="applications_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("applications/", office_register.register_page, name="applications_register"),
    path("applications/print/", office_register.print_page, name="applications_print"),
    path("applications/export.xlsx", office_register.export, name="applications_export"),
    path("applications/assign/", office_register.assign, name="applications_assign"),
    path("applications/new/", office_registration.new, name="applications_new"),
    path("applications/remedies/", office_remedies.remedies, name="applications_remedies"),
    path("applications/figures/", office_figures.figures, name="applications_figures"),
    path("applications/figures/cases/", office_figures.figure_cases, name="applications_figure_cases"),
    path("applications/notices/", office_notices.notices, name="applications_notices"),
    path("applications/notices/read/", office_notices.read, name="applications_notices_read"),
    path("applications/case/<int:pk>/", include(_of_case)),
    path("applications/", include(letters_urls)),
]
