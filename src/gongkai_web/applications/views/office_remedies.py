"""The register of remedies: reconsiderations, suits and complaints over all cases, with what the agency has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.applications import derive
from gongkai.applications.details import RemedyGroup
from gongkai.applications.proceedings import Proceeding, defence_due
from gongkai.law.clock import Clock
from gongkai.law.events import EventKind
from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.applications.forms.fields import PlainForm
from gongkai_web.applications.lights import Urgency, urgency
from gongkai_web.applications.models import Case, LedgerRecord
from gongkai_web.applications.selectors import ledgers_of, visible_cases
from gongkai_web.applications.views import office_access as access

PER_PAGE = 50
MOST = 2000
"""Cases whose ledgers are read for one page of the register: an agency has a few dozens in a year, a city hundreds."""


class RemedyFilter(PlainForm):
    """What the register is narrowed to."""

    group = forms.ChoiceField(
        label="种类", choices=[("", "全部"), *((one.value, one.label) for one in RemedyGroup)], required=False
    )
    stage = forms.ChoiceField(
        label="进展", choices=[("", "全部"), ("pending", "尚未审结"), ("decided", "已有结果")], required=False
    )
    year = forms.IntegerField(label="年份", min_value=2008, max_value=2100, required=False)

    @property
    def year_asked(self) -> int | None:
        """The year of filing, where one was asked for."""
        return self.cleaned_data["year"] if self.is_valid() else None

    def admits(self, one: Proceeding) -> bool:
        """Whether the proceeding is within what was asked for."""
        said = self.cleaned_data if self.is_valid() else {}
        stage = "pending" if one.pending else "decided"
        return (
            said.get("group") in (None, "", one.group.value)
            and said.get("stage") in (None, "", stage)
            and said.get("year") in (None, one.filed_on.year)
        )


@dataclass(frozen=True)
class Entry:
    """A proceeding with its case. `defence` is the light of the agency's own reply; `reanswer` what it still owes."""

    case: Case
    proceeding: Proceeding
    defence: Urgency | None
    reanswer: Clock | None

    @property
    def stage(self) -> str:
        """Where it stands, and since when."""
        if self.proceeding.pending:
            return (
                f"上诉后尚未审结（{len(self.proceeding.reopened)}次上诉）" if self.proceeding.reopened else "尚未审结"
            )
        on, result = self.proceeding.rulings[-1]
        return f"{result.label}（{on:%Y年%-m月%-d日}）"


@require_GET
def remedies(request: HttpRequest) -> HttpResponse:
    """Every proceeding that the person may see, the latest first."""
    user, today = access.reader(request), timezone.localdate()
    form = RemedyFilter(request.GET)
    cases = list(_with_remedies(visible_cases(user), filed_in=form.year_asked)[: MOST + 1])
    found = [one for one in _entries(cases[:MOST], today) if form.admits(one.proceeding)]
    found.sort(key=lambda entry: (entry.proceeding.filed_on, entry.case.pk), reverse=True)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "most": MOST if len(cases) > MOST else None,
        "may_act": may_somewhere(user, Capability.HANDLE_APPLICATIONS),
        "crumbs": access.crumbs(("复议诉讼", "")),
    }
    return render(request, "applications/office/remedies.html", context)


def _with_remedies(cases: QuerySet[Case], *, filed_in: int | None) -> QuerySet[Case]:
    filed = LedgerRecord.objects.filter(case=OuterRef("pk"), kind=EventKind.REMEDY_FILED.value)
    filed = filed.filter(on__year=filed_in) if filed_in else filed
    return cases.filter(Exists(filed)).select_related("agency").defer("description").order_by("-received_on", "-pk")


def _entries(cases: Iterable[Case], today: date) -> Iterator[Entry]:
    by_key = {case.pk: case for case in cases}
    for key, ledger in ledgers_of(by_key):
        application = derive(ledger, as_of=today)
        owed = next((clock for clock in application.to_do if clock.key == "reanswer"), None)
        for one in application.proceedings:
            yield Entry(by_key[key], one, _defence(one, today), owed)


def _defence(one: Proceeding, today: date) -> Urgency | None:
    due = defence_due(one.filed)
    return urgency(due, open_=one.pending, running=True, today=today) if due is not None else None
