"""The portal stores nothing but the marks by which its caches learn that something public has changed."""

from __future__ import annotations

from django.db import models


class Mark(models.Model):
    """One mark per kind of change. `token` is drawn anew, in the transaction of the change: it never repeats."""

    name = models.CharField(max_length=20, primary_key=True)
    token = models.BigIntegerField()

    class Meta:
        verbose_name = "变更标记"
        verbose_name_plural = "变更标记"

    def __str__(self) -> str:
        return f"{self.name}: {self.token}"
