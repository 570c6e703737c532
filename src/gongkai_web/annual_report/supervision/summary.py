"""The government's own report: what its members reported, added up by `gongkai.annual_report.aggregation`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import transaction

from gongkai.annual_report import formats
from gongkai.annual_report.aggregation import Aggregate, Difference, Member, Rules, aggregate
from gongkai.annual_report.crosswalk import total
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Cell, CellState, Number, Report
from gongkai.annual_report.serialisation import TABLES
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, AgencyKind, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import AnnualReport, JointDocument, SummaryRule
from gongkai_web.annual_report.selectors.cells import computed
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.annual_report.supervision.filed import Filed, filed
from gongkai_web.annual_report.supervision.roster import members_of
from gongkai_web.audit.services import record

OWN = "本级"
"""The government's own records (its office's applications and documents) count beside its members' reports."""


class SummaryRefused(GongkaiError):  # noqa: N818  # names the event
    """The rule for adding up cannot be stored as it was given."""


@dataclass(frozen=True)
class Summary:
    """The sums with what is missing. `own` is what the government reported itself for the whole, if it has."""

    government: Agency
    year: int
    aggregate: Aggregate
    missing: tuple[Agency, ...]
    doubtful: tuple[Agency, ...]
    own: Filed | None
    agencies: dict[str, Agency]

    @cached_property
    def report(self) -> Report:
        """The sums as a report of the government, without text."""
        return self.aggregate.report(agency=self.government.name)

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the government's own report differs from its members together."""
        return self.aggregate.differences(self.own.report) if self.own else []

    @property
    def complete(self) -> bool:
        """Has every member filed, without open doubts?"""
        return not self.missing and not self.doubtful


def summarise(government: Agency, year: int) -> Summary:
    """Add up the reports of all bodies below `government` and its own records.

    A government below that has filed covers the bodies below it: they are not counted a second time.
    """
    bodies = [body for body in members_of(government, year) if body.pk != government.pk]
    reports = filed(bodies, year)
    members = [_member(body, reports[body.pk], bodies) for body in bodies if body.pk in reports]
    members = [*_own_records(government, year), *members]
    rules = _rules(government, year)
    covered = {key for member in members for key in member.covers}
    missing = tuple(body for body in bodies if body.pk not in reports and str(body.pk) not in covered)
    doubtful = tuple(body for body in bodies if body.pk in reports and reports[body.pk].open_doubts)
    return Summary(
        government,
        year,
        aggregate(members, year=year, rules=rules),
        missing,
        doubtful,
        filed([government], year).get(government.pk),
        {str(body.pk): body for body in [government, *bodies]},
    )


@transaction.atomic
def save_joint_document(  # noqa: PLR0913  # a joint document is its facts
    government: Agency,
    year: int,
    *,
    title: str,
    lead: Agency,
    partners: list[Agency],
    columns: list[str],
    by: User | None,
) -> JointDocument:
    """Count a joint document once. Raises: `NotAllowed`, `SummaryRefused`."""
    require(by, Capability.SUPERVISE, government)
    others = [partner for partner in partners if partner.pk != lead.pk]
    if not title.strip() or not others or not columns:
        raise SummaryRefused(
            "JOINT-INCOMPLETE", "联合制发的文件没有填完整。", "请填文件名称，选择牵头机关、联合制发单位和计入的列。"
        )
    if any(not body.is_within(government) for body in (lead, *others)):
        raise SummaryRefused("JOINT-OUTSIDE", "所选机构不在本级汇总范围内。", "请在名单中选择。")
    made: JointDocument = JointDocument.objects.create(
        government=government,
        year=year,
        title=title.strip()[:200],
        lead=lead,
        by=by,
        **{name: name in columns for name in ("issued", "repealed", "in_force")},
    )
    made.partners.set(others)
    record("annual_report.joint_document_added", obj=made, actor=by, details={"title": made.title, "year": year})
    return made


