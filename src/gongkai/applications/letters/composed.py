"""A letter as text: what every file format and the screen draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.letters.kinds import LetterKind


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact without which the letter cannot be issued, and the place in which it is filled in."""

    key: str
    label: str
    place: str

    @property
    def mark(self) -> str:
        """What stands in its stead in a draft."""
        return f"【待填：{self.label}】"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`heading`: it is the heading of an item."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """Labels with what stands beside them; one pair over the whole width, or two."""

    pairs: tuple[tuple[str, str], ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Composed:
    """Title, 文号 (empty until signed), addressee, text, remedy, attachments, signature.

    `provisions` are the values of the law it rests on, as `name since`; `notes` tell the officer what nobody has
    confirmed. The seal stands over signature and date, for which two lines are left free (GB/T 9704 §7.3.5).
    """

    kind: LetterKind
    title: str
    number: str
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    remedy: tuple[str, ...]
    closing: tuple[str, ...]
    rows: tuple[FormRow, ...]
    attachments: tuple[str, ...]
    signed_by: str
    on: date
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    provisions: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def text(self) -> str:
        """All of it, one paragraph a line: what is frozen and hashed when the letter is signed."""
        head = [self.title, self.number, f"{self.addressee}：" if self.addressee else ""]
        rows = ["｜".join(f"{label}：{value}" for label, value in row.pairs) for row in self.rows]
        body = [*(one.text for one in self.paragraphs), *rows, *self.remedy, *self.closing]
        ends = [*attachment_lines(self.attachments), "" if self.rows else self.signed_by, signed_day(self)]
        return "\n".join(line for line in (*head, *body, *ends) if line)


def attachment_lines(names: tuple[str, ...]) -> tuple[str, ...]:
    """附件：… as GB/T 9704 §7.3.4 wants it: several are numbered, one is not, none ends with a stop.

    >>> attachment_lines(("名单", "统计表"))
    ('附件：1. 名单', '　　　2. 统计表')
    """
    if len(names) < 2:
        return tuple(f"附件：{name}" for name in names)
    return tuple(f"{'　　　' if n > 1 else '附件：'}{n}. {name}" for n, name in enumerate(names, 1))


def signed_day(letter: Composed) -> str:
    """The date below the signature; a form of the file has its days in its rows."""
    return "" if letter.rows else f"{letter.on.year}年{letter.on.month}月{letter.on.day}日"
