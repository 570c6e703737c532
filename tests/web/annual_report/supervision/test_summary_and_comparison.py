"""Members added up, compared over years and with each other, ranked only where it is fair."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from published import file_of

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import ManualCell
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.supervision import alike, comparing, findings, ranks, statistics
from gongkai_web.annual_report.supervision.exports import workbook
from gongkai_web.annual_report.supervision.roster import roster
from gongkai_web.annual_report.supervision.summary import (
    SummaryRefused,
    save_joint_document,
    save_rule,
    summarise,
    take_over,
)
from gongkai_web.interchange.models import Job

HEALTH, WATER = "某市卫生健康委员会", "某市水务局"
PERMITS, ISSUED = "proactive.permits.decisions", "proactive.normative_documents.issued"
Upload = Callable[..., Job]


@pytest.fixture
def two_members(upload: Upload, agency: Agency, other_agency: Agency) -> None:
    """Both departments' reports of 2023 and 2024."""
    upload(
        ("1.html", file_of(HEALTH, 2023, received=5, granted=4)),
        ("2.html", file_of(WATER, 2023, received=2, proactive__permits__decisions=460)),
        ("3.html", file_of(HEALTH, 2024, received=6, carried_in=1, proactive__permits__decisions=7,
                           proactive__normative_documents__issued=2, proactive__normative_documents__in_force=2)),
        ("4.docx", file_of(WATER, 2024, kind="docx", received=3, carried_in=1, proactive__permits__decisions=461,
                           proactive__normative_documents__issued=1, proactive__normative_documents__in_force=1)),
    )  # fmt: skip


@pytest.mark.usefixtures("two_members")
def test_each_sum_opens_its_members(government: Agency) -> None:
    summary = summarise(government, 2024)
    assert summary.complete
    assert summary.aggregate.sums[PERMITS].value == 468
    assert [(share.name, share.counted) for share in summary.aggregate.shares(PERMITS)] == [(HEALTH, 7), (WATER, 461)]
    assert summary.aggregate.broken() == []


@pytest.mark.usefixtures("two_members")
def test_a_missing_member_is_named(government: Agency, make_agency: Callable[..., Agency]) -> None:
    late = make_agency(government, name="某市教育局", short_name="市教育局")
    summary = summarise(government, 2024)
    assert (summary.missing, summary.complete) == ((late,), False)


@pytest.mark.usefixtures("two_members")
def test_joint_documents_follow_the_rule_of_the_government(
    government: Agency, agency: Agency, other_agency: Agency, supervisor: User
) -> None:
    save_joint_document(
        government, 2024, title="控烟办法", lead=agency, partners=[other_agency], columns=["issued"], by=supervisor
    )
    assert summarise(government, 2024).aggregate.sums[ISSUED].value == 2
    save_rule(government, joint_once=False, basis="市政府办2024年年报工作通知", by=supervisor)
    assert summarise(government, 2024).aggregate.sums[ISSUED].value == 3


def test_a_joint_document_needs_a_partner(government: Agency, agency: Agency, supervisor: User) -> None:
    with pytest.raises(SummaryRefused, match="没有填完整"):
        save_joint_document(
            government, 2024, title="控烟办法", lead=agency, partners=[agency], columns=["issued"], by=supervisor
        )


@pytest.mark.usefixtures("two_members")
def test_the_sums_become_the_governments_own_draft(government: Agency, make_user: Callable[..., User]) -> None:
    writer = make_user(Role.DRAFTER, government)
    row = take_over(summarise(government, 2024), by=writer)
    cells = draft_of(row).cells
    assert cells[PERMITS].value == 468
    assert cells["applications.received.total"].value == 9
    assert ManualCell.objects.get(report=row, path=PERMITS).reason == "由2份报告汇总"


@pytest.mark.usefixtures("two_members")
def test_carried_over_figures_are_held_against_the_year_before(agency: Agency, other_agency: Agency) -> None:
    judged = findings.judge([agency, other_agency], 2024)
    assert judged[agency.pk].across_years == []
    assert [one.code for one in judged[other_agency.pk].across_years] == ["YEAR-CARRY", "YEAR-CARRY"]
    assert judged[other_agency.pk].errors == 2


