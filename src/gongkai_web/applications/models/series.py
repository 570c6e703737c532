"""Running numbers: of cases, and of the documents that the agency issues."""

from __future__ import annotations

from django.db import models

from gongkai_web.accounts.models import Agency


class NumberSeries(models.Model):
    """The last number issued per agency, year and series; its row is locked while a number is issued."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=24)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year", "series"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.series}: {self.last}"
