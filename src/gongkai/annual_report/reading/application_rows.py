"""The rows of 表三 before they are solved: which row each one is, and which columns its numbers stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Doubt
from gongkai.annual_report.reading.decode_rows import leave_open, named, place_of, raw_of, whole_numbers
from gongkai.annual_report.reading.locate import APPLICANTS, Located, PrintedRow

_NAMELESS = 20  # more rows without a name than these are not reported one by one
_CLEARLY = 4  # times as many rows have to speak for one order as for the other
_PARTS = [applicant for applicant in APPLICANTS if applicant != "total"]


def settle_order(located: Located, form: Format) -> None:
    """Decide by the row sums what the columns are where the header names 总计 before others.

    Either the agency prints it there, or the two lines of the header were made one and the numbers stand as in the
    form. Where the sums speak for both or for neither, the rows stay open.
    """
    strange = [row for row in located.rows if row.table == "applications" and _has_total_inside(row)]
    if not strange:
        return
    numbers = [[number or 0 for number in whole_numbers(row.pieces) or ()] for row in strange]
    telling = [
        (row, own) for row, own in zip(strange, numbers, strict=True) if any(own) and len(own) == len(APPLICANTS)
    ]
    printed = [2 * own[row.columns.index("total")] == sum(own) for row, own in telling]
    in_form = [2 * own[-1] == sum(own) for _, own in telling]
    order = _agreed(printed, in_form)
    if order == "printed":
        return
    is_form_order = all([column for column in row.columns if column != "total"] == _PARTS for row in strange)
    for row in strange:
        if order == "form" and is_form_order:
            row.columns = APPLICANTS
        else:
            located.rows.remove(row)
            leave_open(located, row, row.columns, form, [])


def _agreed(printed: list[bool], in_form: list[bool]) -> str:
    """`printed` or `form`: the order in which the rows add up, a few wrongly added ones apart; "" where it is open."""
    for_printed = sum(1 for one, other in zip(printed, in_form, strict=True) if one and not other)
    for_form = sum(1 for one, other in zip(printed, in_form, strict=True) if other and not one)
    if all(in_form) and not all(printed):
        return "form"
    if all(printed) and not all(in_form):
        return "printed"
    if for_form >= _CLEARLY * max(1, for_printed):
        return "form"
    if for_printed >= _CLEARLY * max(1, for_form):
        return "printed"
    return "form" if not printed else ""


def _has_total_inside(row: PrintedRow) -> bool:
    return len(row.columns) == len(APPLICANTS) and row.columns[-1] != "total"


def lacks_other(located: Located, rows: Sequence[PrintedRow]) -> bool:
    """Whether the table was printed without the column 其他: the header has it not, and no row has a seventh value."""
    if not located.header3 or "other" in located.header3 or len(located.header3 & set(APPLICANTS[1:5])) < 4:
        return False
    if any(path.endswith(".other") for path in located.cells if path.startswith("applications.")):
        return False
    return bool(rows) and not any(_width(row) > 6 for row in rows if not row.glued) and _glued_are_narrow(rows)


def _width(row: PrintedRow) -> int:
    return sum(1 for piece in row.pieces if piece.text.strip())


def _glued_are_narrow(rows: Sequence[PrintedRow]) -> bool:
    """Rows of zeros are as wide as the table."""
    glued = ["".join(piece.text for piece in row.pieces) for row in rows if row.glued]
    return not glued or any(len(text) == 6 for text in glued)


def columns_of(row: PrintedRow, *, absent: bool) -> tuple[str, ...]:
    if absent:
        return tuple(column for column in row.columns if column != "other")
    return row.columns if len(row.columns) == len(APPLICANTS) else APPLICANTS


def rows_with_keys(located: Located, form: Format) -> Iterator[PrintedRow]:
    """The open rows; one whose label cannot be read takes the place that its neighbours leave free."""
    known = [row.key for row in form.rows]
    nameless = 0
    guesses = iter(_guessed_keys(located.row_keys, known))
    for row in located.rows:
        if row.table != "applications":
            continue
        if not row.key:
            row.key = next(guesses)
            where = place_of(row.label_where)
            if not row.key:
                nameless += 1
                if nameless <= _NAMELESS:
                    message = f"表三有一行“{raw_of(row)}”认不出行名，未采用；请对照原件"
                    located.doubts.append(Doubt("unnamed-row", message, where))
                continue
            message = (
                f"表三有一行“{raw_of(row)}”认不出行名，按前后行的顺序作{named(form, row.table, row.key)}；请对照原件"
            )
            located.doubts.append(Doubt("unnamed-row", message, where, (f"applications.{row.key}",)))
        if row.key in known:
            yield row


def _guessed_keys(printed: Sequence[str], order: Sequence[str]) -> list[str]:
    """A key for each nameless row: where as many rows of the form are missing as nameless rows stand, their keys."""
    guesses: list[str] = []
    at = 0
    while at < len(printed):
        if printed[at]:
            at += 1
            continue
        end = at
        while end < len(printed) and not printed[end]:
            end += 1
        before = order.index(printed[at - 1]) if at and printed[at - 1] in order else -1
        after = order.index(printed[end]) if end < len(printed) and printed[end] in order else len(order)
        missing = [key for key in order[before + 1 : after] if key not in printed]
        guesses += missing if len(missing) == end - at else [""] * (end - at)
        at = end
    return guesses
