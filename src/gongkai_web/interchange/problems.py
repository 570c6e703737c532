"""What is wrong in a table, by row and column: the person finds the cell in his spreadsheet and knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

MOST_SHOWN = 500


class Severity(StrEnum):
    """An error stops the import; a warning is worth a look."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return "错误" if self is Severity.ERROR else "提醒"


@dataclass(frozen=True)
class Problem:
    """`row` is the number in the spreadsheet, 0 for the file as a whole; `column` is the header, empty for the row."""

    row: int
    column: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def to_json(self) -> dict[str, object]:
        """As a job keeps it."""
        return {**asdict(self), "severity": self.severity.value}


def warning(row: int, column: str, message: str, hint: str = "") -> Problem:
    """A problem that does not stop the import."""
    return Problem(row, column, message, hint, Severity.WARNING)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Does any of them stop the import?"""
    return any(problem.severity is Severity.ERROR for problem in problems)


def report(problems: Iterable[Problem]) -> dict[str, object]:
    """Counts and the first problems, errors before warnings, by row."""
    ordered = sorted(problems, key=lambda problem: (problem.severity is Severity.WARNING, problem.row))
    errors = sum(problem.severity is Severity.ERROR for problem in ordered)
    return {
        "errors": errors,
        "warnings": len(ordered) - errors,
        "problems": [problem.to_json() for problem in ordered[:MOST_SHOWN]],
    }
