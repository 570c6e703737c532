"""Grids → located rows: headers say what the columns mean, labels say which row it is, decoy tables say neither.

One reader goes over all grids of a report, because a table may be cut by a page break, parted from its header, or
printed as one small table for each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from gongkai.annual_report import formats
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.labels import Label, find, is_part_of, nearest, scan
from gongkai.annual_report.reading.locate import APPLICANTS, GROUPS, REMEDIES, RESULTS, Located, Piece, PrintedRow, paths_of
from gongkai.text.numerals import PrintedKind, parse_cell
from gongkai.text.width import fold

_HAN = re.compile("[\u4e00-\u9fff]")
_CHILDREN = APPLICANTS[1:6]
_SEVERAL = re.compile(r"[\d.,]+(?:\s+[\d.,]+)+")
_LONGEST_HEADING = 60
_LONGEST_LABEL = 120

Labelled = tuple[GridCell, Label | None]


@cache
def _columns_of(row: str) -> tuple[frozenset[str], ...]:
    """The columns that each form gives to a row of 表二."""
    blocks = [block for form_id in formats.IDS for block in formats.load(form_id).blocks]
    return tuple(frozenset(c.key for c in b.columns) for b in blocks if any(r.key == row for r in b.rows))


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether a cell that is no label holds a value: a number, a blank, a dash, or a mark without any Chinese."""
    if parse_cell(text).kind is not PrintedKind.UNREADABLE:
        return True
    return not _HAN.search(text)


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


