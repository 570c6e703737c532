"""勾稽关系: the cross-foot equations of 表三 and 表四, and which single cell would explain what is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.layout import Equation, Value
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.annual_report.model import CellState, Number

_OPEN = (CellState.AMBIGUOUS, CellState.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Breach:
    """An equation that does not hold: the sums of its stated cells and how many of its cells state nothing."""

    equation: Equation
    left: Number
    right: Number
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class Suspect:
    """The one cell whose change to `value` would mend every broken equation it stands in."""

    position: int
    value: Number


@rule("CF-ROW", "CF-OUTCOMES", "CF-BALANCE", "CF-REMEDY")
def rule_crossfoot(subject: Subject) -> Iterator[Finding]:
    """第一项加第二项之和，等于第三项加第四项之和 (corner of 表三), and the sums that 总计 and （七） announce.

    An equation is judged when all its cells are stated; with unstated cells on one side only when the stated ones
    already exceed the other side; never when a cell could be read in several ways.
    """
    breaches = [breach for equation in subject.layout.equations if (breach := _breach(equation, subject))]
    if breaches:
        open_to_doubt = {path for doubt in subject.report.doubts if len(doubt.candidates) > 1 for path in doubt.cells}
        breaches = [breach for breach in breaches if open_to_doubt.isdisjoint(breach.equation.cells)]
        suspects = _suspects(breaches, subject)
        for breach in breaches:
            yield _finding(breach, suspects, subject)


def _breach(equation: Equation, subject: Subject) -> Breach | None:
    left, right = equation.pick_left(subject.values), equation.pick_right(subject.values)
    try:
        total_left, total_right = sum(left), sum(right)
    except TypeError:  # an unstated cell
        return _partial_breach(equation, subject)
    return None if total_left == total_right else Breach(equation, total_left, total_right)


def _partial_breach(equation: Equation, subject: Subject) -> Breach | None:
    in_doubt = [paths for state, paths in subject.unstated.items() if state in _OPEN]
    if any(not paths.isdisjoint(equation.cells) for paths in in_doubt):
        return None
    left, missing_left = _stated_sum(equation.left, subject.values)
    right, missing_right = _stated_sum(equation.right, subject.values)
    exceeds = (not missing_right and left > right) or (not missing_left and right > left)
    return Breach(equation, left, right, missing_left + missing_right) if exceeds else None


def _stated_sum(positions: tuple[int, ...], values: list[Value]) -> tuple[Number, int]:
    stated = [value for at in positions if (value := values[at]) is not None]
    return sum(stated), len(positions) - len(stated)


def _finding(breach: Breach, suspects: list[Suspect], subject: Subject) -> Finding:
    equation = breach.equation
    recognised = any(_state(subject, at) is CellState.OCR for at in (*equation.left, *equation.right))
    return entry(equation.code).finding(
        equation.place,
        left=breach.left,
        right=breach.right,
        severity=Severity.WARNING if recognised else None,
        where=subject.where(equation.place),
        unstated=f"（另有 {breach.unstated} 格没有数字）" if breach.unstated else "",
        difference=abs(breach.left - breach.right),
        equation=equation.identity.rule,
        source=equation.identity.cite,
        advice=_advice(breach, suspects, subject, recognised=recognised),
    )


def _advice(breach: Breach, suspects: list[Suspect], subject: Subject, *, recognised: bool) -> str:
    if recognised:
        return "数字由图像识别得到，先对照原件；原件如此的，核对台账后改正。"
    equation = breach.equation
    for suspect in suspects:
        if suspect.position in equation.left or suspect.position in equation.right:
            cell = subject.where(subject.layout.paths[suspect.position])
            return f"若“{cell}”为 {suspect.value}，各处合计都相符；请先核对这一格。"
    if len(equation.right) == 1 and not breach.unstated:
        return f"各项若无误，总计应为 {breach.left}；否则改正填错的一项。"
    return "对照申请登记台账逐项核对，改正填错的一格。"


def _suspects(breaches: list[Breach], subject: Subject) -> list[Suspect]:
    """Cells that stand in at least two equations, all of them broken and all mended by one and the same value."""
    broken = {id(breach.equation): breach for breach in breaches if not breach.unstated}
    members: dict[int, list[Equation]] = {}
    for equation in subject.layout.equations:
        for at in (*equation.left, *equation.right):
            members.setdefault(at, []).append(equation)
    found = []
    for at, equations in members.items():
        mended = {_mended(at, broken.get(id(equation)), subject.values) for equation in equations}
        value = mended.pop()
        if len(equations) > 1 and not mended and value is not None and value >= 0:
            found.append(Suspect(at, value))
    return found


def _mended(at: int, breach: Breach | None, values: list[Value]) -> Number | None:
    """The value of the cell at `at` that would make the broken equation hold; None where nothing is to be mended."""
    value = values[at]
    if breach is None or value is None:
        return None
    surplus = breach.left - breach.right
    return value - surplus if at in breach.equation.left else value + surplus


def _state(subject: Subject, at: int) -> CellState | None:
    cell = subject.report.cells.get(subject.layout.paths[at])
    return None if cell is None else cell.state
