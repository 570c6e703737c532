"""Removing a row: what refers to it is named instead of failing, and the log keeps who removed what."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.snippets.views.snippets import DeleteView

from gongkai.errors import GongkaiError
from gongkai_web.audit.labels import register
from gongkai_web.audit.services import record

register({"workbench.deleted": "删除"})


class ServiceDeleteView(DeleteView):
    """Wagtail's question before deleting; a refusal is a message, not an error page."""

    def get_usage_url(self) -> None:
        """None: Wagtail's index of references is off, so its count would say 0 of everything."""

    def refusal(self, obj: Any) -> str:
        """Why this row has to stay, as a Chinese sentence; empty when it may go."""
        return ""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete with an event, or say what stands in the way."""
        reason = self.refusal(self.object) or self._delete()
        if reason:
            messages.error(self.request, reason)
            return redirect(self.get_success_url())
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())

    def _delete(self) -> str:
        name, kind = str(self.object), str(self.object._meta.verbose_name)
        try:
            with transaction.atomic():
                record("workbench.deleted", obj=self.object, actor=self.request.user, details={"what": kind})
                self.delete_action()
        except (ProtectedError, RestrictedError) as error:
            return f"“{name}”不能删除：{_named(error)}还在使用它。请先在那里解除或改用别的{kind}。"
        except GongkaiError as error:
            return f"{error.message}{error.hint}"
        return ""


def _named(error: ProtectedError | RestrictedError) -> str:
    """3项栏目、2件政府信息, by the names of the models."""
    found: set[Model] = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    kinds = Counter(str(row._meta.verbose_name) for row in found)
    return "、".join(f"{number}项{kind}" for kind, number in kinds.items())
