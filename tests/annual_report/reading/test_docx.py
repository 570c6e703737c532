"""Word documents: merged cells, Word's own ordinals, revisions, text boxes, hostile archives."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.docx import read_docx
from gongkai.errors import UnreadableReportError

NS = nsdecls("w")


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is `xml`."""
    document = docx.Document()
    body = document.element.body
    body.clear_content()
    for child in reversed(list(parse_xml(f"<w:body {NS}>{xml}</w:body>"))):
        body.insert(0, child)
    return saved(document)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def first_grid(data: bytes) -> Grid:
    return next(block for block in read_docx(data).blocks if isinstance(block, Grid))


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks if isinstance(block, Paragraph)]


def test_merged_cells_stand_once_and_span() -> None:
    document = docx.Document()
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    grid = document.add_table(rows=3, cols=4)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "三、本年度办理结果"
    grid.cell(0, 1).text = "（一）予以公开"
    grid.cell(0, 2).text = "12"
    grid.cell(0, 3).text = "0"
    grid.cell(1, 1).merge(grid.cell(1, 2)).text = "（二）部分公开"
    grid.cell(1, 3).text = "3"
    grid.cell(2, 0).merge(grid.cell(2, 3)).text = "四、结转下年度继续办理"
    read = first_grid(saved(document))
    assert read.aligned
    assert [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in read.rows] == [
        [("三、本年度办理结果", 0, 0, 2, 1), ("（一）予以公开", 0, 1, 1, 1), ("12", 0, 2, 1, 1), ("0", 0, 3, 1, 1)],
        [("（二）部分公开", 1, 1, 1, 2), ("3", 1, 3, 1, 1)],
        [("四、结转下年度继续办理", 2, 0, 1, 4)],
    ]


def test_a_cell_knows_its_place() -> None:
    data = with_body("<w:p/>" + table(cell("规章") + cell("0"), cell("行政规范性文件") + cell("7")))
    read = first_grid(data)
    assert read.locate(read.rows[1][1]) == Place(path="table[1]/tr[2]/td[2]")


def test_cells_left_out_at_the_start_of_a_row_shift_the_others() -> None:
    indented = f"<w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell('5')}"
    read = first_grid(with_body(table(cell("甲") + cell("乙") + cell("丙"), indented)))
    assert [(c.text, c.column) for c in read.rows[1]] == [("5", 2)]


def test_old_horizontal_merges_are_one_cell() -> None:
    merged = cell("申请人情况", "<w:hMerge w:val='restart'/>") + cell("", "<w:hMerge/>") + cell("总计")
    read = first_grid(with_body(table(merged)))
    assert [(c.text, c.column, c.colspan) for c in read.rows[0]] == [("申请人情况", 0, 2), ("总计", 2, 1)]


def test_a_vertical_merge_does_not_reach_across_another_cell() -> None:
    start, go_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    wide = cell("总计", "<w:gridSpan w:val='2'/>")
    read = first_grid(with_body(table(cell("甲") + cell("乙", start), wide, cell("丙") + cell("丁", go_on))))
    assert [(c.text, c.row, c.rowspan) for row in read.rows for c in row] == [
        ("甲", 0, 1),
        ("乙", 0, 1),
        ("总计", 1, 1),
        ("丙", 2, 1),
        ("丁", 2, 1),
    ]


def test_a_table_that_holds_a_table_only_lays_out() -> None:
    inner = table(cell("规章") + cell("0"))
    outer = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>二、主动公开</w:t></w:r></w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    blocks = read_docx(with_body(outer)).blocks
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "二、主动公开"
    assert isinstance(blocks[1], Grid)
    assert [c.text for c in blocks[1].rows[0]] == ["规章", "0"]


def test_stacked_paragraphs_of_a_cell_stay_apart() -> None:
    stacked = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc>"
    assert first_grid(with_body(table(stacked))).rows[0][0].text == "1\n2"


def test_deleted_and_hidden_text_is_not_read_but_inserted_text_is() -> None:
    body = (
        "<w:p><w:r><w:t>收到申请</w:t></w:r><w:del w:id='1'><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>6</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
        "<w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert texts(with_body(body)) == ["收到申请6件"]


def test_line_breaks_part_paragraphs_and_tabs_are_spaces() -> None:
    body = "<w:p><w:r><w:t>一、总体情况</w:t><w:br/><w:t>主动公开</w:t><w:tab/><w:t>良好</w:t></w:r></w:p>"
    assert texts(with_body(body)) == ["一、总体情况", "主动公开 良好"]


def test_content_controls_are_looked_into() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{table(cell('行政许可') + cell('7'))}</w:sdtContent></w:sdt>"
    assert [c.text for c in first_grid(with_body(control)).rows[0]] == ["行政许可", "7"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    xml = f"<w:p><w:r><w:t>正文</w:t><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:r></w:p>"
    assert texts(with_body(xml)) == ["正文", "框中文字"]


def numbered_document() -> bytes:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (kind, pattern) in enumerate([("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")])
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in [("总体情况", 0), ("主动公开", 1), ("依申请公开", 1), ("主动公开政府信息情况", 0), ("规章", 1)]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
    return saved(document)


def test_ordinals_that_word_makes_are_read() -> None:
    assert texts(numbered_document()) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "二、主动公开政府信息情况",
        "（一）规章",
    ]


def test_headings_carry_their_level() -> None:
    document = docx.Document()
    document.add_heading("一、总体情况", level=1)
    document.add_paragraph("正文")
    assert [(b.text, b.heading) for b in read_docx(saved(document)).blocks if isinstance(b, Paragraph)] == [
        ("一、总体情况", 1),
        ("正文", 0),
    ]


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The same archive with some parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return stream.getvalue()


def test_a_zip_bomb_is_refused() -> None:
    bomb = repacked(with_body("<w:p/>"), {"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})
    with pytest.raises(UnreadableReportError) as error:
        read_docx(bomb)
    assert error.value.code == "too-large"


def test_entities_are_not_expanded() -> None:
    xml = (
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>\xe6\xad\xa3\xe6\x96\x87&b;&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert texts(repacked(with_body("<w:p/>"), {"word/document.xml": xml})) == ["正文"]


@pytest.mark.parametrize("content", [b"", b"<a/>", b"not xml", b"<a>" * 5000])
def test_a_broken_body_is_an_error_that_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableReportError) as error:
        read_docx(repacked(with_body("<w:p/>"), {"word/document.xml": content}))
    assert error.value.code == "broken-file"


SAMPLE = numbered_document()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE) - 1), st.integers(0, 255))
def test_damaged_files_are_read_or_refused(cut: int, at: int, value: int) -> None:
    changed = bytearray(SAMPLE)
    changed[at] = value
    for data in (SAMPLE[:cut], bytes(changed)):
        with contextlib.suppress(UnreadableReportError):
            read_docx(data)
