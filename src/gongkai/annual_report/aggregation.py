"""Many members' reports added up to the report of the body above them, each sum open down to its members.

A figure that a member does not state is not 0: the sum stays open and names the member. What two members count of one
and the same thing is counted once by rules that are told (`Rules`), never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual_report import formats
from gongkai.annual_report.crosswalk import in_form, value_at
from gongkai.annual_report.formats import Format, Identity
from gongkai.annual_report.model import Cell, CellState, Doubt, Number, Report
from gongkai.annual_report.naming import place_label

JOINT_COLUMNS = ("issued", "repealed", "in_force")


@dataclass(frozen=True, slots=True)
class Member:
    """A body whose report is counted. `covers` holds the keys of the members that its report has counted already."""

    key: str
    name: str
    report: Report
    covers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class JointDocument:
    """A document that several members made together, and the columns of 表二 in which each of them counted it.

    `row` is `rules` or `normative_documents`; `columns` some of `JOINT_COLUMNS`.
    """

    title: str
    lead: str
    partners: tuple[str, ...]
    columns: tuple[str, ...] = ("issued", "in_force")
    row: str = "normative_documents"


@dataclass(frozen=True, slots=True)
class Rules:
    """How what several members count is counted once.

    `joint_once`: a joint document counts for its lead agency only. The notices do not say so in as many words, so a
    body that has agreed otherwise sets it to False.
    """

    joint_documents: tuple[JointDocument, ...] = ()
    joint_once: bool = True


@dataclass(frozen=True, slots=True)
class Deduction:
    """One document less for a partner, and why."""

    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one member adds to a sum: what it stated (None: nothing), less the deductions."""

    key: str
    name: str
    stated: Number | None
    deductions: tuple[Deduction, ...] = ()

    @property
    def counted(self) -> Number | None:
        """What enters the sum."""
        if self.stated is None or not self.deductions:
            return self.stated
        return self.stated - sum(deduction.amount for deduction in self.deductions)


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell of the summary. `partial` adds what is stated; `value` is None while a member states nothing."""

    path: str
    partial: Number
    unstated: tuple[str, ...]

    @property
    def value(self) -> Number | None:
        return None if self.unstated else self.partial


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member that is not counted, and why."""

    key: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A cross-foot equation that the sums do not fulfil, with the names of the members that break it themselves."""

    identity: Identity
    left: Number
    right: Number
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which the body's own report says otherwise than its members together."""

    path: str
    stated: Number
    summed: Number


@dataclass(frozen=True)
class Aggregate:
    """The summary of one year in one form. `remarks` are Chinese sentences on what the rules could not do."""

    year: int
    form: Format
    sums: Mapping[str, Sum]
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()
    _deductions: Mapping[tuple[str, str], tuple[Deduction, ...]] = field(default_factory=dict, repr=False)

    def shares(self, path: str) -> tuple[Share, ...]:
        """The members behind one cell, in their order; what they count adds up to its sum."""
        return tuple(
            Share(
                member.key,
                member.name,
                value_at(member.report, path),
                self._deductions.get((member.key, path), ()),
            )
            for member in self.members
        )

    def report(self, *, agency: str) -> Report:
        """The tables of the summary as a report of `agency`, without text; an open sum is a doubt with its members."""
        open_sums = [one for one in self.sums.values() if one.unstated]
        return Report(
            agency=agency,
            year=self.year,
            format=self.form,
            cells={path: _cell(one) for path, one in self.sums.items()},
            doubts=tuple(_doubt(one, self.form) for one in open_sums),
        )

    def broken(self) -> list[Broken]:
        """Equations of the form that do not hold between closed sums, and who breaks them."""
        values = {path: one.value for path, one in self.sums.items()}
        found = []
        for identity in self.form.identities:
            left, right = _side(values, identity.left), _side(values, identity.right)
            if left is not None and right is not None and left != right:
                found.append(Broken(identity, left, right, self._who_breaks(identity)))
        return found

    def differences(self, report: Report) -> list[Difference]:
        """Where a report that the body has drawn up itself differs from the closed sums (LAW X3)."""
        pairs = ((one, value_at(report, path)) for path, one in self.sums.items())
        return [
            Difference(one.path, stated, one.value)
            for one, stated in pairs
            if stated is not None and one.value is not None and stated != one.value
        ]

    def _who_breaks(self, identity: Identity) -> tuple[str, ...]:
        return tuple(member.name for member in self.members if _breaks(member.report, identity))


