"""One row of the catalogue, and how a finding is made from it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual_report.checks.finding import Finding, Severity, Side


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the catalogue about one code.

    `rule`, `message`, `hint` and `citation` are templates: `{left}` and `{right}` are the two values of the finding,
    every other `{name}` is a fact that the rule hands over. `severity` is the usual one; a rule may lower it where a
    fair reading is left. `explanation` is for the reference page: why the rule exists and when it stays silent.
    """

    code: str
    severity: Severity
    title: str
    rule: str
    message: str
    hint: str
    citation: str
    explanation: str

    def finding(
        self,
        place: str,
        *,
        left: Side = None,
        right: Side = None,
        severity: Severity | None = None,
        quote: str = "",
        **facts: object,
    ) -> Finding:
        """A finding of this code at `place`.

        Raises: KeyError where a template names a fact that is not handed over.
        """
        facts |= {"left": _printed(left), "right": _printed(right)}
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            place=place,
            rule=self.rule.format_map(facts),
            left=left,
            right=right,
            message=self.message.format_map(facts),
            hint=self.hint.format_map(facts),
            citation=self.citation.format_map(facts),
            quote=quote,
        )


def _printed(side: Side) -> str:
    return "未填" if side is None else str(side)
