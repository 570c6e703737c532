"""Grids → located rows: headers say what the columns mean, labels say which row it is, decoy tables say neither.

One reader goes over all grids of a report, because a table may be cut by a page break, parted from its header, or
printed as one small table for each row.
"""

from __future__ import annotations

from functools import lru_cache

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.grid_cells import (
    LONGEST_LABEL,
    ROWS,
    Labelled,
    is_bare_ordinal,
    is_value,
    row_at_end,
    row_without_number,
    unknown_end,
)
from gongkai.annual_report.reading.grid_layouts import Layout, Memory, key_of, layout_of, repeat
from gongkai.annual_report.reading.grid_stacks import unstacked
from gongkai.annual_report.reading.grid_tables import ApplicationTable, Heads, Locate, ProactiveTable, RemedyTable
from gongkai.annual_report.reading.html_table import PrintedGrid
from gongkai.annual_report.reading.labels import (
    Label,
    begun,
    find,
    has_ordinal,
    is_end_of,
    is_part_of,
    nearest,
    scan,
)
from gongkai.annual_report.reading.locate import APPLICANTS, GROUPS, REMEDIES, RESULTS, Located
from gongkai.text.width import fold

_LONGEST_HEADING = 60
_MOST_GUESSES = 400  # a form has 40 rows; what has more unknown labels is no form
_LONGEST_REMARK = 20
_NAMELESS = Label("row3", "")


def _nowhere(_cell: GridCell) -> Place:
    return Place()


@lru_cache(maxsize=256)
def _group_named(text: str) -> tuple[str, bool]:
    """The group of 表四 that a short paragraph names, and whether it is nothing but labels. Kept: they repeat."""
    folded = fold(text)
    found = [one.label for one in scan(folded)]
    groups = [label.key for label in found if label.kind == "group4"]
    is_group = bool(groups) and ("litigation" in "".join(groups) or "诉讼" not in folded)
    is_label = bool(found) and sum(len(label.standard) for label in found) >= len(folded) - 4
    return groups[-1] if is_group else "", is_label


