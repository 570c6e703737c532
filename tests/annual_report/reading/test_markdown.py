"""Markdown: emphasis, links, escapes, front matter, and HTML tables inline."""

from __future__ import annotations

from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.markdown import read_markdown


def texts(markdown: str) -> list[str]:
    return [block.text for block in read_markdown(markdown).blocks if isinstance(block, Paragraph)]


def test_what_dresses_the_text_is_taken_off() -> None:
    markdown = (
        '## **一、总体情况**\n\n> 公开信息*441*条，见[公报](https://example.gov.cn/1 "x")。\n\n1\\. 说明&nbsp;<br>完\n'
    )
    assert texts(markdown) == ["一、总体情况", "公开信息441条，见公报。", "1. 说明\xa0 完"]


def test_headings_keep_their_level_and_line() -> None:
    (heading,) = read_markdown("\n\n#### 四、政府信息公开行政复议、行政诉讼情况\n").blocks
    assert isinstance(heading, Paragraph)
    assert (heading.heading, heading.place.line if heading.place else None) == (4, 3)


def test_fences_and_rules_are_no_text() -> None:
    assert texts("```markdown\n一、总体情况\n\n---\n\n***\n```") == ["一、总体情况"]


def test_front_matter_is_meta() -> None:
    document = read_markdown("---\ntitle: 测试市2024年政府信息公开工作年度报告\ndate: 2025-01-20\n---\n一、总体情况\n")
    assert document.meta == {"title": "测试市2024年政府信息公开工作年度报告", "published_on": "2025-01-20"}
    assert texts("---\ntitle: 测试\n---\n一、总体情况") == ["一、总体情况"]


def test_an_html_table_stands_where_it_stood() -> None:
    table_lines = "<table>\n<tr><td>规章</td><td>0</td></tr>\n</table>"
    markdown = f"二、主动公开政府信息情况\n\n{table_lines}\n\n三、收到和处理政府信息公开申请情况\n"
    first, table, last = read_markdown(markdown).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(table, Grid)
    assert isinstance(last, Paragraph)
    assert [cell.text for cell in table.rows[0]] == ["规章", "0"]
    assert (last.text, last.place.line if last.place else None) == ("三、收到和处理政府信息公开申请情况", 7)


def test_images_are_counted() -> None:
    assert read_markdown("![表二](t2.png)\n\n![表三](t3.png)\n").meta["images"] == "2"


def test_escaped_characters_are_text() -> None:
    assert texts("依据《关于印发\\<管理办法\\>的通知》，公开\\*2\\*条。") == [
        "依据《关于印发<管理办法>的通知》，公开*2*条。"
    ]


def test_escaped_pipes_and_hashes_make_no_rows_and_no_headings() -> None:
    document = read_markdown("公开A\\|B两类信息9条\n\n\\# 专栏1个\n")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "公开A|B两类信息9条",
        "# 专栏1个",
    ]


def test_escaped_links_and_quotations_are_text() -> None:
    assert texts("更新\\[指南\\](目录)2次\n\n\\> 90分的占5成\n") == ["更新[指南](目录)2次", "> 90分的占5成"]


def test_traditional_markdown_is_read_simplified_and_said_so() -> None:
    document = read_markdown("## 二、主動公開政府信息情況\n\n| 規章 | 0 |\n|---|---|\n| 行政許可 | 7 |\n")
    assert document.meta["traits"] == "traditional"
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["二、主动公开政府信息情况"]


def test_an_escaped_table_tag_is_text() -> None:
    document = read_markdown("\\<table\\>标签3处\n\n| 规章 | 0 |\n|---|---|\n| 行政许可 | 7 |\n")
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text == "<table>标签3处"
    assert isinstance(document.blocks[1], Grid)


def test_a_signature_is_not_joined_with_a_paragraph_that_ends_without_a_full_stop() -> None:
    markdown = "联系电话：0571-1234567，邮政编码310000\n\n测试市教育局\n\n2025年1月20日\n"
    assert texts(markdown) == ["联系电话：0571-1234567，邮政编码310000", "测试市教育局", "2025年1月20日"]
