"""The cells of tables 三 and 四 in which a case counts, and the carry-out as it was reported."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models.case import Case
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel

FOR_EVER = 9999
"""`until` of a cell in which the case counts in every year to come, unless something happens to it."""


class CountedCell(models.Model):
    """A case in a cell from `year` to `until`. Rewritten with the cache; totals are sums and not stored.

    Nearly all rows hold for a single year; what is carried over years, or pending in court, does not.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="cells")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=100)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "year", "path", "times"], name="counted_year"),
            models.Index(
                fields=["agency", "year", "until", "path"], condition=Q(until__gt=F("year")), name="counted_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.path} {self.year}–{self.until}"


class ReportedCarry(AppendOnlyModel):
    """结转下年度 of one kind of applicant as the annual report of the year stated it: the numbers of its cases.

    The newest row of an agency, year and column holds.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    column = models.CharField(max_length=24)
    cases = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "year", "column", "-id"], name="reported_carry")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.column}"


guards.append_only("applications_reportedcarry", message="已确定的结转数只能新增，不能修改或删除。")
