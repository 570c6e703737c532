"""The background task of this app; `python -m gongkai_web db_worker` runs it."""

from __future__ import annotations

from django_tasks import task

from gongkai_web.interchange import jobs


@task()
def run_job(job_pk: int) -> None:
    """Run one job."""
    jobs.perform(job_pk)