class GridReader:
    """Reads the grids (and the short headings between them) of one report into `located`."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self._proactive = ProactiveTable(located)
        self._applications = ApplicationTable(located)
        self._remedies = RemedyTable(located)
        self._table = ""  # the table that is being read
        self._waiting: Label | None = None  # a row whose values have not come yet
        self._pending = ""  # text that may be the beginning of a label
        self._is_fresh = False  # the header of a table was read, and no row of it yet
        self._is_shifted = False  # numbers came before the first label: whose they are is open until labels have any
        self._aligned = False
        self._locate: Locate = _nowhere
        self._hits = 0
        self._guesses = _MOST_GUESSES

    def heading(self, text: str) -> bool:
        """Take note of a short paragraph between grids; returns whether it is a label of the tables."""
        label = find(text) if len(text) <= _LONGEST_HEADING else None
        if label is None:
            return self._group_heading(text)
        if label.kind in ROWS:
            self._waiting, self._pending = None if self._is_shifted else label, ""
        elif label.kind == "group4":
            self._remedies.group = label.key
        return True

    def _group_heading(self, text: str) -> bool:
        """`行政诉讼（复议后起诉）` above a table of its own names the group of that table."""
        if len(text) > _LONGEST_HEADING or not ("复议" in text or "申请人" in text):
            return False
        group, is_label = _group_named(text)
        self._remedies.group = group or self._remedies.group
        return is_label

    def prose(self, text: str) -> None:
        """A paragraph of narrative: what was announced before it does not go on after it."""
        self._waiting, self._pending = None, ""
        if len(text) > _LONGEST_HEADING:  # shorter ones may be page numbers or captions
            self._proactive.columns = ()

    def read(self, grid: Grid) -> bool:
        """Read one grid; returns whether it belongs to the statutory tables."""
        layout = self._known_layout(grid) if isinstance(grid, PrintedGrid) else None
        if layout is None:
            return self._read(grid)
        self._recall(layout.after)
        return layout.belongs

    def _known_layout(self, grid: PrintedGrid) -> Layout | None:
        """The layout by which the table was read; None where it has to be read as it is."""
        if self._is_shifted or any(f"remedies.{group}.total" in self.located.cells for group in GROUPS):
            return None  # the groups of 表四 may stand in tables of their own, in the order of the form
        before = self._memory()
        key = key_of(grid, before)
        layout = layout_of(key, grid, lambda located: _read_alone(grid, before, located)) if key else None
        return layout if layout and repeat(layout, grid, self.located) else None

    def _memory(self) -> Memory:
        tables = (self._proactive.memory, self._applications.memory, self._remedies.memory)
        return Memory(self._table, self._waiting, self._pending, *tables, bool(self.located.row_keys))

    def _recall(self, memory: Memory) -> None:
        self._table, self._waiting, self._pending = memory.table, memory.waiting, memory.pending
        self._is_fresh = False
        self._proactive.memory = memory.proactive
        self._applications.memory = memory.applications
        self._remedies.memory = memory.remedies

    def _read(self, grid: Grid) -> bool:
        before = len(self.located.rows) + len(self.located.cells)
        self._aligned, self._locate, self._hits = grid.aligned, grid.locate, 0
        self._proactive.new_grid()
        self._applications.new_grid()
        self._remedies.new_grid()
        for row in grid.rows:
            if not self._plain_row(row):
                for part in unstacked(row):
                    self._row(part)
        return self._hits > 2 or len(self.located.rows) + len(self.located.cells) > before

    def _plain_row(self, row: list[GridCell]) -> bool:
        """Take a row of 表三 whose label is followed by seven numbers below their columns; False for any other row.

        Nearly every row of a clean report is like this; `_row` reads it as well, but looks at each cell by itself.
        """
        if self._table != "applications" or not self._aligned or len(row) <= len(APPLICANTS):
            return False
        values = row[-len(APPLICANTS) :]
        texts = [cell.text for cell in values]
        if "" in texts or not "".join(texts).isdecimal():
            return False
        label_cell = row[-len(APPLICANTS) - 1]
        label = find(label_cell.text)
        if label is None or label.kind != "row3" or not self._is_below(label, row[: -len(APPLICANTS) - 1]):
            return False
        if not self._applications.plain_row(label.key, values, self._locate):
            return False
        self.located.note_label(label, label_cell.text)
        self._waiting, self._pending = None, ""
        return True

    def _is_below(self, label: Label, before: list[GridCell]) -> bool:
        """Whether the cells before a row's label hold nothing but the names of the groups that the row is in."""
        for cell in before:
            group = find(cell.text)
            if group is None or (group.kind not in {"group3", "note"} and not label.key.startswith(f"{group.key}.")):
                return False
        return True

    def _row(self, row: list[GridCell]) -> None:
        """Part a row into units: labels, and the values that follow them."""
        texts: list[Labelled] = []
        values: list[GridCell] = []
        numeric = False
        for cell in row:
            text = cell.text
            if text.isdecimal():
                values.append(cell)
                numeric = True
                continue
            label = find(text) if text else None
            if label is None and not (texts or values) and is_bare_ordinal(text):
                texts.append((cell, None))  # `8.` whose words stand on the next line is no number
                continue
            if label is None and (
                not text
                or is_value(text, beside=bool(texts))
                or self._is_remark(cell, texts, row)
                or self._is_damaged(cell, values)
            ):
                values.append(cell)
                numeric = numeric or not (not text or text.isspace())
                continue
            if numeric:
                self._unit(texts, values, numeric=True)
                texts, numeric = [], False
            values = []
            texts.append((cell, label))
        self._unit(texts, values, numeric=numeric)

    def _is_remark(self, cell: GridCell, texts: list[Labelled], row: list[GridCell]) -> bool:
        """Words in the column of a value, beside a row label or among the numbers of 表四: printed for a number."""
        if len(cell.text) > _LONGEST_REMARK:
            return False
        if not texts:
            placed = cell.column in self._remedies.at if self._aligned else len(row) == len(REMEDIES)
            return placed and self._table == "remedies" and any(other.text.isdecimal() for other in row)
        label_cell, label = texts[-1]
        if label is None or label.kind not in ROWS:
            return False
        if self._aligned:
            return cell.column in (self._proactive.at if label.kind == "row2" else self._applications.at)
        expected = len(self._proactive.columns) if label.kind == "row2" else len(APPLICANTS)
        return len(row) - row.index(label_cell) - 1 == expected

    def _is_damaged(self, cell: GridCell, values: list[GridCell]) -> bool:
        """Chinese characters among the numbers of a row: a value that was recognised wrongly, no label."""
        if len(cell.text) > 3 or self._table != "applications" or not any(value.text for value in values):
            return False
        at = self._applications.at
        return cell.column in at if at and self._aligned else len(values) < 7

    def _unit(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> None:
        """One label with the values beside it, or a row of a header."""
        if not numeric:
            self._header(texts)
        row = self._row_label(texts, values, numeric=numeric)
        if row is None:
            self._unlabelled(texts, values, numeric=numeric)
        elif not numeric:
            self._without_value(row, texts, values)
        else:
            self._is_shifted = False
            self._give(row, texts[-1][0], values)

    def _give(self, row: Label, label_cell: GridCell, values: list[GridCell]) -> None:
        """Give values to a row of 表二 or 表三, unless they stand in some other table."""
        self._is_fresh = False
        if row.kind == "row2":
            if not self._proactive.columns:
                return
            self._proactive.row(row.key, label_cell, values, aligned=self._aligned, locate=self._locate)
        else:
            if self._applications.is_stray(values, is_open=self._table == "applications"):
                return
            self._table = "applications"
            self._applications.row(row.key, label_cell, values, aligned=self._aligned, locate=self._locate)
        self._waiting, self._pending = None, ""

    # ------------------------------------------------------------------ headers

    def _header(self, texts: list[Labelled]) -> None:
        labels = [(cell, label) for cell, label in texts if label is not None]
        if not labels:
            return
        self._hits += len(labels)
        kinds = {label.kind for _, label in labels}
        self._is_fresh = self._is_fresh or "column2" in kinds or "column3" in kinds
        if "column2" in kinds:
            self._table = "proactive"
            self._proactive.header(labels)
        elif "column4" in kinds or ("group4" in kinds and not kinds & ROWS):
            self._table, self._proactive.columns = "remedies", ()
            self._remedies.header(labels)
        elif self._is_header_of_applications(labels):
            self._table, self._proactive.columns = "applications", ()
            self._applications.header(labels, aligned=self._aligned, locate=self._locate)

    def _is_header_of_applications(self, labels: Heads) -> bool:
        """其他 and 总计 alone are no header, except below one that has begun."""
        if any(label.key in {"申请人情况", "法人或其他组织"} for _, label in labels):
            return True
        keys = {label.key for _, label in labels if label.kind == "column3"}
        return bool(keys - {"other", "total"}) or (bool(keys) and self._table == "applications")

    # ------------------------------------------------------------------ labels

    def _row_label(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> Label | None:
        """The row that a unit's labels name: the last one, read tolerantly where it is no label of the form."""
        known: Label | None = None
        for cell, label in texts:
            if label is not None and label.kind in ROWS:
                known = label
                self.located.note_label(label, cell.text)
        if not numeric or not texts:
            return known
        cell, last = texts[-1]
        if last is None:
            return self._misprinted(unknown_end(texts), values) or (None if has_ordinal(cell.text) else known)
        if last.kind == "group3":
            return None  # a sub-total that some agencies add: the form has no such row
        in_table = self._table == "applications" and bool(self.located.row_keys)
        return known or (row_without_number(last) if in_table else None) or row_at_end(cell.text)

    def _misprinted(self, cells: list[GridCell], values: list[GridCell]) -> Label | None:
        """The row that an unknown label means: wrapped over rows or cells, several labels in one, or misprinted."""
        text = cells[-1].text
        if len(text) > LONGEST_LABEL or self._table not in {"proactive", "applications"}:
            return None
        if self._table == "applications" and sum(1 for value in values if value.text) < 2:
            return None
        self._guesses -= 1
        if self._guesses < 0:
            return None
        if has_ordinal(text):
            self._pending = ""  # what stands before belongs to another label
        elif len(cells) > 1:
            self._pending = "".join(one.text for one in cells[:-1])
        joined = self._pending + text
        whole = find(joined) if self._pending else None
        if whole is not None and whole.kind in ROWS:
            return whole
        label = row_at_end(text) or begun(text, table=self._table) or nearest(text, table=self._table)
        if label is None and self._waiting is not None and is_part_of(text, self._waiting.key):
            return self._waiting
        label = label or (nearest(joined, table=self._table) if self._pending else None)
        if label is not None:
            self.located.note_label(label, text)
        return label

    def _unlabelled(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> None:
        """Values without a row label: those of 表四, of a label that came before, or of one that cannot be read."""
        if not numeric and not texts and self._table == "remedies" and len(values) > 4:
            self._remedies.row("", values, aligned=self._aligned, locate=self._locate)
        elif not numeric:
            self._keep_pending("".join(cell.text for cell, label in texts if label is None))
        else:
            if texts and texts[-1][1] is None:
                self._waiting = None  # the numbers have a label of their own, although it cannot be read
            self._without_label([label for _, label in texts if label is not None], values)

    def _keep_pending(self, text: str) -> None:
        """Keep what may be the beginning of the next label: not the end of the label whose numbers came before it."""
        last = self.located.row_keys[-1] if self.located.row_keys and self._table == "applications" else ""
        if not self._pending and is_end_of(text, last):
            return
        self._pending = text if has_ordinal(text) else (self._pending + text)[-LONGEST_LABEL:]

    def _without_label(self, labels: list[Label], values: list[GridCell]) -> None:
        if labels and labels[-1].kind == "group3":
            return
        filled = sum(1 for value in values if value.text)
        group = next((label.key for label in reversed(labels) if label.kind == "group4"), "")
        is_pasted = filled == 1 and len(values[0].text) >= len(RESULTS) * len(GROUPS) and values[0].text.isdecimal()
        if self._table == "remedies" and (filled > 3 or group or is_pasted):
            taken = self._remedies.row(group, values, aligned=self._aligned, locate=self._locate)
            self._table = "" if taken == "" and filled != len(RESULTS) else "remedies"
        elif self._waiting is not None and (filled > 4 or self._waiting.kind == "row2"):
            self._give(self._waiting, values[0], values)
        elif self._table == "applications" and filled > 5 and self.located.row_keys:
            self._give(_NAMELESS, values[0], values)
        elif self._is_fresh and self._table in {"proactive", "applications"} and filled:
            self._is_shifted = True

    def _without_value(self, row: Label, texts: list[Labelled], values: list[GridCell]) -> None:
        """A row label beside which nothing, or nothing but blanks, is printed."""
        named = {label.key for _, label in texts if label is not None and label.kind in ROWS}
        if len(named - {"other_outcome"}) > 1:
            return  # a header made of row labels
        self._waiting, self._pending = None if self._is_shifted else row, texts[-1][0].text
        expected = self._proactive.columns if row.kind == "row2" else self._applications.header_keys
        if expected and values:
            table = "proactive" if row.kind == "row2" else "applications"
            self.located.valueless.setdefault(f"{table}.{row.key}", (self._locate, texts[-1][0]))


def _read_alone(grid: Grid, before: Memory, located: Located) -> tuple[Memory, bool] | None:
    """Read a grid into `located`, which is empty; None where labels had to be guessed."""
    reader = GridReader(located)
    reader._recall(before)
    located.row_keys += [""] * before.has_rows
    belongs = reader._read(grid)
    after = reader._memory()
    del located.row_keys[: int(before.has_rows)]
    return (after, belongs) if reader._guesses == _MOST_GUESSES else None
