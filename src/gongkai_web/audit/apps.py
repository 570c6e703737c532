"""The audit app, which also keeps the database's own guards in place."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    """Registers the guards of every app: they are lifted before a migration and put back after it."""

    name = "gongkai_web.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Migrations on SQLite rebuild tables, which would drop triggers without a word."""
        from gongkai_web.audit import checks, guards  # noqa: F401, PLC0415  # registers the system check

        pre_migrate.connect(guards.lift_before_migration, sender=self, dispatch_uid="gongkai-guards-lift")
        post_migrate.connect(guards.restore_after_migration, sender=self, dispatch_uid="gongkai-guards-restore")
