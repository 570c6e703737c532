"""One small report for the tests of single writers: every cell 0 but a few, narrative in two sections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, CellState, Report

AGENCY = "云溪市卫生健康委员会"
TITLE = "云溪市卫生健康委员会2024年政府信息公开工作年度报告"


def one_report(*, form_id: str = "2021", overview: str = "全年公开信息12条。", **changed: Cell) -> Report:
    """The report; `changed` replaces cells, with `__` for the dots of their paths."""
    form = formats.load(form_id)
    cells = {path: Cell(Decimal("113.3720") if column.kind == "money" else 0) for path, column in form.cells.items()}
    cells["applications.received.natural_person"] = Cell(6)
    cells |= {path.replace("__", "."): cell for path, cell in changed.items()}
    return Report(
        agency=AGENCY,
        year=2024,
        format=form,
        cells=cells,
        sections={"overview": overview, "other_matters": "本年度未收取信息处理费。"},
        title=TITLE,
        signed_by=AGENCY,
        signed_on=date(2025, 1, 20),
    )


BLANK = Cell(None, CellState.BLANK)
SLASH = Cell(None, CellState.DASH, "/")
