"""The three statutory tables as grids print them: each knows its header and gives a row's values to its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from gongkai.annual_report import formats
from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import GridCell
from gongkai.annual_report.reading.labels import Label
from gongkai.annual_report.reading.locate import (
    APPLICANTS,
    GROUPS,
    REMEDIES,
    RESULTS,
    Located,
    Piece,
    PrintedRow,
    paths_of,
)

# What each table remembers from one grid to the next.
ProactiveMemory = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
ApplicationMemory = tuple[tuple[str, ...], bool, tuple[str, ...]]
RemedyMemory = tuple[str, tuple[str, ...], tuple[str, ...], bool]
Heads = list[tuple[GridCell, Label]]
Locate = Callable[[GridCell], Place]

_CHILDREN = APPLICANTS[1:6]
_SEVERAL = re.compile(r"[\d.,]+(?:\s+[\d.,]+)+")


@cache
def _columns_of(row: str) -> tuple[frozenset[str], ...]:
    """The columns that each form gives to a row of 表二."""
    blocks = [block for form_id in formats.IDS for block in formats.load(form_id).blocks]
    return tuple(frozenset(c.key for c in b.columns) for b in blocks if any(r.key == row for r in b.rows))


def applicant_order(header: Iterable[str], *, one_row: bool = False) -> tuple[str, ...]:
    """The columns of 表三 in printing order, from the header labels in reading order.

    Read row by row, a nested header names 总计 before the five kinds of legal persons although it stands last; only a
    header that names everything in one row is taken as it stands. Columns are missing only when four of the five kinds
    are named.
    """
    named = list(dict.fromkeys(header))
    children = [key for key in named if key in _CHILDREN]
    if len(children) < 4:
        return APPLICANTS
    if one_row and {"natural_person", "total"} <= set(named):
        return tuple(named)
    return ("natural_person", *children, "total")


def remedy_groups(named: Iterable[str], count: int) -> tuple[str, ...]:
    """The groups of a 表四 with `count` groups of columns: those that its header names, else those of the form.

    A table of two groups is the one of 行政诉讼, printed apart from 行政复议.
    """
    groups = tuple(dict.fromkeys(named))
    return groups if len(groups) == count else GROUPS[-2:] if count == 2 else GROUPS


def pieces_of(cells: list[GridCell], locate: Locate) -> list[Piece]:
    """The cells as pieces; a cell that holds several numbers (a row pasted into one cell) gives several."""
    if len(cells) == 1 and _SEVERAL.fullmatch(cells[0].text.strip()):
        return [Piece(text, (locate, cells[0])) for text in cells[0].text.split()]
    return [Piece(cell.text, (locate, cell)) for cell in cells]


class ProactiveTable:
    """表二: each block has a header of its own, which holds until the next one, over page breaks too."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.columns: tuple[str, ...] = ()
        self._units: dict[str, str] = {}
        self.at: dict[int, str] = {}

    @property
    def memory(self) -> ProactiveMemory:
        return self.columns, tuple(self._units.items())

    @memory.setter
    def memory(self, memory: ProactiveMemory) -> None:
        self.columns, self._units = memory[0], dict(memory[1])

    def new_grid(self) -> None:
        self.at = {}

    def header(self, labels: Heads) -> None:
        columns = [(cell, label) for cell, label in labels if label.kind == "column2"]
        self.columns = tuple(label.key for _, label in columns)
        self._units = {label.key: label.unit for _, label in columns if label.unit}
        self.at = {cell.column: label.key for cell, label in columns}
        for cell, label in columns:
            self.located.columns2.add(label)
            self.located.note_label(label, cell.text)

    def row(self, key: str, label_cell: GridCell, values: list[GridCell], *, aligned: bool, locate: Locate) -> None:
        columns = self.columns
        if not any(set(columns) <= valid for valid in _columns_of(key)):
            columns = ()  # the header above belongs to another block: the form decides
        placed = [cell for cell in values if cell.column in self.at] if aligned and columns else []
        if placed and len(placed) == len(columns) and not any(c.text for c in values if c.column not in self.at):
            order = [self.at[cell.column] for cell in placed]
            pieces = [Piece(cell.text, (locate, cell)) for cell in placed]  # two numbers in one cell are unreadable
            self.located.put_row(f"proactive.{key}", order, pieces, self._units)
            return
        row = PrintedRow("proactive", key, columns, pieces_of(values, locate), units=dict(self._units))
        row.label_where = (locate, label_cell)
        self.located.rows.append(row)


