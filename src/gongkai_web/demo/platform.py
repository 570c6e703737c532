"""Making the whole example platform, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.demo import accounts_file, annual_reports, applications, plans, register, table2
from gongkai_web.demo.cast import GOVERNMENT, Cast, gather
from gongkai_web.demo.clock import SHANGHAI, Story, at, standing_at, tell
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.normative import refresh_all
from gongkai_web.proactive.services import save_column
from gongkai_web.search.services import postponed

_OPENED = date(2019, 12, 2)
_LEFT_BLANK = 2


class DemoRefused(GongkaiError):  # noqa: N818  # names the event
    """The database is in use for something else."""


@dataclass(frozen=True)
class Made:
    """What there is now."""

    agencies: int
    people: int
    items: int
    public: int
    steps: int

    def __str__(self) -> str:
        return f"机关{self.agencies}个、账号{self.people}个、信息{self.items}件（其中已公开{self.public}件）"


def exists() -> bool:
    """Is the example in this database already?"""
    return Agency.objects.filter(slug=GOVERNMENT.slug, name=GOVERNMENT.name).exists()


def make(*, today: date | None = None) -> Made:
    """Fill an empty database; all of it or nothing. The same day gives the same platform, but for the password.

    Raises: `DemoRefused` when there are agencies already: example data do not belong among real ones.
    """
    if Agency.objects.exists():
        raise DemoRefused(
            "DEMO-NOT-EMPTY", "库里已有机构，不能再填入演示数据。", "请用 GONGKAI_VAR 指定另一个空目录后重试。"
        )
    day = today or timezone.localdate()
    password = accounts_file.new_password()
    with postponed(), transaction.atomic():
        steps = _history(password, today=day)
        _hide_blank_columns()
        refresh_all(today=day)
    accounts_file.write(password)
    return _counted(steps)


def _history(password: str, *, today: date) -> int:
    with standing_at() as stand:
        stand(at(_OPENED))
        casts = gather(password)
    return tell(
        [story for cast in casts.values() for story in _stories(cast, today=today)],
        until=min(timezone.now(), datetime.combine(today, time(23, 59), SHANGHAI)),
    )


def _hide_blank_columns() -> None:
    """An agency shows the columns that it fills. A few stay blank, as on real sites, for the inspection to find."""
    for agency in Agency.objects.all():
        filled = InformationItem.objects.filter(agency=agency).values("column")
        blank = agency.columns.exclude(parent=None).exclude(pk__in=filled).order_by("position", "pk")
        for column in blank[_LEFT_BLANK:]:
            column.is_shown = False
            save_column(column)


def _stories(cast: Cast, *, today: date) -> list[Story]:
    parts = (plans, register, table2, applications, annual_reports)
    return [story for part in parts for story in part.stories_of(cast, today=today)]


def _counted(steps: int) -> Made:
    return Made(
        Agency.objects.count(),
        User.objects.count(),
        InformationItem.objects.count(),
        InformationItem.objects.public().count(),
        steps,
    )
