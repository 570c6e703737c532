"""Who may finish a job: the run that holds it, and nobody after it was started anew."""

from __future__ import annotations

from typing import Any

from gongkai.errors import GongkaiError
from gongkai_web.interchange.models import Job, JobState


class Superseded(GongkaiError):  # noqa: N818  # names the event
    """The job was started anew while this run was under way; what this run did is rolled back."""


def settle(job: Job) -> None:
    """Mark the job done in the very transaction of its work, so that it cannot be done twice. Raises: `Superseded`."""
    if not held(job).update(state=JobState.DONE):
        raise Superseded("JOB-SUPERSEDED", "这项工作已重新开始，前一次运行没有写入任何数据。")


def held(job: Job) -> Any:
    """The row as this run took it; empty once another run has it (`moved_at` changes with every hand)."""
    return Job.objects.filter(pk=job.pk, moved_at=job.moved_at).exclude(state=JobState.QUEUED)