class ApplicationTable:
    """表三: its nested header may be cut off by a page break, lack a column, or have been taken apart by a dump."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.header_keys: list[str] = []
        self.at: dict[int, str] = {}
        self._one_row = False
        self._order: tuple[str, ...] = ()  # the columns by their positions, where the file states these
        self._straight: tuple[int, tuple[str, ...]] | None = None  # seven columns side by side: the first, their order

    @property
    def memory(self) -> ApplicationMemory:
        return tuple(self.header_keys), self._one_row, self._order

    @memory.setter
    def memory(self, memory: ApplicationMemory) -> None:
        keys, self._one_row, self._order = memory
        self.header_keys = list(keys)

    def new_grid(self) -> None:
        self.at, self._straight = {}, None

    def header(self, labels: Heads, *, aligned: bool, locate: Locate) -> None:
        columns = [(cell, label) for cell, label in labels if label.kind == "column3"]
        keys = [label.key for _, label in columns]
        if "natural_person" in keys and "natural_person" in self.header_keys:
            self.header_keys, self._order = [], ()  # the header is repeated on a new page
        self.header_keys += keys
        self._one_row = {"natural_person", "enterprise", "total"} <= set(keys)
        self._straight = None
        for cell, label in columns:
            self.at[cell.column] = label.key
            self.located.header3.add(label.key)
            self.located.note_label(label, cell.text)
        if aligned and len(self.at) > 5:
            self._order = applicant_order((key for _, key in sorted(self.at.items())), one_row=True)
        self.located.header3_where = self.located.header3_where or (locate, labels[0][0])

    def plain_row(self, key: str, cells: list[GridCell], locate: Locate) -> bool:
        """Take seven counts if they stand in the seven columns of the header; returns whether they do."""
        first = cells[0].column
        if cells[-1].column - first != len(APPLICANTS) - 1:
            return False
        if self._straight is None or self._straight[0] != first:
            order = tuple([self.at.get(cell.column, "") for cell in cells])
            if "" in order or len(set(order)) != len(APPLICANTS) or order[-1] != "total":
                return False
            self._straight = (first, order)
        order = self._straight[1]
        self.located.row_keys.append(key)
        self.located.put_cells(paths_of(f"applications.{key}", order), cells, locate)
        return True

    def row(self, key: str, label_cell: GridCell, values: list[GridCell], *, aligned: bool, locate: Locate) -> None:
        self.located.row_keys.append(key)
        placed = [cell for cell in values if cell.column in self.at] if aligned and key else []
        beside = len(placed) != len(values) and any(cell.text for cell in values if cell.column not in self.at)
        if beside or len(placed) != len(APPLICANTS):
            placed = self._spread(values) if placed else []
        order = tuple([self.at[cell.column] for cell in placed])
        is_whole = len(set(order)) == len(APPLICANTS)
        if is_whole and order[-1] == "total":
            self.located.put_cells(paths_of(f"applications.{key}", order), placed, locate)
            return
        # 总计 before the kinds of legal persons may be a header whose two lines were made one: the sums decide.
        columns = order if is_whole else self._order or applicant_order(self.header_keys, one_row=self._one_row)
        row = PrintedRow("applications", key, columns, pieces_of(values, locate), label_where=(locate, label_cell))
        self.located.rows.append(row)

    def is_stray(self, values: list[GridCell], *, is_open: bool) -> bool:
        """Whether values beside a label of 表三 are no row of it: a lone number, or a table that is not 表三."""
        expected = is_open or bool(self.header_keys)
        if len(values) > 4 and expected:
            return False
        filled = sum(1 for value in values if value.text)
        if not expected:
            return filled < 5
        return filled < 2 and not (values and _SEVERAL.search(values[0].text))

    def _spread(self, values: list[GridCell]) -> list[GridCell]:
        """The cells with each blank one that spans several columns repeated in all of them; [] if that fills no row."""
        spread: list[GridCell] = []
        for cell in values:
            columns = [c for c in range(cell.column, cell.column + min(cell.colspan, 20)) if c in self.at]
            if len(columns) > 1 and cell.text.strip():
                return []
            spread += [GridCell(cell.text, cell.row, column) for column in columns] if len(columns) > 1 else [cell]
        return spread if len(spread) == len(APPLICANTS) and all(cell.column in self.at for cell in spread) else []


class RemedyTable:
    """表四: one row of fifteen numbers, or its groups printed as tables or rows of their own."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.group = ""  # the group that a heading above the next table names
        self._leaves: list[str] = []
        self._named: list[str] = []
        self._answered = False  # a row was read below this header
        self.at: dict[int, str] = {}
        self._spans: list[tuple[int, int, str]] = []

    @property
    def memory(self) -> RemedyMemory:
        return self.group, tuple(self._leaves), tuple(self._named), self._answered

    @memory.setter
    def memory(self, memory: RemedyMemory) -> None:
        self.group, leaves, named, self._answered = memory
        self._leaves, self._named = list(leaves), list(named)

    def new_grid(self) -> None:
        self.at, self._spans = {}, []

    def header(self, labels: Heads) -> None:
        if self._answered:
            self._leaves, self._named, self._answered = [], [], False
        for cell, label in labels:
            if label.kind == "group4":
                self._spans.append((cell.column, cell.column + cell.colspan, label.key))
                self._named.append(label.key)
            elif label.kind == "column4" or label.key == "total":
                self._leaves.append(label.key)
                self.at[cell.column] = label.key
            if label.kind == "column4":
                self.located.note_label(label, cell.text)
        if len(labels) == 1 and labels[0][1].kind == "group4":
            self.group = labels[0][1].key

    def row(self, group: str, values: list[GridCell], *, aligned: bool, locate: Locate) -> str | None:
        """Take the numbers of one group, or of all groups that the header names; returns the group ("" for all)."""
        if len(self._leaves) < 4:
            return None
        filled = [cell for cell in values if cell.text]
        group = group or self._group_of_row(filled)
        columns = self._leaf_order() if group else self._order(len(filled), aligned=aligned)
        cells = values if len(values) == len(columns) else (aligned and self._placed(values, columns)) or filled
        pieces = pieces_of(cells, locate) if len(cells) == 1 else []
        if len(cells) == len(columns):
            self.located.put_cells(paths_of(f"remedies.{group}" if group else "remedies", columns), cells, locate)
        elif len(pieces) == len(columns):
            self.located.put_row(f"remedies.{group}" if group else "remedies", columns, pieces, {})
        else:
            pieces = pieces or pieces_of(cells, locate)
            row = PrintedRow("remedies", group, columns, pieces, label_where=(locate, values[0]))
            self.located.rows.append(row)
        self._answered, self.group = True, ""
        return group

    def _placed(self, values: list[GridCell], columns: tuple[str, ...]) -> list[GridCell]:
        """The cells below the header's columns, blank ones too, where all others are blank; else none."""
        placed = [cell for cell in values if cell.column in self.at]
        beside = any(cell.text for cell in values if cell.column not in self.at)
        return placed if len(placed) == len(columns) and not beside else []

    def _group_of_row(self, filled: list[GridCell]) -> str:
        """The one group that a row of five numbers belongs to: named above it, or the next that is still without."""
        if len(self._leaves) > len(RESULTS) or len(filled) > len(RESULTS):
            return ""
        named = self._named[-1] if len(self._named) == 1 else self.group
        return named or next((key for key in GROUPS if f"remedies.{key}.total" not in self.located.cells), "")

    def _leaf_order(self) -> tuple[str, ...]:
        last = self._leaves[-5:]
        return tuple(last) if sorted(last) == sorted(RESULTS) else RESULTS

    def _order(self, filled: int, *, aligned: bool) -> tuple[str, ...]:
        """The columns in printing order: by their spans where these are known, else as the form has them.

        `filled` is how many numbers there are: a header whose labels were torn apart names fewer columns than that.
        """
        if aligned and self.at and len(self.at) % len(RESULTS) == 0:
            order = tuple(f"{self._group_over(column)}.{leaf}" for column, leaf in sorted(self.at.items()))
            if (
                set(order) <= set(REMEDIES)
                and len(set(order)) == len(order)
                and not len(order) < filled <= len(REMEDIES)
            ):
                return order
        blocks = [tuple(self._leaves[n : n + 5]) for n in range(0, len(self._leaves), 5)]
        if any(sorted(block) != sorted(RESULTS) for block in blocks) or filled == len(REMEDIES) != len(self._leaves):
            blocks = [RESULTS] * len(GROUPS)
        groups = remedy_groups(self._named, len(blocks))
        if len(blocks) != len(groups):
            return REMEDIES
        return tuple(f"{group}.{leaf}" for group, block in zip(groups, blocks, strict=True) for leaf in block)

    def _group_over(self, column: int) -> str:
        return next((key for start, end, key in self._spans if start <= column < end), "")
