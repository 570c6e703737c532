"""The Word file: GB/T 9704 page, real merged cells, repeated headers; opened with python-docx."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from one_report import AGENCY, BLANK, TITLE, one_report

from gongkai.annual_report.model import Cell
from gongkai.annual_report.writing import write


def opened(**changed: Cell) -> WordDocument:
    return Document(BytesIO(write(one_report(**changed), to="docx")))


def test_the_page_is_that_of_gbt_9704() -> None:
    section = opened().sections[0]
    measured = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    measured += [section.left_margin, section.right_margin]
    assert [round(length / Mm(1)) for length in measured if length] == [210, 297, 37, 35, 28, 26]


def test_the_faces_and_sizes_are_those_of_gbt_9704() -> None:
    styles = opened().styles
    faces = {
        name: styles[name].element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2")
    }
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312"}
    assert styles["Title"].font.size == Pt(22)
    assert styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}").get(qn("w:val")) == "32"


def test_headings_and_paragraphs_have_their_styles() -> None:
    paragraphs = [(p.style.name, p.text) for p in opened().paragraphs if p.text and p.style]
    assert paragraphs[:3] == [("Title", TITLE), ("Heading 1", "一、总体情况"), ("Body Text", "全年公开信息12条。")]
    assert paragraphs[-2:] == [("Signature", AGENCY), ("Signature", "2025年1月20日")]


def test_the_three_tables_have_their_merged_cells() -> None:
    proactive, applications, remedies = opened().tables
    assert proactive.cell(0, 0).text == proactive.cell(0, 3).text == "第二十条第（一）项"
    assert applications.cell(7, 1).text == applications.cell(14, 1).text == "（三）不予公开"
    assert applications.cell(2, 2).text.startswith("（本列数据的勾稽关系为")
    assert applications.cell(3, 3).text == "6"
    assert [cell.text for cell in remedies.rows[3].cells] == ["0"] * 15


def test_header_rows_repeat_and_no_row_splits() -> None:
    rows = opened().tables[1].rows
    properties = [row._tr.trPr for row in rows]
    assert [p.find(qn("w:tblHeader")) is not None for p in properties] == [True] * 3 + [False] * 25
    assert all(p.find(qn("w:cantSplit")) is not None for p in properties)


def test_a_long_number_is_set_smaller_so_that_it_fits() -> None:
    cell = opened(remedies__reconsideration__upheld=Cell(12345678)).tables[2].cell(3, 0)
    assert cell.paragraphs[0].runs[0].font.size == Pt(5)


def test_a_blank_cell_is_empty() -> None:
    assert opened(applications__received__total=BLANK).tables[1].cell(3, 9).text == ""


def test_pages_are_numbered_right_on_odd_and_left_on_even_pages() -> None:
    section = opened().sections[0]
    assert section.footer.paragraphs[0].text == section.even_page_footer.paragraphs[0].text == "— 1 —"
    sides = [f.paragraphs[0].alignment for f in (section.footer, section.even_page_footer)]
    assert [str(side) for side in sides] == ["RIGHT (2)", "LEFT (0)"]


def test_title_and_agency_are_in_the_properties() -> None:
    properties = opened().core_properties
    assert (properties.title, properties.author) == (TITLE, AGENCY)


def test_equal_reports_give_equal_files() -> None:
    assert write(one_report(), to="docx") == write(one_report(), to="docx")


def test_every_part_is_well_formed_and_declared() -> None:
    package = ZipFile(BytesIO(write(one_report(overview="<&>]]>\"'"), to="docx")))
    declared = etree.fromstring(package.read("[Content_Types].xml"))
    parts = {one.get("PartName", "").lstrip("/") for one in declared if one.get("PartName")}
    assert parts <= set(package.namelist())
    for name in package.namelist():
        etree.fromstring(package.read(name))
