"""Who has to file, who has, and what the supervising office does about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from published import file_of

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.annual_report.models import FilingAct
from gongkai_web.annual_report.services.draft import open_report
from gongkai_web.annual_report.supervision import acts
from gongkai_web.annual_report.supervision.acts import ActRefused
from gongkai_web.annual_report.supervision.roster import Line, roster
from gongkai_web.audit.models import AuditEvent
from gongkai_web.interchange.models import Job

JANUARY, FEBRUARY = date(2025, 1, 20), date(2025, 2, 10)
Upload = Callable[..., Job]


def standing(root: Agency, *, today: date = FEBRUARY) -> dict[str, tuple[str, str]]:
    return {line.agency.slug: (line.standing.value, line.light) for line in roster(root, 2024, today=today)}


def line_of(root: Agency, agency: Agency) -> Line:
    return next(line for line in roster(root, 2024, today=FEBRUARY) if line.agency == agency)


def test_the_roster_follows_the_tree_and_the_law(
    government: Agency, agency: Agency, make_agency: Callable[..., Agency]
) -> None:
    make_agency(government, name="某市中心医院", slug="hospital", kind="institution")
    make_agency(government, name="某市旧局", slug="gone", active_to=date(2024, 6, 30))
    make_agency(government, name="河口镇人民政府", slug="town", kind="government")
    found = standing(government)
    assert found == {
        "gov": ("missing", ""),
        "health": ("missing", "overdue"),
        "hospital": ("excused", ""),
        "town": ("missing", ""),
    }


def test_before_the_last_workday_a_body_is_near_not_late(government: Agency, agency: Agency) -> None:
    assert standing(government, today=JANUARY)["health"] == ("missing", "near")
    assert line_of(government, agency).last_workday == date(2025, 1, 27)


def test_a_draft_is_not_yet_a_report(government: Agency, agency: Agency, staff: dict[Role, User]) -> None:
    open_report(agency, 2024, by=staff[Role.OFFICER])
    assert standing(government)["health"][0] == "drafting"


def test_an_imported_report_counts_with_the_day_that_it_states(
    government: Agency, agency: Agency, upload: Upload
) -> None:
    upload(("甲.html", file_of("某市卫生健康委员会", 2024)))
    line = line_of(government, agency)
    assert (line.standing, line.days_late) == ("filed", 0)
    assert line.filed is not None
    assert line.filed.on == date(2025, 1, 20)


def test_reminding_mails_the_writers_with_the_limit(
    government: Agency, agency: Agency, staff: dict[Role, User], supervisor: User
) -> None:
    done = acts.remind([line_of(government, agency)], year=2024, by=supervisor, words="请抓紧。")
    assert done[0].sent_to == 2
    assert sorted(mail.outbox[0].bcc) == sorted([staff[Role.DRAFTER].email, staff[Role.OFFICER].email])
    assert (
        "应于2025年1月31日前报送并公布（条例第四十九条），此前最后一个工作日是2025年1月27日。现已逾期。"
        in mail.outbox[0].body
    )
    assert line_of(government, agency).reminders == 1
    assert AuditEvent.objects.filter(action="annual_report.filing_reminded").count() == 1


def test_a_mail_server_that_is_down_is_told_and_the_act_stands(
    government: Agency, agency: Agency, staff: dict[Role, User], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("gongkai_web.annual_report.supervision.acts.EmailMessage.send", broken)
    assert acts.remind([line_of(government, agency)], year=2024, by=supervisor)[0].sent_to == 0
    assert FilingAct.objects.count() == 1


def test_whoever_has_filed_is_not_reminded(
    government: Agency, agency: Agency, upload: Upload, supervisor: User
) -> None:
    upload(("甲.html", file_of("某市卫生健康委员会", 2024)))
    with pytest.raises(ActRefused, match="都已报送"):
        acts.remind([line_of(government, agency)], year=2024, by=supervisor)


def test_returned_and_filed_anew(government: Agency, agency: Agency, upload: Upload, supervisor: User) -> None:
    upload(("甲.html", file_of("某市卫生健康委员会", 2024)))
    acts.return_report(agency, 2024, comment="表三第一行与台账不符。", by=supervisor)
    assert line_of(government, agency).standing == "returned"
    upload(("乙.html", file_of("某市卫生健康委员会", 2024, received=2)))
    assert line_of(government, agency).standing == "filed"
    acts.accept(agency, 2024, by=supervisor)
    assert line_of(government, agency).standing == "accepted"


def test_a_return_needs_words_and_a_report(government: Agency, agency: Agency, supervisor: User) -> None:
    with pytest.raises(ActRefused, match="没有写退回意见"):
        acts.return_report(agency, 2024, comment=" ", by=supervisor)
    with pytest.raises(ActRefused, match="还没有报送2024年度报告"):
        acts.return_report(agency, 2024, comment="请改正。", by=supervisor)


def test_an_excuse_needs_a_reason_and_can_be_taken_back(government: Agency, agency: Agency, supervisor: User) -> None:
    acts.excuse(agency, 2024, reason="2024年12月新设立。", by=supervisor)
    line = line_of(government, agency)
    assert (line.standing, line.why) == ("excused", "2024年12月新设立。")
    acts.oblige(agency, 2024, by=supervisor)
    assert line_of(government, agency).standing == "missing"


def test_a_body_does_not_act_on_its_own_filing(agency: Agency, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        acts.excuse(agency, 2024, reason="不想报。", by=staff[Role.DRAFTER])
