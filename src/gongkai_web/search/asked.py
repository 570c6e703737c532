"""What the address of the search page asks for. Nonsense is as good as nothing: a link never fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.information.normative import Validity
from gongkai_web.search.parsing import clean_question

PER_PAGE = 20
MOST_PAGES = 50
"""Nobody leafs further; whoever would is better served by a filter."""
_YEARS = range(1949, 2200)
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Asked:
    """`agency` is a slug, `column` the name of a column in whatever agency, `validity` a value of `Validity`."""

    question: str = ""
    agency: str = ""
    column: str = ""
    year: int | None = None
    validity: str = ""
    newest_first: bool = False
    page: int = 1

    @classmethod
    def from_address(cls, parameters: QueryDict) -> Asked:
        """The question in an address."""
        validity = parameters.get("validity", "")
        return cls(
            question=clean_question(parameters.get("q", "")),
            agency=parameters.get("agency", "")[:_LONGEST_NAME],
            column=parameters.get("column", "").replace("\0", "")[:_LONGEST_NAME],
            year=_number(parameters.get("year", ""), _YEARS),
            validity=validity if validity in {value.value for value in Validity} else "",
            newest_first=parameters.get("sort") == "newest",
            page=_number(parameters.get("page", ""), range(1, MOST_PAGES + 1)) or 1,
        )

    @property
    def is_empty(self) -> bool:
        """Is nothing asked for at all?"""
        return not (self.question or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Is any filter set?"""
        return bool(self.agency or self.column or self.year or self.validity)

    def address(self, **changes: object) -> str:
        """The address that asks the same with these changes, on its first page unless `page` is among them."""
        return f"?{replace(self, **{'page': 1, **changes}).parameters()}"  # type: ignore[arg-type]  # names of fields

    def parameters(self) -> str:
        """What stands behind the question mark; what is not asked for is left out."""
        named = {
            "q": self.question,
            "agency": self.agency,
            "column": self.column,
            "year": self.year or "",
            "validity": self.validity,
            "sort": "newest" if self.newest_first else "",
            "page": self.page if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in named.items() if value})


def _number(text: str, allowed: range) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    return number if number in allowed else None