def aggregate(members: Iterable[Member], *, year: int, rules: Rules | None = None) -> Aggregate:
    """Add up the reports of `members` for `year` in the form of that year.

    A member is left out, with the reason, where its report is of another year or another member's report has counted
    it. Tables 三 and 四 are plain sums, so equations that hold for every member hold for the sum.

    Source: 条例 §50(4); of joint documents see `Rules`.
    """
    rules = rules or Rules()
    form = formats.for_year(year)
    counted, left_out = _sorted_out(list(members), year)
    figures = {member.key: in_form(member.report, form) for member in counted}
    deductions, remarks = _deductions(rules, figures, {member.key: member.name for member in counted})
    sums = {path: _sum(path, counted, figures, deductions) for path in form.cells}
    return Aggregate(year, form, sums, tuple(counted), tuple(left_out), tuple(remarks), deductions)


def _sorted_out(members: Sequence[Member], year: int) -> tuple[list[Member], list[LeftOut]]:
    covering = {key: member.name for member in members for key in member.covers if key != member.key}
    counted, left_out = [], []
    for member in members:
        reason = _reason(member, covering.get(member.key), year)
        if reason:
            left_out.append(LeftOut(member.key, member.name, reason))
        else:
            counted.append(member)
    return counted, left_out


def _reason(member: Member, covered_by: str | None, year: int) -> str:
    if covered_by is not None:
        return f"已计入“{covered_by}”的汇总报告，不重复计算。"
    if member.report.year is None:
        return "报告没有写明年度，不能计入。"
    if member.report.year != year:
        return f"是{member.report.year}年度的报告，不是{year}年度的。"
    return ""


_Figures = Mapping[str, Mapping[str, Number | None]]
_Deductions = dict[tuple[str, str], tuple[Deduction, ...]]


def _deductions(rules: Rules, figures: _Figures, names: Mapping[str, str]) -> tuple[_Deductions, list[str]]:
    """What the partners of joint documents counted although their lead agency counts it too."""
    found: _Deductions = {}
    remarks: list[str] = []
    for document in rules.joint_documents if rules.joint_once else ():
        if document.lead not in figures:
            remarks.append(f"《{document.title}》的牵头机关不在汇总范围内，联合制发单位的件数未作扣减。")
            continue
        for partner in document.partners:
            if partner in figures and partner != document.lead:
                remarks += _deduct(found, document, figures[partner], partner, names)
    return found, remarks


def _deduct(
    found: _Deductions,
    document: JointDocument,
    figures: Mapping[str, Number | None],
    partner: str,
    names: Mapping[str, str],
) -> list[str]:
    remarks = []
    for column in document.columns:
        path = f"proactive.{document.row}.{column}"
        taken = found.get((partner, path), ())
        stated = figures.get(path)
        if stated is None or stated < len(taken) + 1:
            remarks.append(f"“{names[partner]}”没有计入联合制发的《{document.title}》，未作扣减。")
            continue
        reason = f"《{document.title}》由{names[document.lead]}牵头制发，只计牵头机关"
        found[partner, path] = (*taken, Deduction(1, reason))
    return list(dict.fromkeys(remarks))


def _sum(path: str, members: Sequence[Member], figures: _Figures, deductions: _Deductions) -> Sum:
    added: Number = 0
    unstated = []
    for member in members:
        value = figures[member.key][path]
        if value is None:
            unstated.append(member.name)
        elif isinstance(value, int) and isinstance(added, int):
            added += value
        else:
            added = Decimal(added) + Decimal(value)
        for deduction in deductions.get((member.key, path), ()):
            added -= deduction.amount
    return Sum(path, added, tuple(unstated) if members else ("（没有成员报告）",))


def _cell(one: Sum) -> Cell:
    return Cell(None, CellState.BLANK) if one.value is None else Cell(one.value)


def _doubt(one: Sum, form: Format) -> Doubt:
    names = "、".join(one.unstated[:5]) + ("等" if len(one.unstated) > 5 else "")
    return Doubt(
        "SUM-OPEN",
        f"{place_label(one.path, form)}：{len(one.unstated)}个单位没有填报（{names}），已填报的合计 {one.partial}。",
        cells=(one.path,),
        candidates=(str(one.partial),),
    )


def _side(values: Mapping[str, Number | None], paths: Sequence[str]) -> Number | None:
    added: Number = 0
    for path in paths:
        value = values.get(path)
        if value is None:
            return None
        added += value
    return added


def _breaks(report: Report, identity: Identity) -> bool:
    left = _side({path: value_at(report, path) for path in identity.left}, identity.left)
    right = _side({path: value_at(report, path) for path in identity.right}, identity.right)
    return left is not None and right is not None and left != right
