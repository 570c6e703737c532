"""The agency's name: taken from the title, completed, checked."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading import agency_places as places
from gongkai.annual_report.reading.agency import Evidence, identify, same_agency


def test_a_full_name_in_the_title_is_taken_as_it_is() -> None:
    body = "平顶山市卫生健康委员会持续规范发布流程。"
    assert identify(Evidence(title="平顶山市卫生健康委员会", body=body)) == ("平顶山市卫生健康委员会", [])


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(title="市卫生健康委员会", signature="洛阳市卫生健康委员会"),
        Evidence(title="市卫生健康委员会", body="出台《洛阳市卫生健康委员会网站管理规定》的通知。"),
        Evidence(title="市卫生健康委员会", publisher="河南省洛阳市卫生健康委员会"),
        Evidence(title="卫生健康委员会", body="2022年，洛阳市卫生健康委员会有序推进公开。"),
        Evidence(title="洛阳市卫健委", signature="洛阳市卫生健康委员会"),
    ],
    ids=["signature", "body", "publisher", "no place at all", "abbreviation"],
)
def test_a_shortened_title_is_completed(evidence: Evidence) -> None:
    assert identify(evidence) == ("洛阳市卫生健康委员会", [])


def test_a_city_named_only_apart_from_the_agency_completes_with_a_doubt() -> None:
    name, (doubt,) = identify(Evidence(title="市卫生健康委员会", body="洛阳市召开发布会。介绍洛阳市有关情况。"))
    assert name == "洛阳市卫生健康委员会"
    assert doubt.code == "agency-completed"


def test_a_title_that_nothing_completes_is_a_doubt() -> None:
    name, (doubt,) = identify(Evidence(title="市卫生健康委员会", body="全市工作有序，我市公开信息。"))
    assert (name, doubt.code) == ("市卫生健康委员会", "agency-incomplete")


def test_the_city_is_added_to_a_district_where_the_text_writes_so() -> None:
    preamble = "本报告由淮安市洪泽区人民政府办公室编制。"
    assert identify(Evidence(title="洪泽区人民政府", preamble=preamble))[0] == "淮安市洪泽区人民政府"


def test_the_city_is_not_added_where_the_text_does_not_write_so() -> None:
    assert identify(Evidence(title="沭阳县发展和改革局", body="宿迁市工作会议"))[0] == "沭阳县发展和改革局"


def test_without_a_title_the_first_sentence_tells() -> None:
    body = "2021年,保山市卫生健康委员会以习近平新时代中国特色社会主义思想为指引,推进政务公开。"
    assert identify(Evidence(preamble=body))[0] == "保山市卫生健康委员会"


def test_without_a_title_the_signature_comes_first() -> None:
    evidence = Evidence(signature="保山市卫生健康委员会", preamble="2021年，市卫生健康委推进公开。")
    assert identify(evidence) == ("保山市卫生健康委员会", [])


def test_a_misprinted_place_is_put_right_and_doubted() -> None:
    name, (doubt,) = identify(Evidence(title="沐阳县人民政府", signature="沐阳县人民政府"))
    assert name == "沭阳县人民政府"
    assert (doubt.code, doubt.candidates) == ("agency-spelling", ("沭阳县人民政府", "沐阳县人民政府"))


def test_a_place_that_may_be_new_is_left_as_it_is() -> None:
    assert identify(Evidence(title="测试市")) == ("测试市", [])
    assert identify(Evidence(title="平潭综合实验区", publisher="平潭县人民政府")) == ("平潭综合实验区", [])


def test_a_signature_of_another_agency_is_a_doubt() -> None:
    name, (doubt,) = identify(Evidence(title="沭阳县司法局", signature="沭阳县财政局"))
    assert (name, doubt.code) == ("沭阳县司法局", "agency-conflict")


def test_a_signature_by_the_office_is_no_other_agency() -> None:
    assert identify(Evidence(title="沭阳县人民政府", signature="沭阳县人民政府办公室"))[1] == []


def test_no_agency_at_all_is_a_doubt() -> None:
    name, (doubt,) = identify(Evidence(body="工作有序。"))
    assert (name, doubt.code) == (None, "agency-missing")


def test_abbreviations_are_the_same_agency_and_neighbours_are_not() -> None:
    assert same_agency("洛阳市卫健委", "洛阳市卫生健康委员会")
    assert not same_agency("沭阳县司法局", "沭阳县财政局")


def test_places_know_where_they_lie() -> None:
    assert places.parents("洪泽区") == ("淮安市",)
    assert set(places.parents("鼓楼区")) == {"南京市", "徐州市", "福州市", "开封市"}
    assert places.place_before("江苏省淮安市洪泽区", 6) == "江苏省淮安市"


@pytest.mark.parametrize(
    ("preamble", "name"),
    [
        ("特编制湛江市司法局2023年政府信息公开工作年度报告。", "湛江市司法局"),
        ("现公布湛江市司法局2023年政府信息公开工作年度报告。", "湛江市司法局"),
        ("本报告由湛江市司法局办公室根据条例编制。", "湛江市司法局"),
        ("根据条例，由两城镇人民政府党政办公室编制。", "两城镇人民政府"),
    ],
)
def test_without_title_and_signature_the_preamble_tells(preamble: str, name: str) -> None:
    assert identify(Evidence(preamble=preamble)) == (name, [])


def test_a_town_is_completed_by_the_places_printed_before_it() -> None:
    preamble = "可在通化市东昌区金厂镇人民政府网站下载。"
    assert identify(Evidence(title="金厂镇人民政府", preamble=preamble))[0] == "通化市东昌区金厂镇人民政府"


def test_a_title_that_names_the_place_alone_stays_so() -> None:
    assert identify(Evidence(title="沭阳县", signature="沭阳县人民政府"))[0] == "沭阳县"