@pytest.mark.usefixtures("two_members")
def test_years_of_one_body_stand_side_by_side_with_their_change(agency: Agency) -> None:
    parts = comparing.over_years(comparing.reports_by_year(agency))
    received = next(row for row in parts[0].rows if row[0] == "本年新收政府信息公开申请数量")
    assert received == ("本年新收政府信息公开申请数量", "件", ("5", "6（+1）"))
    assert parts[0].columns[0].rows == [("2023", 5), ("2024", 6)]


@pytest.mark.usefixtures("two_members")
def test_bodies_of_one_year_stand_side_by_side(government: Agency, agency: Agency, other_agency: Agency) -> None:
    part = comparing.over_agencies(comparing.reports_by_agency([agency, other_agency], 2024), theme="decisions")
    assert part is not None
    assert [(row[0], row[2][0]) for row in part.rows] == [("市卫健委", "7"), ("市水务局", "461")]
    assert [line.label for line in part.bars[0].lines] == ["市水务局", "市卫健委"]


@pytest.mark.usefixtures("two_members")
def test_texts_that_repeat_last_years_are_shown_with_their_passages(agency: Agency, other_agency: Agency) -> None:
    repeated = alike.against_last_year([agency, other_agency], 2024)
    assert {one.agency for one in repeated} == {agency, other_agency}
    assert all(one.is_copied for one in repeated)
    section = alike.side_by_side(repeated[0].now.report, repeated[0].before.report)[1]
    assert "部分科室对公开范围把握不准" in "".join(piece.text for piece in section.mine if piece.same)
    assert [pair.share for pair in alike.between([agency, other_agency], 2024)] == [1.0]


@pytest.mark.usefixtures("two_members")
def test_rankings_name_who_is_not_ranked_and_why(government: Agency) -> None:
    lines = [line for line in roster(government, 2024) if line.agency != government]
    judged = findings.judge([line.agency for line in lines], 2024)
    boards = {board.title: board for board in ranks.boards(lines, judged, 2024)}
    assert list(boards["报送时间"].rows) == [(1, "市卫健委", "按时"), (1, "市水务局", "按时")]
    assert list(boards["报告中的错误"].rows) == [(1, "市卫健委", "0处"), (2, "市水务局", "2处")]
    assert boards["复议、诉讼纠正率"].rows == []
    assert dict(boards["复议、诉讼纠正率"].unranked)["市卫健委"] == "只有0件，不足5件，比例没有意义。"


@pytest.mark.usefixtures("two_members")
def test_public_statistics_add_members_and_not_their_government(government: Agency, upload: Upload) -> None:
    upload(("汇总.html", file_of("某市人民政府", 2024, received=9, carried_in=2, proactive__permits__decisions=468)))
    found = statistics.year_of_all(2024)
    assert found.figure(PERMITS).value == 468
    assert found.figure("proactive.fees.amount_wan").value == Decimal(0)
    assert len(list(found.rows())) == 3
    assert statistics.years() == [2024, 2023]


@pytest.mark.usefixtures("two_members")
def test_the_public_statistics_follow_an_import_and_else_cost_few_queries(
    client: Client, upload: Upload, django_assert_max_num_queries: Any
) -> None:
    first = client.get("/statistics/?year=2024")
    assert "2 个机关的报告" in first.content.decode()
    with django_assert_max_num_queries(14):  # whatever the number of reports
        statistics.summaries()
    upload(("院.html", file_of("某市中心医院", 2024, received=1)))
    again = client.get("/statistics/?year=2024", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


@pytest.mark.usefixtures("two_members")
def test_everything_of_a_year_fits_into_one_workbook(government: Agency) -> None:
    import io  # noqa: PLC0415

    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(workbook(government, 2024)), read_only=True)
    assert book.sheetnames == ["报送名单", "各单位数据", "问题", "汇总", "汇总明细", "办理记录"]
    rows = list(book["各单位数据"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [HEALTH, WATER]
