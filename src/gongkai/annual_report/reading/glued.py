"""Tables that were glued into running text: labels and runs of digits without separators → located rows.

`…规章000行政规范性文件693665第二十条第（五）项…`: a run of digits belongs to the label that it follows without a gap.
The digit before `.其他法律…` is that label's number and no value. Where the cells of a run end is for `decode` to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading import glued_ordinals as ordinals
from gongkai.annual_report.reading.document import Paragraph
from gongkai.annual_report.reading.glued_pages import without_page_numbers
from gongkai.annual_report.reading.grid_tables import applicant_order, remedy_groups
from gongkai.annual_report.reading.labels import Found, Label, chain, chains, is_part_of, nearest, scan
from gongkai.annual_report.reading.locate import APPLICANTS, GROUPS, RESULTS, Located, Piece, PrintedRow
from gongkai.annual_report.reading.sections import heading_of
from gongkai.text.width import fold, half_width

_ANCHOR = re.compile(r"信息内容|结果维持|本年新收政府信息|申请人情况|新制作数量|制发件数")
_RUN = re.compile(r"[+\-－＋]?[0-9０-９](?:[0-9０-９\s,，.．]|[+\-－＋](?=[0-9０-９]))*(?:[万亿]?元)?")
_DASHED = re.compile(r"[0-9０-９\s/／—–\-－,，.、；;·]{0,80}")
_DASH_BEFORE = re.compile(r"(?:[/／—–]\s*|[\-－]\s+)$")
_BEFORE_ANCHOR = 300
_WINDOW = 420  # the header of 表三 with its first label has about 150 characters, that of 表四 about 120
_MOST_WORK = 400_000  # characters looked at closely in one report
_LONGEST_STRAY = 12
_LONGEST_GAP = 40
_LONGEST_PIECE = 80
_LONGEST_RUN = 400  # fifteen numbers with their white space
_EMPTY_TABLES = 2_000  # all labels of the form have about 1,000 characters
_SHORTEST_EMPTY = 80
_SENTENCE = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits from `start` to `end`, and the text before them since the last run."""

    text_start: int
    start: int
    end: int


