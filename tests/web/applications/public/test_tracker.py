"""The tracker: one case for whoever has number and secret, and what an applicant may do in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from applying import Person, proof
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.applications import Entry
from gongkai.applications.details import CorrectionAsked, FeeNotified, Served
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind
from gongkai_web.applications.files import NewFile, add_file, open_file
from gongkai_web.applications.models import Case, FileKind, LedgerRecord, LetterSettings
from gongkai_web.applications.services import events
from gongkai_web.audit.models import AuditEvent
from gongkai_web.demo.applications_answers import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(person: Person) -> tuple[Person, Case]:
    """Somebody who has applied and looks at his case."""
    assert person.enter(*person.apply()).url == "/apply/case/"
    return person, Case.objects.get()


def _happens(case: Case, kind: EventKind, details: object = None) -> None:
    events.record(case, Entry(kind, timezone.localdate(), details), by=None)  # type: ignore[arg-type]  # as the kind has it


def _asked(case: Case) -> None:
    until = timezone.localdate() + timedelta(days=20)
    _happens(case, EventKind.CORRECTION_ASKED, CorrectionAsked("请写明年度", until))


def test_number_and_secret_open_the_case_however_they_are_typed(person: Person) -> None:
    number, secret = person.apply()
    assert person.enter(f" {number} ", secret.replace("-", " ").lower()).url == "/apply/case/"
    assert "滨河路改造工程验收报告" in person.client.get("/apply/case/").content.decode()


@pytest.mark.parametrize("wrong", ["number", "secret"])
def test_a_wrong_pair_is_told_in_one_sentence(person: Person, wrong: str) -> None:
    number, secret = person.apply()
    tried = person.enter("2025-999-00001" if wrong == "number" else number, secret if wrong == "number" else "AAAA")
    assert "受理编号和查询码不符" in tried.content.decode()
    assert person.client.get("/apply/case/").url == "/apply/track/"


def test_trying_is_throttled_and_succeeding_is_not(person: Person, settings: object) -> None:
    settings.GONGKAI_APPLY_PER_HOUR = {"track": 2}  # type: ignore[attr-defined]  # pytest-django's
    number, secret = person.apply()
    for _ in range(4):
        assert person.enter(number, secret).status_code == 302
    person.enter(number, "AAAA")
    person.enter(number, "BBBB")
    assert person.enter(number, secret).status_code == 429


def test_a_session_knows_one_case_and_changes_its_key(person: Person, another: Callable[[], Person]) -> None:
    first = person.apply()
    second = another().apply()
    person.enter(*first)
    before = person.client.session.session_key
    person.enter(*second)
    assert second[0] in person.client.get("/apply/case/").content.decode()
    assert first[0] not in person.client.get("/apply/case/").content.decode()
    assert person.client.session.session_key != before


def test_half_an_hour_without_a_click_ends_it(inside: tuple[Person, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + 31 * 60
    monkeypatch.setattr("gongkai_web.applications.public.signed_in.time.time", lambda: later)
    assert inside[0].client.get("/apply/case/").url == "/apply/track/"


def test_leaving_ends_it(inside: tuple[Person, Case]) -> None:
    inside[0].client.post("/apply/case/leave/")
    assert inside[0].client.get("/apply/case/").url == "/apply/track/"


def test_looking_is_an_event_of_the_log(inside: tuple[Person, Case]) -> None:
    event = AuditEvent.objects.get(action="applications.opened_by_secret")
    assert (event.object_id, event.personal_data) == (str(inside[1].pk), True)


def test_the_page_says_the_day_the_article_and_what_comes_next(inside: tuple[Person, Case]) -> None:
    page = inside[0].client.get("/apply/case/").content.decode()
    assert "自次日起计算，共 20 个工作日" in page
    assert "指导案例26号" in page
    assert "条例第三十三条第二款" in page
    assert "机关逾期不答复的" in page


def test_a_correction_restarts_the_clock_and_keeps_the_words(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _asked(case)
    assert "补正申请" in person.client.get("/apply/case/").content.decode()
    form = person.client.get("/apply/case/correct/")
    assert "答复期限从今天的次日起重新计算" in form.content.decode()
    data = {"key": form.context["key"], "words": "要2024年的。", "files": proof("图.png")}
    assert person.client.post("/apply/case/correct/", data).url == "/apply/case/?done=correct"
    assert list(case.ledger_records.values_list("kind", flat=True)) == ["received", "correction-asked", "corrected"]
    text, picture = case.files.all()
    assert open_file(text, by=None).decode() == "要2024年的。"
    assert (picture.kind, picture.name) == (FileKind.REQUEST, "图.png")


def test_pressing_twice_corrects_once(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _asked(case)
    data = {"key": person.client.get("/apply/case/correct/").context["key"], "words": "要2024年的。"}
    first, second = (person.client.post("/apply/case/correct/", data) for _ in range(2))
    assert first.url == second.url == "/apply/case/?done=correct"
    assert (case.ledger_records.count(), case.files.count()) == (3, 1)


def test_an_empty_correction_is_not_taken(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _asked(case)
    assert "请填写补正的内容。" in person.client.post("/apply/case/correct/", {"words": " "}).content.decode()
    assert case.ledger_records.count() == 2


def test_what_the_moment_does_not_allow_is_not_offered_and_not_done(inside: tuple[Person, Case]) -> None:
    person, case = inside
    answered = person.client.post("/apply/case/correct/", {"words": "没有人问。"})
    assert answered.url == "/apply/case/?moved=correct"
    assert "情况已有变化" in person.client.get(answered.url).content.decode()
    assert person.client.get("/apply/case/nothing/").status_code == 404
    assert case.ledger_records.count() == 1


def test_a_bad_file_stops_the_whole_act(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _asked(case)
    data = {"words": "要2024年的。", "files": SimpleUploadedFile("a.pdf", b"MZ")}
    assert "内容与扩展名不符" in person.client.post("/apply/case/correct/", data).content.decode()
    assert (case.ledger_records.count(), case.files.count()) == (2, 0)


def test_a_withdrawal_says_its_effect_and_ends_the_case(inside: tuple[Person, Case]) -> None:
    person, case = inside
    assert "这件申请不能恢复" in person.client.get("/apply/case/withdraw/").content.decode()
    assert person.client.post("/apply/case/withdraw/").url == "/apply/case/?done=withdraw"
    case.refresh_from_db()
    assert (case.phase, case.outcome) == ("withdrawn", "other_outcome.other")
    assert "您撤回了申请" in person.client.get("/apply/case/").content.decode()


def test_the_fee_is_shown_and_a_proof_of_payment_is_kept_once(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _happens(case, EventKind.FEE_NOTIFIED, FeeNotified("pages", 68, Decimal(380)))
    LetterSettings.objects.create(agency=case.agency, payment_method="到政务服务大厅非税窗口缴纳")
    page = person.client.get("/apply/case/").content.decode()
    assert "380 元" in page
    assert "到政务服务大厅非税窗口缴纳" in page
    assert "请缴纳信息处理费，最迟" in page
    for _ in range(2):
        person.client.post("/apply/case/payment/", {"words": "已转账", "files": proof("凭证.png")})
    assert [file.kind for file in case.files.all()] == [FileKind.OTHER, FileKind.OTHER]
    assert LedgerRecord.objects.filter(case=case).count() == 2


def test_what_is_provided_can_be_had_once_the_answer_is_served(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _happens(case, EventKind.ANSWERED, answer("granted"))
    file = add_file(case, NewFile("验收报告.pdf", b"%PDF-1.7 x", "application/pdf", FileKind.REPLY), by=None)
    assert person.client.get(f"/apply/case/files/{file.pk}/").status_code == 404
    _happens(case, EventKind.SERVED, Served(Service(Channel.NET, timezone.localdate())))
    assert "验收报告.pdf" in person.client.get("/apply/case/").content.decode()
    got = person.client.get(f"/apply/case/files/{file.pk}/")
    assert (got.content, got.headers["Content-Type"]) == (b"%PDF-1.7 x", "application/pdf")
    assert got.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E9%AA%8C")


def test_the_files_of_another_case_are_not_found(
    inside: tuple[Person, Case], another: Callable[[], Person], client: Client
) -> None:
    person, case = inside
    _happens(case, EventKind.ANSWERED, answer("granted"))
    _happens(case, EventKind.SERVED, Served(Service(Channel.NET, timezone.localdate())))
    stranger = another()
    stranger.enter(*stranger.apply())
    other = Case.objects.exclude(pk=case.pk).get()
    file = add_file(other, NewFile("别人的.pdf", b"%PDF-1.7 x", "application/pdf", FileKind.REPLY), by=None)
    proof_ = add_file(case, NewFile("证明.png", b"x", "image/png", FileKind.PROOF), by=None)
    assert person.client.get(f"/apply/case/files/{file.pk}/").status_code == 404
    assert person.client.get(f"/apply/case/files/{proof_.pk}/").status_code == 404
    assert client.get(f"/apply/case/files/{file.pk}/").url == "/apply/track/"


def test_remedies_and_their_last_days_stand_below_the_answer(inside: tuple[Person, Case]) -> None:
    person, case = inside
    _happens(case, EventKind.ANSWERED, answer("refused.deliberative"))
    _happens(case, EventKind.SERVED, Served(Service(Channel.NET, timezone.localdate())))
    page = person.client.get("/apply/case/").content.decode()
    last = timezone.localdate() + timedelta(days=60)
    assert "应当先申请行政复议，对复议决定不服的再提起行政诉讼" in page
    assert "本级人民政府" in page
    assert f"{last.year}年{last.month}月" in page
