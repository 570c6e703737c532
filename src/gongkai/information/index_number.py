"""索引号: issued once by a configured rule, never changed, not even when the publisher changes.

The guideline's form is "组织机构代码(9位)/年(4位)-流水(5位)"; in the wild serials run monthly and the 18-character
统一社会信用代码 stands in front, so the rule is a pattern and imported numbers are kept as they came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from string import Formatter

from gongkai.errors import GongkaiError

GUIDELINE_PATTERN = "{org}/{year}-{serial:05}"
"""Source: 政府信息公开目录系统实施指引（试行）."""
_FIELDS = frozenset({"org", "credit", "year", "month", "serial"})
_FORMAT = re.compile(r"^(0[1-9])?$")


class IndexNumberError(GongkaiError):
    """The pattern cannot issue unique numbers, or a fact it needs is missing."""


@dataclass(frozen=True)
class Publisher:
    """The codes of the agency that issues the number; `""` where it has none."""

    organisation_code: str = ""
    social_credit_code: str = ""


@dataclass(frozen=True)
class IndexRule:
    """A checked pattern. Raises `IndexNumberError` when made from an unusable one.

    >>> rule = IndexRule("{org}/{year}-{serial:05}")
    >>> rule.issue(Publisher(organisation_code="000014349"), on=date(2017, 11, 2), serial=110)
    '000014349/2017-00110'
    """

    pattern: str = GUIDELINE_PATTERN

    def __post_init__(self) -> None:
        fields = [(name, spec) for _, name, spec, _ in _parts(self.pattern) if name is not None]
        unknown = [name for name, _ in fields if name not in _FIELDS]
        if unknown:
            raise IndexNumberError("IDX-FIELD", f"索引号规则里有不认识的项“{{{unknown[0]}}}”。", _HINT)
        if [name for name, _ in fields].count("serial") != 1:
            raise IndexNumberError("IDX-SERIAL", "索引号规则必须恰好有一个流水号 {serial}，否则会重号。", _HINT)
        if any(not _FORMAT.match(spec or "") for _, spec in fields):
            raise IndexNumberError("IDX-WIDTH", "索引号规则里的位数写法应为“:05”这样的形式。", _HINT)

    def period(self, on: date) -> str:
        """Numbers are counted within this period: the month where the pattern shows it, else the year, else for ever.

        >>> IndexRule("{org}H/{year}{month:02}-{serial:05}").period(date(2021, 10, 8))
        '2021-10'
        """
        names = {name for _, name, _, _ in _parts(self.pattern)}
        if "year" not in names:
            return ""
        return f"{on.year}-{on.month:02}" if "month" in names else str(on.year)

    def issue(self, publisher: Publisher, *, on: date, serial: int) -> str:
        """The number for the given day and serial (counted from 1 within `period`).

        Raises: `IndexNumberError` when the pattern wants a code that the agency lacks.
        """
        names = {name for _, name, _, _ in _parts(self.pattern)}
        if "org" in names and not publisher.organisation_code:
            raise IndexNumberError(
                "IDX-NO-ORG", "机构还没有填写组织机构代码，无法编制索引号。", "请先在机构信息中补填。"
            )
        if "credit" in names and not publisher.social_credit_code:
            raise IndexNumberError(
                "IDX-NO-CREDIT", "机构还没有填写统一社会信用代码，无法编制索引号。", "请先在机构信息中补填。"
            )
        return self.pattern.format(
            org=publisher.organisation_code,
            credit=publisher.social_credit_code,
            year=on.year,
            month=on.month,
            serial=serial,
        )

    def fits(self, number: str) -> bool:
        """Could this rule have issued the number, for whatever agency? Imported numbers need not fit.

        >>> IndexRule().fits("000014349/2017-00110"), IndexRule().fits("11341702486344515H/202110-00013")
        (True, False)
        """
        return re.fullmatch("".join(_as_regex(part) for part in _parts(self.pattern)), number) is not None


_HINT = "可用的项：{org}、{credit}、{year}、{month:02}、{serial:05}。"
_SHAPES = {"org": "[0-9A-Z]{9}", "credit": "[0-9A-Z]{18}", "year": r"\d{4}", "month": r"\d{1,2}", "serial": r"\d+"}
_Part = tuple[str, str | None, str | None, str | None]


def _parts(pattern: str) -> list[_Part]:
    try:
        return list(Formatter().parse(pattern))
    except ValueError as error:
        raise IndexNumberError("IDX-PATTERN", "索引号规则的花括号不成对。", _HINT) from error


def _as_regex(part: _Part) -> str:
    literal, name, spec, _ = part
    if name is None:
        return re.escape(literal)
    width = int(spec) if spec else 0
    shape = rf"\d{{{width},}}" if width and name in {"month", "serial"} else _SHAPES[name]
    return re.escape(literal) + shape
