"""The receipt of a submitted application, for the page and for the slip."""

from __future__ import annotations

from io import BytesIO

import segno

from gongkai.applications.receipt_slip import Slip
from gongkai.law.provisions import in_force
from gongkai_web.applications.models import Case
from gongkai_web.applications.public.drafts import Receipt
from gongkai_web.applications.selectors.cases import derived


def slip_of(case: Case, receipt: Receipt, *, address: str) -> Slip:
    """Derived from the ledger, as everything about days. `address`: of the tracker, with the number.

    Raises: LedgerError, CalendarRangeError.
    """
    found = derived(case)
    clock = found.timeline.clock("answer")
    on = found.course.entered_on
    answer, correction = (in_force(f"deadline.{name}", on=on) for name in ("answer", "correction_notice"))
    office = (case.agency.disclosure_office, case.agency.phone, case.agency.address)
    return Slip(
        agency=case.agency.name,
        number=receipt.number,
        secret=receipt.secret,
        subject=case.subject,
        received_on=on,
        due_on=clock.due,
        answer_days=answer.days,
        correction_days=correction.days,
        citation=answer.citation,
        contact="　".join(part for part in office if part),
        address=address,
        qr=qr_code(address),
        provisional=clock.provisional,
    )


def qr_code(address: str) -> str:
    """The address as an SVG drawing, readable by a phone's camera from paper and from a screen."""
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=4, border=2, xmldecl=False, light="#fff", svgclass=None, lineclass=None
    )
    return drawing.getvalue().decode()
