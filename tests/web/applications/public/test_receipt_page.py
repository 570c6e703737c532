"""The slip: what it says can be read back from the PDF, and the picture is a drawing of the tracker's address."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from applying import Person

from gongkai.applications.receipt_slip import Slip, as_pdf
from gongkai_web.applications.public.receipt import qr_code
from gongkai_web.audit.models import AuditEvent

ADDRESS = "https://example.cn/apply/track/?number=2025-007-00012"


def _text(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 1
    return str(pages[0].get_textpage().get_text_bounded()).replace("\r\n", "")


def test_the_slip_says_number_secret_address_and_period() -> None:
    slip = Slip(
        agency="某市水务局", number="2025-007-00012", secret="ABCD-EFGH-JKLM", subject="河道整治方案",  # noqa: S106  # of nobody
        received_on=date(2025, 3, 3), due_on=date(2025, 3, 31), answer_days=20, correction_days=7,
        citation="条例第三十三条第二款", contact="", address=ADDRESS, qr=qr_code(ADDRESS),
    )  # fmt: skip
    text = _text(as_pdf(slip))
    for told in (
        "某市水务局",
        "2025-007-00012",
        "ABCD-EFGH-JKLM",
        "河道整治方案",
        "2025年3月3日",
        "2025年3月31日",
        ADDRESS,
    ):
        assert told in text
    assert "放假安排尚未公布" not in text
    assert as_pdf(slip) == as_pdf(slip)


def test_the_picture_is_a_drawing_without_colours_of_its_own_style() -> None:
    drawing = qr_code(ADDRESS)
    assert drawing.startswith("<svg ")
    assert "style=" not in drawing
    assert drawing == qr_code(ADDRESS) != qr_code(ADDRESS + "3")


@pytest.mark.django_db
def test_the_pdf_of_the_site_is_the_applicant_s_own_and_logged(person: Person) -> None:
    number, secret = person.apply()
    got = person.client.get(f"/apply/to/{person.agency.slug}/receipt.pdf")
    assert got.headers["Content-Disposition"] == f'attachment; filename="receipt-{number}.pdf"'
    assert got.headers["Cache-Control"] == "private, no-store"
    text = _text(got.content)
    assert number in text
    assert secret in text
    assert AuditEvent.objects.filter(action="applications.receipt_shown", personal_data=True).count() == 2