class GridReader:
    """Reads the grids (and the short headings between them) of one report into `located`."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self._table = ""
        self._aligned = False
        self._columns2: tuple[str, ...] = ()
        self._units2: dict[str, str] = {}
        self._header3: list[str] = []
        self._one_row3 = False
        self._order3: tuple[str, ...] = ()  # the columns by their positions, where the file states these
        self._leaves4: list[str] = []
        self._answered4 = False  # a row was read below the header of 表四
        self._group4 = ""
        self._waiting: Label | None = None
        self._pending = ""
        self._at2: dict[int, str] = {}
        self._at3: dict[int, str] = {}
        self._at4: dict[int, str] = {}
        self._groups4: list[tuple[int, int, str]] = []
        self._locate = Grid([], aligned=False, locate=_nowhere).locate
        self._hits = 0

    def heading(self, text: str) -> bool:
        """Take note of a short paragraph between grids; returns whether it is a label of the tables."""
        label = find(text) if len(text) <= _LONGEST_HEADING else None
        if label is None:
            return self._group_heading(text)
        if label.kind in {"row2", "row3"}:
            self._waiting, self._pending = label, ""
        elif label.kind == "group4":
            self._group4 = label.key
        return True

    def _group_heading(self, text: str) -> bool:
        """`行政诉讼（复议后起诉）` above a table of its own names the group of that table."""
        if len(text) > _LONGEST_HEADING:
            return False
        folded = fold(text)
        found = [one.label for one in scan(folded)] if "复议" in folded or "申请人情况" in folded else []
        groups = [label.key for label in found if label.kind == "group4"]
        if "litigation" in "".join(groups) or (groups and "诉讼" not in folded):
            self._group4 = groups[-1]
        return bool(found) and sum(len(label.standard) for label in found) >= len(folded) - 4

    def prose(self) -> None:
        """A paragraph of narrative: what was announced before it does not go on after it."""
        self._waiting, self._pending = None, ""

    def read(self, grid: Grid) -> bool:
        """Read one grid; returns whether it belongs to the statutory tables."""
        rows_before, cells_before = len(self.located.rows), len(self.located.cells)
        self._aligned, self._locate, self._hits = grid.aligned, grid.locate, 0
        self._at2, self._at3, self._at4, self._groups4 = {}, {}, {}, []
        for row in grid.rows:
            self._row(row)
        return self._hits > 2 or len(self.located.rows) > rows_before or len(self.located.cells) > cells_before

    def _row(self, row: list[GridCell]) -> None:
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
            if label is None and (not text or is_value(text) or self._is_damaged_value(cell, values, numeric=numeric)):
                values.append(cell)
                numeric = numeric or not (not text or text.isspace())
                continue
            if numeric:
                self._unit(texts, values, numeric=True)
                texts, numeric = [], False
            values = []
            texts.append((cell, label))
        self._unit(texts, values, numeric=numeric)

    def _is_damaged_value(self, cell: GridCell, values: list[GridCell], *, numeric: bool) -> bool:
        """Chinese characters among the numbers of a row: a value that was recognised wrongly, no label."""
        if not numeric or len(cell.text) > 3:
            return False
        return cell.column in self._at3 if self._at3 else len(values) < 7 and self._table == "applications"

    def _unit(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> None:
        """One label with the values beside it, or a row of a header."""
        if not numeric:
            self._header(texts)
        row = self._row_label(texts, values, numeric=numeric)
        if row is None:
            self._unlabelled(texts, values, numeric=numeric)
        elif not numeric:
            self._without_value(row, texts, values)
        elif row.kind == "row2":
            self._proactive(row, texts, values)
        else:
            self._application(row, texts, values)

    # ------------------------------------------------------------------ headers

    def _header(self, texts: list[Labelled]) -> None:
        labels = [(cell, label) for cell, label in texts if label is not None]
        if not labels:
            return
        self._hits += len(labels)
        kinds = {label.kind for _, label in labels}
        if "column2" in kinds:
            self._header_of_proactive(labels)
        elif "column4" in kinds or (kinds & {"group4"} and not kinds & {"row2", "row3"}):
            self._header_of_remedies(labels)
        elif "column3" in kinds or any(label.key in {"申请人情况", "法人或其他组织"} for _, label in labels):
            self._header_of_applications(labels)

    def _header_of_proactive(self, labels: list[tuple[GridCell, Label]]) -> None:
        columns = [(cell, label) for cell, label in labels if label.kind == "column2"]
        self._table = "proactive"
        self._columns2 = tuple(label.key for _, label in columns)
        self._units2 = {label.key: label.unit for _, label in columns if label.unit}
        self._at2 = {cell.column: label.key for cell, label in columns}
        for cell, label in columns:
            self.located.columns2.add(label)
            self.located.note_label(label, cell.text)

    def _header_of_applications(self, labels: list[tuple[GridCell, Label]]) -> None:
        columns = [(cell, label) for cell, label in labels if label.kind == "column3"]
        keys = [label.key for _, label in columns]
        if self._table == "remedies" and set(keys) <= {"total"}:
            return
        if not (set(keys) - {"other", "total"}) and self._table != "applications" and len(labels) == len(columns):
            return
        if "natural_person" in keys and "natural_person" in self._header3:
            self._header3, self._order3 = [], ()
        self._table = "applications"
        self._header3 += keys
        self._one_row3 = {"natural_person", "enterprise", "total"} <= set(keys)
        for cell, label in columns:
            self._at3[cell.column] = label.key
            self.located.header3.add(label.key)
            self.located.note_label(label, cell.text)
        if self._aligned and len(self._at3) > 5:
            self._order3 = applicant_order((key for _, key in sorted(self._at3.items())), one_row=True)
        self.located.header3_where = self.located.header3_where or (self._locate, labels[0][0])

    def _header_of_remedies(self, labels: list[tuple[GridCell, Label]]) -> None:
        self._table = "remedies"
        if self._answered4:
            self._leaves4, self._answered4 = [], False
        for cell, label in labels:
            if label.kind == "group4":
                self._groups4.append((cell.column, cell.column + cell.colspan, label.key))
            elif label.kind == "column4" or label.key == "total":
                self._leaves4.append(label.key)
                self._at4[cell.column] = label.key
            if label.kind == "column4":
                self.located.note_label(label, cell.text)
        named = [label.key for _, label in labels if label.kind == "group4"]
        self._group4 = named[0] if len(named) == 1 and len(labels) == 1 else self._group4

    # ------------------------------------------------------------------ rows

    def _row_label(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> Label | None:
        """The row that a unit's labels name: the last one, read tolerantly where it is no label of the form."""
        known: Label | None = None
        for cell, label in texts:
            if label is not None and label.kind in {"row2", "row3"}:
                known = label
                self.located.note_label(label, cell.text)
        if not numeric or not texts:
            return known
        cell, last = texts[-1]
        if last is not None:
            return known or self._twofold(last) or self._within(cell)
        return self._misprinted(cell, values) or known

    def _twofold(self, label: Label) -> Label | None:
        """总计 and 其他 that lost their number, beside values of 表三, are rows."""
        if label.kind != "column3" or self._table != "applications" or not self.located.row_keys:
            return None
        return find({"total": "（七）总计", "other": "3.其他"}.get(label.key, ""))

    def _within(self, cell: GridCell) -> Label | None:
        """The row label inside a cell that holds several labels (`（三）不予公开1.属于国家秘密`)."""
        found = scan(fold(cell.text)) if len(cell.text) <= _LONGEST_LABEL else []
        rows = [one.label for one in found if one.label.kind in {"row2", "row3"}]
        return rows[-1] if rows and found[-1].label is rows[-1] else None

    def _misprinted(self, cell: GridCell, values: list[GridCell]) -> Label | None:
        """The row that an unknown label means: wrapped over rows, several labels in one cell, or misprinted."""
        text = cell.text
        if len(text) > _LONGEST_LABEL or self._table not in {"proactive", "applications"}:
            return None
        if self._table == "applications" and sum(1 for value in values if value.text) < 2:
            return None
        joined = self._pending + text
        label = find(joined) or self._within(cell) or nearest(text, table=self._table)
        if label is None and self._waiting is not None and is_part_of(text, self._waiting.key):
            label, joined = self._waiting, f"{self._waiting.standard}"
        label = label or (nearest(joined, table=self._table) if self._pending else None)
        if label is not None:
            self.located.note_label(label, text if find(joined) is None else joined)
        return label

    def _unlabelled(self, texts: list[Labelled], values: list[GridCell], *, numeric: bool) -> None:
        """Values without a row label: those of 表四, of a label that came before, or of one that cannot be read."""
        if not numeric:
            fresh = "".join(cell.text for cell, label in texts if label is None)
            self._pending = (self._pending + fresh)[-_LONGEST_LABEL:]
            return
        groups = [label.key for _, label in texts if label is not None and label.kind == "group4"]
        filled = sum(1 for value in values if value.text)
        if self._table == "remedies" and (filled >= 5 or groups):
            self._remedies(groups[-1] if groups else "", values)
        elif self._waiting is not None and self._suits(self._waiting, filled):
            self._labelled(self._waiting, values, (self._locate, values[0]))
        elif self._table == "applications" and filled > 5 and self.located.row_keys:
            self._labelled(Label("row3", ""), values, (self._locate, values[0]))

    def _suits(self, label: Label, filled: int) -> bool:
        return filled >= 5 if label.kind == "row3" else bool(self._columns2)

    def _labelled(self, label: Label, values: list[GridCell], where: tuple[object, GridCell]) -> None:
        if label.kind == "row2":
            self._proactive(label, [(where[1], None)], values)
        else:
            self._application(label, [(where[1], None)], values)

    def _without_value(self, row: Label, texts: list[Labelled], values: list[GridCell]) -> None:
        """A row label beside which nothing, or nothing but blanks, is printed."""
        rows = [label for _, label in texts if label is not None and label.kind in {"row2", "row3"}]
        if len(rows) == 1:
            self._waiting, self._pending = row, texts[-1][0].text
        table = "proactive" if row.kind == "row2" else "applications"
        expected = bool(self._columns2) if row.kind == "row2" else bool(self._header3)
        if expected and values and len(rows) == 1:
            self.located.valueless.setdefault(f"{table}.{row.key}", (self._locate, texts[-1][0]))

    def _proactive(self, row: Label, texts: list[Labelled], values: list[GridCell]) -> None:
        if not self._columns2:
            return
        self._waiting, self._pending = None, ""
        columns = self._columns2
        if not any(set(columns) <= valid for valid in _columns_of(row.key)):
            columns = ()  # the header above belongs to another block: the form decides
        placed = [cell for cell in values if cell.column in self._at2] if self._aligned and columns else []
        if len(placed) == len(columns) and placed and not any(c.text for c in values if c.column not in self._at2):
            order = [self._at2[cell.column] for cell in placed]
            self.located.put_row(f"proactive.{row.key}", order, self._pieces(placed), self._units2)
            return
        pieces = self._pieces(values)
        where = (self._locate, texts[-1][0])
        self.located.rows.append(PrintedRow("proactive", row.key, columns, pieces, False, dict(self._units2), where))

    def _application(self, row: Label, texts: list[Labelled], values: list[GridCell]) -> None:
        filled = sum(1 for value in values if value.text)
        if not self._header3 and self._table != "applications" and filled < 5:
            return
        self._table = "applications"
        self._waiting, self._pending = None, ""
        self.located.row_keys.append(row.key)
        placed = [cell for cell in values if cell.column in self._at3] if self._aligned else []
        if len(placed) == len(APPLICANTS) == len(values) and row.key:
            order = tuple([self._at3[cell.column] for cell in placed])
            if len(set(order)) == len(order):
                self.located.put_cells(paths_of(f"applications.{row.key}", order), placed, self._locate)
                return
        columns = self._order3 or applicant_order(self._header3, one_row=self._one_row3)
        where = (self._locate, texts[-1][0])
        pieces = self._pieces(values)
        self.located.rows.append(PrintedRow("applications", row.key, columns, pieces, label_where=where))

    def _remedies(self, group: str, values: list[GridCell]) -> None:
        """A row of 表四: fifteen numbers, or the five of one group."""
        filled = [cell for cell in values if cell.text]
        cells = values if len(values) in {5, 15} else filled
        if len(self._leaves4) < 4:
            return
        group = group or (self._group4 if len(cells) < 15 and len(self._leaves4) < 15 else "")
        if not group and len(self._leaves4) == 5 and len(cells) == 5:
            group = next((key for key in GROUPS if f"remedies.{key}.total" not in self.located.cells), "")
        columns = self._leaf_order() if group else self._remedy_order()
        pieces = self._pieces(cells)
        if len(cells) == len(columns):
            self.located.put_row(f"remedies.{group}" if group else "remedies", columns, pieces, {})
        else:
            self.located.rows.append(
                PrintedRow("remedies", group, columns, pieces, label_where=(self._locate, values[0]))
            )
        self._answered4 = True
        self._group4 = ""
        self._table = "remedies" if group else ""

    def _leaf_order(self) -> tuple[str, ...]:
        last = self._leaves4[-5:]
        return tuple(last) if sorted(last) == sorted(RESULTS) else RESULTS

    def _remedy_order(self) -> tuple[str, ...]:
        """The fifteen columns in printing order: by their spans where these are known, else as the form has them."""
        if self._aligned and len(self._at4) == len(REMEDIES):
            order = tuple(f"{self._group_over(column)}.{leaf}" for column, leaf in sorted(self._at4.items()))
            if sorted(order) == sorted(REMEDIES):
                return order
        blocks = [self._leaves4[n : n + 5] for n in (0, 5, 10)]
        if len(self._leaves4) == len(REMEDIES) and all(sorted(block) == sorted(RESULTS) for block in blocks):
            return tuple(f"{group}.{leaf}" for group, block in zip(GROUPS, blocks, strict=True) for leaf in block)
        return REMEDIES

    def _group_over(self, column: int) -> str:
        return next((key for start, end, key in self._groups4 if start <= column < end), "")

    def _pieces(self, cells: list[GridCell]) -> list[Piece]:
        """The cells as pieces; a cell that holds several numbers (a row pasted into one cell) gives several."""
        if len(cells) == 1 and _SEVERAL.fullmatch(cells[0].text.strip()):
            return [Piece(text, (self._locate, cells[0])) for text in cells[0].text.split()]
        return [Piece(cell.text, (self._locate, cell)) for cell in cells]


def _nowhere(cell: GridCell) -> None:  # pragma: no cover - replaced by the first grid that is read
    raise LookupError(cell)
