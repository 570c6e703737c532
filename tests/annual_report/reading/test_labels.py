"""Printed labels and the cells of the form they mean."""

from __future__ import annotations

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.reading.labels import chain, find, is_part_of, nearest, ordinal_of
from gongkai.text.width import fold


@pytest.mark.parametrize("unsplit", [False, True])
@pytest.mark.parametrize("form_id", formats.IDS)
def test_every_row_label_and_alias_of_the_forms_means_its_row(form_id: str, *, unsplit: bool) -> None:
    form = formats.load(form_id, unsplit=unsplit)
    rows = [*form.rows, *(row for block in form.blocks for row in block.rows)]
    meanings = {text: find(text) for row in rows for text in (row.label, *row.aliases)}
    wrong = [
        text
        for row in rows
        for text in (row.label, *row.aliases)
        if (label := meanings[text]) is None or label.key != row.key or label.kind not in {"row2", "row3"}
    ]
    assert wrong == []


@pytest.mark.parametrize("form_id", formats.IDS)
def test_every_column_label_and_alias_of_the_forms_means_its_column(form_id: str) -> None:
    form = formats.load(form_id)
    columns = [*form.columns, *(column for block in form.blocks for column in block.columns)]
    wrong = [
        text
        for column in columns
        for text in (column.label, *column.aliases)
        if (label := find(text)) is None or label.key != column.key
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("( 一 )予以公开", "granted"),
        ("（一） 予 以 公 开", "granted"),
        ("予以公开", "granted"),
        ("(二) 部分公开(区分处理)", "partly_granted"),
        ("8、属于行政查询事项", "refused.administrative_query"),
        ("⑧属于行政查询事项", "refused.administrative_query"),
        ("l.属于国家秘密", "refused.state_secret"),
        ("3危及'三安全一稳定'", "refused.security_stability"),
        ("3. 其他", "other_outcome.other"),
        ("（六）其他", "other_outcome"),
        ("(七)合计", "total"),
        ("四.结转下年度继续办理", "carried_out"),
    ],
)
def test_variants_of_row_labels(printed: str, key: str) -> None:
    label = find(printed)
    assert label is not None
    assert (label.kind, label.key) == ("row3", key)


@pytest.mark.parametrize(("printed", "key"), [("其他", "other"), ("总 计", "total"), ("合计", "total")])
def test_labels_that_name_rows_and_columns_are_columns_without_their_number(printed: str, key: str) -> None:
    label = find(printed)
    assert label is not None
    assert (label.kind, label.key) == ("column3", key)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("采购总金额", None),
        ("采购总金额（元）", "元"),
        ("本年收费金额（单位：元）", "元"),
        ("本年收费金额（单位：万元）", None),
    ],
)
def test_the_unit_of_a_money_column_is_read_from_its_label(printed: str, unit: str | None) -> None:
    label = find(printed)
    assert label is not None
    assert (label.key, label.unit) == ("amount_wan", unit)


@pytest.mark.parametrize("text", ["", "行政许可类信息", "申请", "2024年", "公开", "索引号", "处理", "0"])
def test_other_texts_mean_nothing(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("2.其他法律行政止公开", "refused.prohibited_by_law"),
        ("3.危及“三安全、一稳定”的", "refused.security_stability"),
        ("1.本机关不掌握相关信息", "unavailable.not_held"),
        ("5.要求行政机关确认或重新出具", "not_processed.reconfirmation"),
        ("1.信访、举报、投诉类申请", "not_processed.petition"),
        ("结转下年度办理", "carried_out"),
    ],
)
def test_misprinted_labels_mean_the_nearest_row(printed: str, key: str) -> None:
    label = nearest(printed, table="applications")
    assert label is not None
    assert label.key == key


@pytest.mark.parametrize(
    "text", ["不于公开", "处理结果", "1.申请", "备注", "本年新收件数", "2.属于国家秘密吗不是的别的事情"]
)
def test_what_might_be_two_rows_or_none_is_not_guessed(text: str) -> None:
    assert nearest(text, table="applications") is None


def test_the_number_before_a_label_decides_between_alike_ones() -> None:
    first = nearest("1.申请人逾期不补正，行政机关不再处理申请", table="applications")
    second = nearest("2.申请人逾期未缴费，行政机关不再处理申请", table="applications")
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("other_outcome.not_corrected", "other_outcome.fee_unpaid")


def test_ordinals_are_parted_from_labels() -> None:
    assert ordinal_of(fold("（三）不予公开")) == ("三", "不予公开")
    assert ordinal_of(fold("1．属于国家秘密")) == ("1", "属于国家秘密")
    assert ordinal_of("危及") == ("", "危及")


def test_labels_glued_together_are_found_one_by_one() -> None:
    text = fold(
        "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量"
    )
    assert [found.label.key for found in chain(text)][-3:] == ["legal_service", "other", "received"]


def test_prose_before_labels_is_not_part_of_the_chain() -> None:
    found = chain(fold("四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼结果维持"))
    assert [one.label.key for one in found] == ["reconsideration", "行政诉讼", "upheld"]


def test_prose_that_ends_otherwise_has_no_chain() -> None:
    assert chain(fold("其中行政许可类信息")) == []


def test_a_piece_of_a_label_is_known() -> None:
    assert is_part_of("只计这一情形，不计其他情形）", "partly_granted")
    assert not is_part_of("只计这一情形", "granted")
