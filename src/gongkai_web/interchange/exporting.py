"""Everything of an agency in one ZIP: each table as CSV, as JSON and as a sheet of one XLSX, and the files."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.utils import timezone

from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import AgencyDocument
from gongkai_web.interchange.export_tables import Row, Table, tables_of
from gongkai_web.interchange.item_checks import Report
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.packed_files import packed_name
from gongkai_web.interchange.reimport_tables import reimport_tables
from gongkai_web.interchange.spreadsheets import CsvTable, Workbook

_README = """本压缩包是“{agency}”在信息公开平台的全部数据，导出时间{at}，经办人{by}。

数据.xlsx   每类数据一个工作表
CSV/        同样内容，每类一个文件（UTF-8）
JSON/       同样内容，每类一个文件，正文等长文字在这里是完整的
文件/       上传的文件，所在文件夹的数字是“文件”表中的编号
目录.csv    政府信息，“导入存量信息”认得的格式
再导入/     栏目、表二数据、处理决定和规范性文件登记，各类导入认得的格式

在另一个平台恢复：先导入“再导入/栏目.csv”；再把这个压缩包原样上传到“导入存量信息”（超过2000件的，把目录.csv分成几份，各自打包）；
然后依次导入“再导入”中的各个表格，规范性文件按编号从小到大。导入的信息是草稿，须逐件签审后公开。
签审、签审意见、送审内容和新媒体发布是原平台的办理凭证，签名不能导入，只供存档备查。

其中有没有公开的信息和人员姓名，请按内部资料保管。CSV 中以“=”“+”“-”“@”开头的文字前加了单引号，以免被当作公式。
"""


def run(job: Job, report: Report) -> dict[str, Any]:
    """Pack and keep as the job's result. Raises: `NotAllowed`."""
    require(job.started_by, Capability.ADMINISTER, job.agency)
    tables = tables_of(job.agency)
    files = list(AgencyDocument.objects.filter(collection=job.agency.collection_id).order_by("pk"))
    with tempfile.TemporaryDirectory(prefix="gongkai-export-") as folder:
        target = Path(folder) / "export.zip"
        counts, missing = _pack(target, job, tables, files, report)
        with target.open("rb") as packed:
            job.result.save(f"export-{job.agency.slug}-{timezone.localdate():%Y%m%d}.zip", File(packed), save=False)
    job.save(update_fields=["result"])
    record("interchange.exported", obj=job, actor=job.started_by, details={**counts, "files": len(files)})
    return {"tables": counts, "files": len(files) - len(missing), "missing": missing}


def _pack(
    target: Path, job: Job, tables: list[Table], files: list[AgencyDocument], report: Report
) -> tuple[dict[str, int], list[str]]:
    total = len(tables) + len(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as package:
        at = f"{timezone.localtime():%Y年%-m月%-d日 %H:%M}"
        package.writestr("说明.txt", _README.format(agency=job.agency.name, at=at, by=job.started_by))
        counts = _tables(package, tables, report, total)
        for table in reimport_tables(job.agency):
            _add_table(package, table)
        missing = []
        for done, document in enumerate(files, start=len(tables) + 1):
            report(done, total, "正在打包文件")
            if not _add_file(package, document):
                missing.append(document.title)
    return counts, missing


def _tables(package: zipfile.ZipFile, tables: list[Table], report: Report, total: int) -> dict[str, int]:
    """Each table is read once and written three times, in little memory."""
    counts = {}
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as sheets:
        book = Workbook(Path(sheets.name))
        for done, table in enumerate(tables, start=1):
            report(done, total, f"正在导出{table.label}")
            writing = _TableWriter(table)
            book.sheet(table.label, table.headers, writing.rows())
            writing.add_to(package)
            counts[table.label] = writing.count
        book.close()
        package.write(sheets.name, "数据.xlsx")
    return counts


class _TableWriter:
    """Hands a table's rows to the workbook and writes CSV and JSON on the way."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._csv: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `add_to`
        self._json: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.count = 0

    def rows(self) -> Iterator[Row]:
        """The rows, each remembered in passing."""
        text = io.TextIOWrapper(self._csv, encoding=CsvTable.ENCODING, newline="", write_through=True)
        table = CsvTable(text, self._table.headers)
        self._json.write(b"[\n")
        for row in self._table.rows():
            table.add(row)
            line = json.dumps(dict(zip(self._table.headers, row, strict=True)), ensure_ascii=False, default=str)
            self._json.write(b",\n" * (self.count > 0) + line.encode())
            self.count += 1
            yield row
        self._json.write(b"\n]\n")
        text.detach()

    def add_to(self, package: zipfile.ZipFile) -> None:
        """Put both files into the package."""
        for file, name in ((self._csv, f"CSV/{self._table.label}.csv"), (self._json, f"JSON/{self._table.label}.json")):
            file.seek(0)
            with package.open(name, "w", force_zip64=True) as entry:
                while chunk := file.read(1 << 20):
                    entry.write(chunk)
            file.close()


def _add_table(package: zipfile.ZipFile, table: Table) -> None:
    """A table as CSV, written on the way."""
    with (
        package.open(f"{table.label}.csv", "w", force_zip64=True) as entry,
        io.TextIOWrapper(entry, encoding=CsvTable.ENCODING, newline="") as text,
    ):
        lines = CsvTable(text, table.headers)
        for row in table.rows():
            lines.add(row)


def _add_file(package: zipfile.ZipFile, document: AgencyDocument) -> bool:
    """False when the file is gone from the storage: the rest is exported all the same."""
    name = packed_name(document.pk, document.filename)
    try:
        with document.open_file() as file, package.open(name, "w", force_zip64=True) as entry:
            while chunk := file.read(1 << 20):
                entry.write(chunk)
    except FileNotFoundError:
        return False
    return True
