"""The slip an applicant keeps: number, secret, where to follow the case, which period runs. One A4 page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gongkai.documents.pdf import typeset

_TEMPLATE = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on it. `address` is the tracker's, without the secret; `qr` the same as an SVG drawing.

    `due_on` is None where no period runs yet; `provisional` where a holiday notice may still move it. Days in workdays.
    """

    agency: str
    number: str
    secret: str = field(repr=False)
    subject: str
    received_on: date
    due_on: date | None
    answer_days: int
    correction_days: int
    citation: str
    contact: str
    address: str
    qr: str = field(repr=False)
    provisional: bool = False


def as_pdf(slip: Slip) -> bytes:
    """The page as PDF/A. Raises: WritingError for a character that no font can show."""
    data = {
        "agency": slip.agency,
        "number": slip.number,
        "secret": slip.secret,
        "subject": slip.subject,
        "received": _chinese(slip.received_on),
        "due": _chinese(slip.due_on) if slip.due_on else "",
        "days": slip.answer_days,
        "correction-days": slip.correction_days,
        "citation": slip.citation,
        "contact": slip.contact,
        "address": slip.address,
        "provisional": slip.provisional,
        "qr": slip.qr,
    }
    return typeset(_TEMPLATE, data, day=slip.received_on)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
