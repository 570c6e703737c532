"""For which government and which year a screen of the supervising office is shown: both stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.annual_report.models.report import FIRST_YEAR

TABS = (
    ("annual_report_roster", "报送名单"),
    ("annual_report_imports", "导入"),
    ("annual_report_findings", "问题"),
    ("annual_report_summary", "汇总"),
    ("annual_report_compare", "比较"),
    ("annual_report_similarity", "雷同"),
    ("annual_report_ranking", "排名"),
)


@dataclass(frozen=True)
class Scope:
    """`root` is the body whose members are looked at; `roots` the ones the person may choose."""

    user: User
    root: Agency
    year: int
    roots: tuple[Agency, ...]
    current: str

    @cached_property
    def years(self) -> list[int]:
        """Years to choose from, the newest first."""
        return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))

    @property
    def query(self) -> str:
        """What keeps the scope in an address."""
        return urlencode({"agency": self.root.pk, "year": self.year})

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Address, label, whether it is the one shown."""
        return [(f"{reverse(name)}?{self.query}", label, name == self.current) for name, label in TABS]

    def address(self, name: str, **more: Any) -> str:
        """Another screen within the scope."""
        return f"{reverse(name)}?{self.query}{'&' + urlencode(more) if more else ''}"


def scope_of(request: HttpRequest, *, current: str = "") -> Scope:
    """The scope of a request; what the address leaves out is the person's own body and last year.

    Raises: `PermissionDenied` for people who supervise nobody, and for a body that is not theirs.
    """
    user: Any = request.user
    roots = _roots(user)
    if not roots:
        raise PermissionDenied
    values = request.POST if request.method == "POST" else request.GET
    wanted = _number(values.get("agency", ""))
    root = next((one for one in roots if one.pk == wanted), None)
    if wanted is not None and root is None:
        raise PermissionDenied
    year = _number(values.get("year", "")) or timezone.localdate().year - 1
    year = min(max(year, FIRST_YEAR), timezone.localdate().year)
    return Scope(user, root or _default(user, roots), year, tuple(roots), current)


def _roots(user: User) -> list[Agency]:
    """Bodies with others below them, as far as the person supervises; else his own, which then stands alone."""
    mine = agencies_for(user, Capability.SUPERVISE).order_by("path")
    return list(mine.filter(children__isnull=False).distinct()) or list(mine)


def _default(user: User, roots: list[Agency]) -> Agency:
    return next((one for one in roots if one.pk == user.home_id), roots[0])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
