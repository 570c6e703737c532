"""Addresses of this app in the back office, below `/admin/`."""

from __future__ import annotations

from django.urls import path

from gongkai_web.information import closure_views, counting_views, post_views, queue_views, relation_views, views

urlpatterns = [
    path("review/", queue_views.queue, name="information_queue"),
    path("review/<int:pk>/", views.review, name="information_review"),
    path("review/<int:pk>/act/", views.act, name="information_act"),
    path("review/<int:pk>/determine/", views.determine, name="information_determine"),
    path("review/<int:pk>/publish/", views.publish_signed, name="information_publish"),
    path("review/<int:pk>/sheet.pdf", views.sheet, name="information_sheet"),
    path("counts/", counting_views.counts, name="information_counts"),
    path("counts/table.csv", counting_views.counts_table, name="information_counts_table"),
    path("item/<int:pk>/", views.item, name="information_item"),
    path("item/<int:pk>/files/", relation_views.files, name="information_files"),
    path("item/<int:pk>/relate/", relation_views.relate, name="information_relate"),
    path("item/<int:pk>/submit/", views.submit, name="information_submit"),
    path("item/<int:pk>/withdraw/", views.withdraw_item, name="information_withdraw"),
    path("item/<int:pk>/rereview/", closure_views.rereview, name="information_rereview"),
    path("closed/", closure_views.closed_list, name="information_closed"),
    path("closed/interval/", closure_views.interval, name="information_closure_interval"),
    path("item/<int:pk>/redraft/", views.redraft, name="information_redraft"),
    path("post/<int:pk>/", post_views.post, name="information_post"),
    path("post/<int:pk>/submit/", post_views.submit_post, name="information_submit_post"),
    path("record/<int:pk>/", views.normative_record, name="information_record"),
    path("record/<int:pk>/event/", views.register_event, name="information_register_event"),
    path("record/event/<int:pk>/revoke/", views.revoke_register_event, name="information_revoke_event"),
]
