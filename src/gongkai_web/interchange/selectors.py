"""Reads about jobs, within the person's agencies."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import agencies_for, may_somewhere
from gongkai_web.interchange.jobs import WORK
from gongkai_web.interchange.models import Job


def visible_jobs(user: User) -> QuerySet[Job]:
    """Jobs of the kinds that the person may start, in the agencies where he may."""
    jobs = Job.objects.select_related("agency", "started_by")
    conditions = [Q(kind=kind, agency__in=agencies_for(user, work.capability)) for kind, work in WORK.items()]
    return jobs.filter(reduce(or_, conditions))


def may_use(user: User) -> bool:
    """Has the person any use for the screens of this app?"""
    return any(may_somewhere(user, work.capability) for work in WORK.values())
