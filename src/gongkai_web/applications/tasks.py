"""The background tasks of this app; `python -m gongkai_web db_worker` runs them."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task()
def send_notice(notice_pk: int) -> None:
    """Mail one notice, once. A server that refuses fails the task, which stays on record and can be run again."""
    from gongkai_web.applications.models import Notice  # noqa: PLC0415  # tasks are imported with the services
    from gongkai_web.applications.services.notices import letter_of  # noqa: PLC0415  # which import this module

    notice = Notice.objects.select_related("person").filter(pk=notice_pk, mailed_at=None).first()
    if notice is None or not notice.person.email:
        return
    letter_of(notice).send()
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])