@transaction.atomic
def remove_joint_document(document: JointDocument, *, by: User | None) -> None:
    """Count it as each of them reported it again. Raises: `NotAllowed`."""
    require(by, Capability.SUPERVISE, document.government)
    record(
        "annual_report.joint_document_removed",
        obj=document,
        actor=by,
        details={"title": document.title, "year": document.year},
    )
    document.delete()


@transaction.atomic
def save_rule(government: Agency, *, joint_once: bool, basis: str, by: User | None) -> SummaryRule:
    """How joint documents count. Raises: `NotAllowed`."""
    require(by, Capability.SUPERVISE, government)
    rule, _ = SummaryRule.objects.update_or_create(
        government=government, defaults={"joint_once": joint_once, "basis": basis.strip()[:300]}
    )
    record("annual_report.summary_rule_saved", obj=rule, actor=by, details={"joint_once": joint_once})
    return rule


@transaction.atomic
def take_over(summary: Summary, *, by: User | None) -> AnnualReport:
    """Put the closed sums into the government's own draft, each with the reason that it adds up its members.

    Raises: `NotAllowed`; `SummaryRefused` while no sum is closed; `DraftRefused` where the draft is not open.
    """
    closed = {path: one.value for path, one in summary.aggregate.sums.items() if one.value is not None}
    if not closed:
        raise SummaryRefused("SUMMARY-OPEN", "还没有可以填入的汇总数。", "请等成员单位报送、核对疑问后再填入。")
    reason = f"由{len(summary.aggregate.members)}份报告汇总"
    row = drafting.open_report(summary.government, summary.year, by=by)
    for table in TABLES:
        drafting.open_table(row, table, reason=reason, by=by)
    entered = {path: (Decimal(value), reason) for path, value in closed.items() if not _follows(path)}
    drafting.enter_cells(row, entered, by=by)
    record("annual_report.summary_taken_over", obj=row, actor=by, details={"cells": len(entered)})
    row.refresh_from_db()
    return row


def _follows(path: str) -> bool:
    """Totals of 表三 and 表四 are computed in the draft itself."""
    return not path.startswith("proactive.") and (path.endswith(".total") or path.startswith("applications.total."))


def rule_of(government: Agency) -> SummaryRule:
    """The rule in force; the usual one where nothing was decided."""
    return SummaryRule.objects.filter(government=government).first() or SummaryRule(government=government)


def _rules(government: Agency, year: int) -> Rules:
    documents = JointDocument.objects.filter(government=government, year=year).prefetch_related("partners")
    return Rules(tuple(document.counted_once() for document in documents), joint_once=rule_of(government).joint_once)


def _member(body: Agency, report: Filed, bodies: list[Agency]) -> Member:
    covers: frozenset[str] = frozenset()
    if body.kind == AgencyKind.GOVERNMENT:
        covers = frozenset(str(other.pk) for other in bodies if other.pk != body.pk and other.is_within(body))
    return Member(str(body.pk), body.name, report.report, covers)


def _own_records(government: Agency, year: int) -> list[Member]:
    """The government's own share, counted from its records alone: what it took over from its members is not its own."""
    if not AnnualReport.objects.filter(agency=government, year=year).exists():
        return []
    form = formats.for_year(year)
    values = {path: figure.value for path, figure in computed(government, year, form).items()}
    _add_totals(form, values)
    cells = {path: _stated(values.get(path)) for path in form.cells}
    report = Report(agency=government.name, year=year, format=form, cells=cells)
    return [Member(str(government.pk), f"{government.name}（{OWN}）", report)]


def _add_totals(form: Format, values: dict[str, Number | None]) -> None:
    """Totals that no source counts follow from their parts."""
    for identity in form.identities:
        for whole, parts in ((identity.right, identity.left), (identity.left, identity.right)):
            if len(whole) == 1 and len(parts) > 1 and values.get(whole[0]) is None:
                values[whole[0]] = total(values.get(part) for part in parts)


def _stated(value: Number | None) -> Cell:
    return Cell(value, CellState.BLANK if value is None else CellState.STATED)
