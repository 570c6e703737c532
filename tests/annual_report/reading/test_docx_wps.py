"""A document as WPS writes it: a run for every change of script, merged cells spelled out, numeric style names.

Source: the parts and attributes that WPS Office 12 leaves in its files; ECMA-376 Part 1, 17.4.
"""

from __future__ import annotations

import io
import re
import zipfile

from table_layouts import small_report, statutory_grids

from gongkai.annual_report import formats
from gongkai.annual_report.model import Place
from gongkai.annual_report.reading import read
from gongkai.annual_report.reading.document import Grid, GridCell

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="{_MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 wpsCustomData"
><w:body>%s<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"""
_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{_MAIN}"><w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>"""
_CUSTOM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property
 fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.1</vt:lpwstr>
</property></Properties>"""
_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_CONTENT}"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_KINDS}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>"""
_RELS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"
 Target="word/document.xml"/></Relationships>"""


def runs(text: str) -> str:
    """A run for each stretch of one script, with the hint that WPS gives to Chinese ones, and its bookmarks."""
    found = []
    for stretch in re.findall(r"\d|[^\d]+", text):
        hint = 'w:hint="default"' if stretch.isdigit() else 'w:hint="eastAsia"'
        fonts = f'<w:rFonts {hint} w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/>'
        found.append(f'<w:r><w:rPr>{fonts}<w:vertAlign w:val="baseline"/></w:rPr><w:t>{stretch}</w:t></w:r>')
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    return mark.join(found[:2]) + "".join(found[2:])


def paragraph(text: str, style: str = "1") -> str:
    place = f'<w:pStyle w:val="{style}"/><w:keepNext w:val="0"/><w:jc w:val="both"/>'
    return f"<w:p><w:pPr>{place}</w:pPr>{runs(text)}</w:p>"


def cell(printed: GridCell, *, row: int) -> str:
    """A cell of `row`; below the row in which it starts, a merged one stands again, empty."""
    merge = "" if printed.rowspan == 1 else f'<w:vMerge w:val="{"restart" if row == printed.row else "continue"}"/>'
    width = f'<w:tcW w:w="{printed.colspan * 900}" w:type="dxa"/>'
    properties = f'{width}<w:gridSpan w:val="{printed.colspan}"/>{merge}<w:vAlign w:val="center"/>'
    text = printed.text if row == printed.row else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(grid: Grid) -> str:
    cells = [printed for row in grid.rows for printed in row]
    rows = []
    for row in range(len(grid.rows)):
        across = sorted((c for c in cells if c.row <= row < c.row + c.rowspan), key=lambda c: c.column)
        rows.append(
            f'<w:tr><w:trPr><w:trHeight w:val="500"/></w:trPr>{"".join(cell(c, row=row) for c in across)}</w:tr>'
        )
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="6"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>{"".join(rows)}</w:tbl>'


def document(*parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("word/document.xml", _DOCUMENT % "".join(parts))
        package.writestr("word/styles.xml", _STYLES)
        package.writestr("docProps/custom.xml", _CUSTOM)
    return stream.getvalue()


def test_a_document_of_wps_is_read_whole() -> None:
    values = small_report()
    one, two, three = map(table, statutory_grids(formats.load("2021"), values))
    data = document(
        paragraph("洛阳市卫生健康委员会2023年政府信息公开工作年度报告", "2"),
        paragraph("一、总体情况", "2"),
        paragraph("2023年收到政府信息公开申请70件。"),
        *(paragraph("二、主动公开政府信息情况", "2"), one),
        *(paragraph("三、收到和处理政府信息公开申请情况", "2"), two),
        *(paragraph("四、政府信息公开行政复议、行政诉讼情况", "2"), three),
        *(paragraph("五、存在的主要问题及改进情况", "2"), paragraph("栏目更新不够及时，已建立提醒制度。")),
        *(paragraph("六、其他需要报告的事项", "2"), paragraph("未收取信息处理费。")),
    )
    (report,) = read(data, name="年度报告.docx")
    assert (report.agency, report.year, report.doubts) == ("洛阳市卫生健康委员会", 2023, ())
    assert {path: str(cell.value) for path, cell in report.cells.items()} == values
    assert report.sections["overview"] == "2023年收到政府信息公开申请70件。"
    assert report.cells["applications.received.total"].place == Place(path="table[2]/tr[4]/td[8]")