class GluedReader:
    """Reads the paragraphs of one report that hold tables; what one paragraph announces may go on in the next."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.is_open = False
        self._table = ""
        self._columns2: tuple[str, ...] = ()
        self._units2: dict[str, str] = {}
        self._is_fresh2 = False  # the header of 表二 was read, and no row of it yet
        self._header3: list[str] = []
        self._leaves4 = 0
        self._named4: list[str] = []
        self._header4 = False  # the header of 表四 has begun in an earlier paragraph and awaits its numbers
        self._waiting: Label | None = None
        self._carry = ""  # text at the end of the last paragraph that may be the beginning of a label
        self._work = 0

    @property
    def awaits_remedies(self) -> bool:
        """Whether the header of 表四 was glued into a paragraph whose numbers have not come yet."""
        return self._header4

    def read(self, paragraph: Paragraph) -> str | None:
        """Read one paragraph; returns what is left of its text without the tables, None if it holds none."""
        text = without_page_numbers(paragraph.text)
        taken = list(self._taken(text, paragraph.place))
        last = taken[-1][1] if taken else 0
        if self.is_open and self._is_piece(text[last:]):
            self._carry += text[last:]
            taken.append((last, len(text)))
        if not taken:
            self.close()
            return None
        parts, at = [], 0
        for start, end in taken:
            parts.append(text[at:start].strip())
            at = max(at, end)
        rest = text[at:].strip()
        if rest:
            self.close()
        return "\n".join(part for part in (*parts, rest) if part)

    def close(self) -> None:
        """Prose follows: rows without a header of their own are no longer expected."""
        self.is_open, self._waiting, self._carry, self._table, self._columns2 = False, None, "", "", ()
        self._header4 = False

    def _is_piece(self, text: str) -> bool:
        """Whether the end of a paragraph may be a label that goes on in the next one."""
        piece = text.strip()
        return 0 < len(piece) <= _LONGEST_PIECE and not _SENTENCE.search(piece) and heading_of(piece) is None

    def _taken(self, text: str, place: Place | None) -> Iterator[tuple[int, int]]:
        """Spans of the text that are tables."""
        last = 0
        for run in self._runs(text):
            yield from self._empty_tables(text, run, place)
            if run.end - run.start > _LONGEST_RUN:
                self.close()
                continue
            span = self._run(text, run, place)
            if span is not None:
                yield span
                last = span[1]
        tail = self._announced(text, last)
        if tail is not None:
            yield tail

    def _runs(self, text: str) -> Iterator[_Run]:
        """Runs of digits near the words of the form, with the text before each."""
        at = 0
        while self._work < _MOST_WORK:
            if not self.is_open:
                anchor = _ANCHOR.search(text, at)
                if anchor is None:
                    return
                at = max(at, anchor.start() - _BEFORE_ANCHOR)
            match = self._next_run(text, at)
            if match is None:
                return
            self._work += match[1] - at
            yield _Run(at, match[0], match[1])
            at = match[1]

    def _next_run(self, text: str, at: int) -> tuple[int, int] | None:
        """Start and end of the next run that is not just the ordinal of a label."""
        for match in _RUN.finditer(text, at):
            start, end = match.start(), match.end()
            if text[start - 1 : start] in {"(", "（"} and text[end : end + 1] in {")", "）"} and end - start < 3:
                continue
            end = ordinals.end_of_values(text, start, end)
            if end > start:
                return start, end
        return None

    # ------------------------------------------------------------------ one run

    def _run(self, text: str, run: _Run, place: Place | None) -> tuple[int, int] | None:
        """Give a run to the label before it; returns the span of the text that is thereby taken."""
        first = max(run.text_start, run.start - _WINDOW)
        folded, offsets = ordinals.folded(text, first, run.start)
        if self._carry:
            carried, self._carry = fold(self._carry), ""
            folded, offsets = carried + folded, [0] * len(carried) + offsets
        labels = chain(folded)
        if ordinals.LIST_GOES_ON.match(text, run.end) or _DASH_BEFORE.search(text, max(0, run.start - 3), run.start):
            self._dashed(labels, text, run, place)
            return None
        digits = half_width(text[run.start : run.end])
        if len(digits) == 1 and ordinals.is_bare_ordinal(text, run.end, digits):
            return None
        before = self._table
        end, digits = self._lend_ordinal(text, run.end, digits, labels)
        if labels and self._take(labels, digits, place):
            gap = labels[0].start
            inside = before == self._table_of(labels) and gap <= _LONGEST_GAP and run.text_start >= first
            return (run.text_start if inside and not self._opens(labels) else first + offsets[gap]), end
        if self._header4 and not labels and not folded.strip() and self._remedies(digits, place):
            return run.text_start, end
        label = None if labels else self._without_label(folded)
        if label is not None and self._row(label, digits, place):
            return run.text_start, end
        if not self._goes_on(text, run):
            self.close()
        return None

    def _dashed(self, labels: list[Found], text: str, run: _Run, place: Place | None) -> None:
        """Keep a row with dashes or separators among its numbers as it is printed: it is left open, never guessed."""
        self._waiting = None
        last = labels[-1].label if labels else None
        if last is not None and last.kind in {"row2", "row3"}:
            self._announce(labels)
            cells = _DASHED.match(text, run.start)
            before = _DASH_BEFORE.search(text, max(0, run.start - 3), run.start)
            printed = f"{before[0] if before else ''}{cells[0] if cells else ''}"
            # In one piece, with the dash in it, it is no number and cannot be told apart.
            self._row(last, "".join(ordinals.ORDINAL_AT_END.sub("", printed).split()), place)

    def _goes_on(self, text: str, run: _Run) -> bool:
        """Whether behind a number that is nobody's the table goes on with its next label."""
        if not self.is_open or run.end - run.start > _LONGEST_STRAY or not self._table:
            return False
        ahead = ordinals.labels_ahead(text, run.end)
        return bool(ahead) and ahead[0].start <= 1 and ahead[0].label.kind in {"row2", "row3", "group3"}

    def _take(self, labels: list[Found], digits: str, place: Place | None) -> bool:
        self._announce(labels)
        rows = [one.label for one in labels if one.label.kind in {"row2", "row3"}]
        last = labels[-1].label
        if last.kind in {"row2", "row3"}:
            taken = self._row(last, digits, place)
            if taken:
                self._note_valueless(rows[:-1], place, before=last)
            return taken
        if last.key == "total" and self._leaves4:
            return self._remedies(digits, place)
        return False

    def _opens(self, labels: list[Found]) -> bool:
        """Whether the labels begin a table: then what stands before them is narrative."""
        return labels[0].label.kind not in {"row2", "row3", "group3"} and labels[0].label.key != "article"

    def _table_of(self, labels: list[Found]) -> str:
        kind = labels[-1].label.kind
        return {"row2": "proactive", "row3": "applications"}.get(kind, "remedies")

    def _without_label(self, folded: str) -> Label | None:
        """The row of a label that is misprinted, or that stood in the paragraph before."""
        if self._waiting is not None and (not folded or is_part_of(folded, self._waiting.key)):
            return self._waiting
        if not self.is_open or self._table not in {"proactive", "applications"} or len(folded) > 100:
            return None
        found = scan(folded)
        tail = folded[found[-1].end :] if found else folded
        return nearest(folded, table=self._table) or (nearest(tail, table=self._table) if tail else None)

    def _lend_ordinal(self, text: str, end: int, digits: str, labels: list[Found]) -> tuple[int, str]:
        """`00000002其他法律…`: where the last digit is the number of the next label, it is no value."""
        if not digits.isdecimal() or not labels or labels[-1].label.kind != "row3" or len(digits) <= len(APPLICANTS):
            return end, digits
        carried = ordinals.lent(text, end, digits, self.located.effort)
        if carried is None:
            return end, digits
        self._carry = carried
        return end - 1, digits[:-1]

    def _empty_tables(self, text: str, run: _Run, place: Place | None) -> Iterator[tuple[int, int]]:
        """Tables without any number between two runs of digits: the labels of a form that was left empty."""
        first = max(run.text_start, run.start - _EMPTY_TABLES)
        if run.start - first < _SHORTEST_EMPTY or _ANCHOR.search(text, first, run.start) is None:
            return
        folded, offsets = ordinals.folded(text, first, run.start)
        for labels in chains(folded):
            empty = labels[-1].end < len(folded) and any(one.label.kind.startswith("column") for one in labels)
            if empty and len(labels) > 5:
                self._announce(labels)
                self._note_valueless([one.label for one in labels if one.label.kind in {"row2", "row3"}], place)
                self._note_valueless_groups(labels, place)
                yield first + offsets[labels[0].start], first + offsets[labels[-1].end]

    # ------------------------------------------------------------------ headers

    def _announced(self, text: str, last: int) -> tuple[int, int] | None:
        """Labels at the end of a paragraph, whose numbers may come in the next one."""
        if len(text) - last > _WINDOW and _ANCHOR.search(text, len(text) - _WINDOW) is None:
            return None
        first = max(last, len(text) - _WINDOW)
        folded, offsets = ordinals.folded(text, first, len(text))
        labels = chain(folded)
        if not labels or not (self.is_open or _ANCHOR.search(text, first)):
            return None
        self._announce(labels)
        self.is_open, self._carry = True, ""
        rows = [one.label for one in labels if one.label.kind in {"row2", "row3"}]
        self._waiting = rows[-1] if rows else None
        self._header4 = labels[-1].label.kind in {"column4", "group4"} or (
            self._table != "applications" and labels[-1].label.key == "total"
        )
        return first + offsets[labels[0].start], len(text)

    def _announce(self, labels: list[Found]) -> None:
        """Take note of what the headers among the labels say."""
        found = [one.label for one in labels]
        columns2 = [label for label in found if label.kind == "column2"]
        if any(label.kind == "note" for label in found):
            self._is_fresh2 = False  # 信息内容 begins a header
        if columns2:
            # Each column of a header may stand in a paragraph of its own.
            before = self._columns2 if self._is_fresh2 else ()
            units = self._units2 if self._is_fresh2 else {}
            self._columns2 = tuple(dict.fromkeys((*before, *(label.key for label in columns2))))
            self._units2 = units | {label.key: label.unit for label in columns2 if label.unit}
            self._is_fresh2 = True
            self.located.columns2.update(columns2)
            self._table, self.is_open = "proactive", True
        leaves = sum(1 for label in found if label.kind == "column4" and label.key == "upheld")
        groups = [label.key for label in found if label.kind == "group4"]
        if leaves or (groups and self._header4):
            self._leaves4 = leaves + (self._leaves4 if self._header4 else 0)
            self._named4 = [*(self._named4 if self._header4 else ()), *groups]
        columns3 = [label.key for label in found if label.kind == "column3"]
        if not leaves and len(set(columns3)) > 3:
            self._header3 = columns3
            self.located.header3.update(columns3)
            self._table, self.is_open = "applications", True

    def _note_valueless_groups(self, labels: list[Found], place: Place | None) -> None:
        if any(one.label.kind == "column4" for one in labels):
            for group in GROUPS:
                self.located.valueless.setdefault(f"remedies.{group}", place)

    def _note_valueless(self, rows: list[Label], place: Place | None, *, before: Label | None = None) -> None:
        """Rows whose label another label (`before`, behind the last one) follows at once: nothing is printed there."""
        for label, following in zip_longest(rows, rows[1:], fillvalue=before):
            is_group = following is not None and following.key.startswith("other_outcome.")
            if label is not None and not (label.key == "other_outcome" and is_group):
                table = "proactive" if label.kind == "row2" else "applications"
                self.located.valueless.setdefault(f"{table}.{label.key}", place)

    # ------------------------------------------------------------------ rows

    def _row(self, label: Label, digits: str, place: Place | None) -> bool:
        pieces = [Piece(text, place) for text in digits.split()]
        if label.kind == "row2":
            if not self._columns2:
                return False
            units = dict(self._units2)
            self._keep(
                PrintedRow("proactive", label.key, self._columns2, pieces, glued=True, units=units, label_where=place)
            )
            return True
        if not self._header3 and self._table != "applications" and len(digits) < 5:
            return False
        self.located.row_keys.append(label.key)
        columns = applicant_order(self._header3)
        self._keep(PrintedRow("applications", label.key, columns, pieces, glued=True, label_where=place))
        return True

    def _remedies(self, digits: str, place: Place | None) -> bool:
        pieces = [Piece(text, place) for text in digits.split()]
        group = ""
        if self._leaves4 == 1:
            taken = {row.key for row in self.located.rows if row.table == "remedies"}
            group = self._named4[-1] if self._named4 else next((key for key in GROUPS if key not in taken), "")
        groups = remedy_groups(self._named4, self._leaves4)
        columns = RESULTS if group else tuple(f"{one}.{result}" for one in groups for result in RESULTS)
        self._keep(PrintedRow("remedies", group, columns, pieces, glued=True, label_where=place))
        self.is_open = bool(group)
        return True

    def _keep(self, row: PrintedRow) -> None:
        self.located.rows.append(row)
        self._is_fresh2 = False
        self._table, self.is_open, self._waiting, self._header4 = row.table, True, None, False


def has_anchor(text: str) -> bool:
    """Whether a paragraph speaks the words of the form's tables."""
    return _ANCHOR.search(text) is not None
