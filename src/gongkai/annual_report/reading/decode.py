"""Located rows → the cells of a form: the form is chosen, the tables decoded, and every cell gets a state."""

from __future__ import annotations

from collections import Counter
from functools import cache

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Cell, CellState, Doubt
from gongkai.annual_report.reading import decode_applications, decode_proactive, decode_remedies
from gongkai.annual_report.reading.decode_rows import named, place_of
from gongkai.annual_report.reading.locate import APPLICANTS, Located, PlacedCell, Where
from gongkai.text.width import fold

_SPLIT = "other_outcome."
_NAMED = 3  # a doubt names at most so many rows
_TABLES = {"proactive": "表二", "applications": "表三", "remedies": "表四"}


def choose_format(located: Located, *, year: int | None) -> Format:
    """The form that the headers of 表二 name; without them, the one that `year` asks for.

    表三 decides whether （六）其他处理 is one row, for both kinds are printed in either form.
    """
    votes = Counter(label.forms[0] for label in located.columns2 if len(label.forms) == 1)
    form_id = votes.most_common(1)[0][0] if votes else _form_of_rows(located) or _form_of_year(year)
    return formats.load(form_id, unsplit=_is_unsplit(located, form_id))


def _form_of_rows(located: Located) -> str | None:
    """The only form that has all the rows of 表二 that are printed; None where every form has them."""
    printed = {row.key for row in located.rows if row.table == "proactive"}
    printed |= {path.split(".")[1] for path in (*located.cells, *located.valueless) if path.startswith("proactive.")}
    fitting = [form_id for form_id in formats.IDS if printed <= _rows2(form_id)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _rows2(form_id: str) -> frozenset[str]:
    return frozenset(row.key for block in formats.load(form_id).blocks for row in block.rows)


def _form_of_year(year: int | None) -> str:
    if year is None:
        return formats.IDS[-1]
    return formats.for_year(year).id if year >= formats.load(formats.IDS[0]).from_year else formats.IDS[0]


def _is_unsplit(located: Located, form_id: str) -> bool:
    """Rows with values decide before rows that are only named."""
    for rows in (located.row_keys, [path.removeprefix("applications.") for path in located.valueless]):
        if any(key.startswith(_SPLIT) for key in rows):
            return False
        if "other_outcome" in rows:
            return True
    return formats.load(form_id).unsplit


def decode(located: Located, form: Format, *, ocr: bool = False) -> dict[str, Cell]:
    """Every cell of `form`, in its order. Doubts are added to `located.doubts`."""
    decode_proactive.decode(located, form)
    decode_applications.decode(located, form)
    decode_remedies.decode(located, form)
    found = located.cells
    cells = {path: found[path] if path in found else _absent(located, form, path) for path in form.cells}
    states = {cell.state for cell in cells.values()}
    if len(found) > len(cells) or not found.keys() <= cells.keys():
        _doubt_outside(located, form)
    if CellState.UNREADABLE in states:
        _doubt_unreadable(located, form, cells)
    if CellState.ABSENT_ROW in states or CellState.ABSENT_COLUMN in states:
        _doubt_absent(located, form, cells)
    if ocr:
        for cell in cells.values():
            cell.state = CellState.OCR if cell.state is CellState.STATED else cell.state
    return cells


def labels_of(located: Located, form: Format) -> dict[str, str]:
    """The labels that are printed otherwise than in the form (white space and width apart)."""
    standard = _standard_labels(form.id, unsplit=form.unsplit)
    printed = {path: text for path, (text, _) in located.printed_labels.items() if standard.get(path) != text}
    return {path: text.strip() for path, text in printed.items() if fold(text) != fold(standard.get(path, text))}


@cache
def _standard_labels(form_id: str, *, unsplit: bool) -> dict[str, str]:
    form = formats.load(form_id, unsplit=unsplit)
    labels = {f"proactive.{row.key}": row.label for block in form.blocks for row in block.rows}
    labels |= {f"proactive.columns.{c.key}": c.label for block in form.blocks for c in block.columns}
    labels |= {f"applications.{row.key}": row.label for row in form.rows}
    labels |= {f"applications.columns.{column.key}": column.label for column in form.columns}
    labels |= {f"remedies.columns.{column.key}": column.label for column in form.remedy_columns}
    return labels | {f"remedies.{group.key}": group.label for group in form.remedy_groups}


# ---------------------------------------------------------------------- what is not there


def _absent(located: Located, form: Format, path: str) -> Cell:
    table_row = path.rpartition(".")[0]
    if table_row in located.valueless:
        return PlacedCell(None, CellState.BLANK, "", located.valueless[table_row])
    where = _row_place(located, table_row)
    if where is not None:
        return PlacedCell(None, CellState.ABSENT_COLUMN, "", where)
    return Cell(None, CellState.ABSENT_ROW)


def _row_place(located: Located, table_row: str) -> Where:
    """Where a row stands that has at least one located cell."""
    for row in located.rows:
        if row.label_where is not None and f"{row.table}.{row.key}" == table_row:
            return row.label_where
    return next((_where(cell) for path, cell in located.cells.items() if path.rpartition(".")[0] == table_row), None)


def _where(cell: Cell) -> Where:
    return cell.where if isinstance(cell, PlacedCell) else cell.place


def _doubt_outside(located: Located, form: Format) -> None:
    """Numbers for rows or columns that this form does not have."""
    known = form.cells
    outside = [path for path, cell in located.cells.items() if path not in known and cell.value]
    if outside:
        message = f"有{len(outside)}个数印在本格式（{form.id}年格式）没有的栏目里，未采用；请核对所用格式"
        located.doubts.append(Doubt("outside-form", message, located.cells[outside[0]].place, tuple(outside)))


def _doubt_unreadable(located: Located, form: Format, cells: dict[str, Cell]) -> None:
    for path, cell in cells.items():
        if cell.state is not CellState.UNREADABLE:
            continue
        table, _, rest = path.partition(".")
        row = rest.rpartition(".")[0]
        guess = _fitting(cells, path) if table == "applications" else None
        hint = f"；按行合计应为{guess}" if guess is not None else ""
        message = f"{named(form, table, row)}有一格印作“{cell.raw}”，认不出是什么数，未填{hint}；请对照原件填写"
        candidates = () if guess is None else (str(guess),)
        located.doubts.append(Doubt("unreadable-cell", message, cell.place, (path,), candidates))


def _fitting(cells: dict[str, Cell], path: str) -> int | None:
    """The number that the row sum of 表三 asks for in the only unreadable cell of a row."""
    prefix = path.rpartition(".")[0]
    row = [cells[f"{prefix}.{column}"] for column in APPLICANTS]
    at = APPLICANTS.index(path.rpartition(".")[2])
    values = [cell.value or 0 for n, cell in enumerate(row) if n != at]
    others = [cell for n, cell in enumerate(row) if n != at and cell.state is CellState.UNREADABLE]
    if others or not all(isinstance(value, int) for value in values):
        return None
    if at == len(APPLICANTS) - 1:
        return int(sum(values))
    needed = int(values[-1] - sum(values[:-1]))
    return needed if needed >= 0 else None


def _doubt_absent(located: Located, form: Format, cells: dict[str, Cell]) -> None:
    for table, name in _TABLES.items():
        own = {path: cell for path, cell in cells.items() if path.startswith(f"{table}.")}
        absent_rows = {path.rpartition(".")[0] for path, cell in own.items() if cell.state is CellState.ABSENT_ROW}
        if len(absent_rows) == len(_rows(own)):
            located.doubts.append(Doubt("absent-table", f"没有找到{name}；请核对原件是否缺表、是否以图片代替表格"))
            continue
        rows = tuple(row for row in _rows(own) if row in absent_rows)
        if rows:
            called = "、".join(named(form, table, row.removeprefix(f"{table}.")) for row in rows[:_NAMED])
            more = f"等{len(rows)}行" if len(rows) > _NAMED else f"{len(rows)}行"
            message = f"没有找到{called}{more}，未填；请核对原件是否缺行"
            located.doubts.append(Doubt("absent-row", message, cells=rows))
    _doubt_columns(located, form, cells)


def _rows(cells: dict[str, Cell]) -> dict[str, None]:
    """The rows of a table in printing order."""
    return dict.fromkeys(path.rpartition(".")[0] for path in cells)


def _doubt_columns(located: Located, form: Format, cells: dict[str, Cell]) -> None:
    for column in form.columns:
        paths = [f"applications.{row.key}.{column.key}" for row in form.rows]
        absent = [path for path in paths if cells[path].state is CellState.ABSENT_COLUMN]
        if len(absent) > len(paths) // 2:
            message = f"表三没有印“{column.label}”一列，该列未填（不等于0）；请对照原件"
            place = cells[absent[0]].place or place_of(located.header3_where)
            located.doubts.append(Doubt("absent-column", message, place, (f"applications.*.{column.key}",)))
