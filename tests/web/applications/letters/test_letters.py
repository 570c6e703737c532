"""Letters from the draft to the service: two people, one number, one text, one event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.applications.details import Answered, Asked, CorrectionAsked, Decision, Extended, FeeNotified
from gongkai.applications.letters import LetterKind
from gongkai.applications.service import Channel, Service
from gongkai.errors import GongkaiError
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.applications.models import Case, Letter, LetterState
from gongkai_web.applications.selectors import derived, ledger_of
from gongkai_web.applications.services import letters
from gongkai_web.applications.services.sealed import empty, reseal_rows

PUBLICATION = {"item": "全部", "outcome": "not_processed.publication", "facts": {"where": "市图书馆"}}
Write = Callable[..., Letter]
Sign = Callable[[Letter], Letter]


def kinds_of(case: Case) -> list[str]:
    return [entry.kind.value for entry in ledger_of(case).entries]


def test_a_new_letter_knows_what_case_ledger_and_settings_tell(write: Write, case: Case) -> None:
    letter = write(LetterKind.CORRECTION_NOTICE)
    shown = letters.preview(letter)
    assert shown.addressee == "王某某"
    assert case.number in shown.paragraphs[0].text
    assert [one.label for one in shown.missing] == ["需要补正的事项", "补正的期限"]


def test_a_form_takes_over_what_an_earlier_letter_states(write: Write, sign: Sign, case: Case, officer: User) -> None:
    write(LetterKind.THIRD_PARTY_CONSULTATION, addressee="清河建设有限公司", consulted_content="评标报告")
    opinion = letters.preview(letters.draft(case, LetterKind.THIRD_PARTY_OPINION, by=officer))
    assert ("第三方", "清河建设有限公司") in [pair for row in opinion.rows for pair in row.pairs]
    reply = sign(write(LetterKind.REPLY, [PUBLICATION], service_channel="post"))
    record = letters.preview(letters.draft(case, LetterKind.SERVICE_RECORD, by=officer))
    assert dict(record.rows[0].pairs) == {"送达文书": "政府信息公开申请答复书", "文号": reply.number}
    sheet = letters.preview(letters.draft(case, LetterKind.APPROVAL_SHEET, by=officer))
    assert ("拟作出的处理", "要求提供公开出版物") in [pair for row in sheet.rows for pair in row.pairs]
    assert ("依据和理由", "条例第三十九条第二款") in [pair for row in sheet.rows for pair in row.pairs]


def test_what_is_missing_keeps_a_letter_from_review(write: Write, officer: User) -> None:
    letter = write(LetterKind.CORRECTION_NOTICE)
    with pytest.raises(letters.LetterRefused, match="文书缺少：需要补正的事项（在“本文书”填写）"):
        letters.submit(letter, by=officer)


def test_number_text_and_day_are_fixed_when_it_is_signed(write: Write, sign: Sign, today: date) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    assert (letter.number, letter.state) == (f"云卫公开〔{today.year}〕1号", LetterState.SIGNED)
    shown = letters.preview(letter)
    assert shown.number == letter.number
    assert (shown.on, len(letter.digest)) == (today, 64)
    assert any(one.startswith("letter.not_processed.publication ") for one in letter.law)


def test_nobody_signs_what_he_drafted(write: Write, officer: User, signer: User, agency: object) -> None:
    letter = write(LetterKind.REPLY, [PUBLICATION])
    letters.submit(letter, by=officer)
    with pytest.raises(NotAllowed):
        letters.sign(letter, by=officer)
    Letter.objects.filter(pk=letter.pk).update(drafted_by=signer)
    with pytest.raises(letters.LetterRefused, match="起草人以外的人"):
        letters.sign(letter, by=signer)


def test_the_database_refuses_a_change_after_signing(write: Write, sign: Sign) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    for change in ({"number": "另号"}, {"facts": ""}, {"frozen": "x"}, {"state": LetterState.DRAFT}, {"digest": "0"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)


def test_the_database_refuses_a_number_without_a_second_person(write: Write, officer: User) -> None:
    letter = write(LetterKind.REPLY, [PUBLICATION])
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(serial=9, year=2025, signed_by=officer, digest="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(case=letter.case, agency=letter.agency, kind="reply", year=2025, serial=1, digest="x")


def test_a_text_that_does_not_fit_its_digest_is_not_shown(write: Write, sign: Sign) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    letter.frozen = letter.frozen.replace("市图书馆", "省图书馆")
    with pytest.raises(letters.LetterRefused, match="与签发时的摘要不符"):
        letters.preview(letter)


def test_a_served_reply_answers_the_case_once(write: Write, sign: Sign, case: Case, officer: User, today: date) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    for _ in range(2):
        letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    assert kinds_of(case) == ["received", "answered", "served"]
    case.refresh_from_db()
    assert (case.phase, case.outcome) == ("served", "not_processed.publication")


def test_an_answer_that_was_recorded_by_hand_is_only_served(
    write: Write, sign: Sign, case: Case, officer: User, today: date, happen: Callable[..., Case]
) -> None:
    happen(case, EventKind.ANSWERED, today, Answered((Decision("全部", PUBLICATION["outcome"], PUBLICATION["facts"]),)))
    letter = sign(write(LetterKind.REPLY))
    assert letters.preview(letter).complete
    letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    assert kinds_of(case) == ["received", "answered", "served"]


def test_a_reply_that_differs_from_the_record_is_not_sent_up(
    write: Write, sign: Sign, case: Case, today: date, happen: Callable[..., Case]
) -> None:
    happen(case, EventKind.ANSWERED, today, Answered((Decision("全部", "granted", {"how": "复印件"}),)))
    letter = write(LetterKind.REPLY, [PUBLICATION])
    with pytest.raises(GongkaiError, match="台账已登记的办理结果与本答复书不一致"):
        sign(letter)
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_what_the_ledger_would_refuse_is_refused_before_it_is_signed(
    write: Write, case: Case, officer: User, today: date, happen: Callable[..., Case]
) -> None:
    happen(case, EventKind.THIRD_PARTY_ASKED, today, Asked("清河建设有限公司"))
    granted = {"item": "全部", "outcome": "granted", "facts": {"how": "复印件"}}
    with pytest.raises(GongkaiError, match="此前不能决定公开"):
        letters.submit(write(LetterKind.REPLY, [granted]), by=officer)


def test_two_who_fill_in_at_once_do_not_overwrite_each_other(write: Write, officer: User) -> None:
    letter = write(LetterKind.CORRECTION_NOTICE)
    seen = letters.version(letter)
    letters.save(letter, by=officer, values={"correction_missing": "文号"}, seen=seen)
    with pytest.raises(letters.LetterRefused, match="别人刚刚修改过"):
        letters.save(letter, by=officer, values={"correction_missing": "年度"}, seen=seen)


def test_by_post_only_the_postal_enterprise_serves(write: Write, sign: Sign, officer: User, today: date) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    with pytest.raises(GongkaiError, match="没有通过邮政企业"):
        letters.serve(letter, Service(Channel.POST, today, postal=False), by=officer)


def test_the_day_of_signing_for_it_is_added_later(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    letters.serve(letter, Service(Channel.POST, today), by=officer, waybill="EA123")
    assert derived(case).remedy_periods() == ()
    letters.receive(letter, today, by=officer)
    assert derived(case).remedy_periods()[0][0] == "not_processed.publication"
    assert kinds_of(case) == ["received", "answered", "served"]


def test_a_reply_over_the_net_names_the_way_to_reconsideration_there(
    write: Write, sign: Sign, officer: User, today: date
) -> None:
    silent = sign(write(LetterKind.REPLY, [PUBLICATION], service_channel="in_person"))
    with pytest.raises(letters.LetterRefused, match="网上申请行政复议的渠道"):
        letters.serve(silent, Service(Channel.NET, today), by=officer)
    telling = sign(write(LetterKind.REPLY, [PUBLICATION], service_channel="net"))
    assert letters.preview(telling).remedy[-1].endswith("省行政复议服务平台。")
    assert letters.serve(telling, Service(Channel.NET, today), by=officer).state == LetterState.SERVED


def test_a_correction_notice_asks_for_the_correction(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    until = today + timedelta(days=15)
    letter = sign(
        write(LetterKind.CORRECTION_NOTICE, correction_missing="文号或者年度", correction_until=until.isoformat())
    )
    letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    assert ledger_of(case).entries[-1].details == CorrectionAsked("文号或者年度", until)
    case.refresh_from_db()
    assert case.phase == "awaiting_correction"


def test_an_extension_notice_states_the_new_last_day(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    letter = sign(
        write(LetterKind.EXTENSION_NOTICE, extension_reason="资料较多", extended_days="10", approved_by="科长")
    )
    letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    case.refresh_from_db()
    due = case.due_on
    assert f"即延长至{due.year}年{due.month}月{due.day}日" in letters.preview(letter).text
    details = ledger_of(case).entries[-1].details
    assert isinstance(details, Extended)
    assert details.days == 10


def test_a_consultation_counts_from_the_day_the_third_party_has_it(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    letter = sign(
        write(LetterKind.THIRD_PARTY_CONSULTATION, addressee="清河建设有限公司", consulted_content="评标报告")
    )
    letters.serve(letter, Service(Channel.POST, today), by=officer)
    assert kinds_of(case) == ["received"]
    letters.receive(letter, today, by=officer)
    assert kinds_of(case) == ["received", "third-party-asked"]
    assert ledger_of(case).entries[-1].event.party == "第三方甲"


def test_a_fee_notice_records_what_the_bands_give(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    letter = sign(write(LetterKind.FEE_NOTICE, fee_basis="pages", fee_quantity="68"))
    letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    assert ledger_of(case).entries[-1].details == FeeNotified("pages", 68, Decimal(380))


def test_a_form_of_the_file_is_issued_without_a_number_and_never_served(
    write: Write, officer: User, today: date
) -> None:
    letter = letters.issue(write(LetterKind.REGISTRATION), by=officer)
    assert (letter.number, letter.state) == ("", LetterState.SIGNED)
    with pytest.raises(letters.LetterRefused, match="不送达"):
        letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)


def test_a_letter_is_returned_with_an_opinion_and_sent_up_again(write: Write, officer: User, signer: User) -> None:
    letter = write(LetterKind.REPLY, [PUBLICATION])
    letters.submit(letter, by=officer)
    with pytest.raises(letters.LetterRefused, match="须写明意见"):
        letters.give_back(letter, by=signer, opinion=" ")
    letters.give_back(letter, by=signer, opinion="请写明途径")
    letter.refresh_from_db()
    assert (letter.state, letter.opinion) == (LetterState.DRAFT, "请写明途径")
    letters.submit(letter, by=officer)
    assert letters.sign(letter, by=signer).serial == 1


def test_a_void_letter_keeps_its_number(write: Write, sign: Sign, officer: User) -> None:
    first = sign(write(LetterKind.REPLY, [PUBLICATION]))
    letters.void(first, by=officer, reason="漏写一项")
    second = sign(write(LetterKind.REPLY, [PUBLICATION]))
    first.refresh_from_db()
    assert (first.state, first.serial, second.serial) == (LetterState.VOID, 1, 2)


def test_drafting_twice_with_one_key_is_one_letter(case: Case, officer: User) -> None:
    first = letters.draft(case, LetterKind.RECEIPT, by=officer, key="k")
    assert letters.draft(case, LetterKind.RECEIPT, by=officer, key="k").pk == first.pk


def test_only_those_who_handle_applications_draft(case: Case, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        letters.draft(case, LetterKind.RECEIPT, by=staff[Role.DRAFTER])


def test_the_applicant_gets_what_was_served_to_him(
    write: Write, sign: Sign, case: Case, officer: User, today: date
) -> None:
    reply = sign(write(LetterKind.REPLY, [PUBLICATION]))
    asking = sign(
        write(LetterKind.THIRD_PARTY_CONSULTATION, addressee="清河建设有限公司", consulted_content="评标报告")
    )
    letters.serve(asking, Service(Channel.IN_PERSON, today), by=officer)
    assert list(letters.served_letters(case)) == []
    letters.serve(reply, Service(Channel.IN_PERSON, today), by=officer)
    assert [one.pk for one in letters.served_letters(case)] == [reply.pk]
    assert letters.letter_pdf(reply).startswith(b"%PDF")
    assert "市图书馆" in ZipFile(BytesIO(letters.letter_docx(reply))).read("word/document.xml").decode()


def test_nothing_of_a_letter_lies_open_in_the_database(write: Write, sign: Sign) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_letter WHERE id = %s", [letter.pk])
        row = " ".join(map(str, cursor.fetchone()))
    assert "王某某" not in row
    assert "图书馆" not in row


def test_keys_rotate_and_erasing_empties_a_signed_letter(write: Write, sign: Sign, case: Case) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    reseal_rows()
    letter.refresh_from_db()
    assert letters.preview(letter).complete
    empty(case)
    letter.refresh_from_db()
    with pytest.raises(letters.LetterRefused, match="已随申请人信息清除"):
        letters.preview(letter)


@pytest.mark.parametrize("outcome", ["other_outcome.not_corrected"])
def test_an_ending_notice_ends_the_case(
    outcome: str, write: Write, sign: Sign, case: Case, officer: User, today: date, happen: Callable[..., Case]
) -> None:
    happen(
        case, EventKind.CORRECTION_ASKED, today - timedelta(days=7), CorrectionAsked("文号", today - timedelta(days=1))
    )
    letter = sign(write(LetterKind.ENDING_NOTICE))
    letters.serve(letter, Service(Channel.IN_PERSON, today), by=officer)
    case.refresh_from_db()
    assert (case.phase, case.outcome) == ("served", outcome)
