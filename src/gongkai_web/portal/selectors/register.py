"""What the register of normative documents says about an item: its life, and the sentence above its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.information.normative import NormativeEventKind, Validity
from gongkai_web.information.models import NormativeEvent, NormativeRecord
from gongkai_web.portal.selectors.rows import item_url

_ENDED = frozenset({NormativeEventKind.REPEALED.value, NormativeEventKind.DECLARED_EXPIRED.value})


_ASKED = (
    "kind", "effective_on", "until", "basis", "record_id", "revoked_at",
    "basis_item__live", "basis_item__withdrawn_at",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One point of a timeline; `state` is done, ended or to-come."""

    day: date | None
    label: str
    text: str = ""
    state: str = "done"
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Register:
    """The entry of one item. `notice` is empty while the document is simply in force."""

    record: NormativeRecord
    validity: Validity
    steps: tuple[Step, ...]
    notice: Step | None

    @property
    def serious(self) -> bool:
        """Is the document without force?"""
        return self.validity in {Validity.REPEALED, Validity.EXPIRED}


def register_of(item_pk: int, *, today: date | None = None) -> Register | None:
    """The entry of the item in the register; `None` when it has none."""
    record = NormativeRecord.objects.filter(item_id=item_pk).first()
    if record is None:
        return None
    today = today or timezone.localdate()
    events = list(
        record.events.filter(revoked_at=None).select_related("basis_item").only(*_ASKED).order_by("effective_on", "pk")
    )
    record._prefetched_objects_cache = {"events": events}  # type: ignore[attr-defined]  # `as_fact` reads them again
    validity = record.as_fact().validity(today)
    steps = _steps(record, events, today)
    return Register(record, validity, steps, _notice(record, validity, steps))


def _steps(record: NormativeRecord, events: list[NormativeEvent], today: date) -> tuple[Step, ...]:
    steps = [
        Step(record.issued_on, "制发", record.document_number),
        Step(record.effective_on, "施行", state="done" if record.effective_on <= today else "to-come"),
        *(_event_step(event, today) for event in events),
    ]
    last = record.as_fact().last_day()
    if last is not None and not any(event.kind in _ENDED and event.effective_on <= last for event in events):
        steps.append(Step(last, "有效期届满", "次日起失效", "ended" if last < today else "to-come"))
    return tuple(sorted(steps, key=lambda step: step.day or date.max))


def _event_step(event: NormativeEvent, today: date) -> Step:
    basis = event.basis_item
    public = basis is not None and basis.live and basis.withdrawn_at is None
    return Step(
        day=event.effective_on,
        label=event.get_kind_display(),
        text=f"依据：{event.basis}" if not public else "依据：",
        state="to-come" if event.effective_on > today else "ended" if event.kind in _ENDED else "done",
        url=item_url(basis.pk) if public and basis else "",
        link=event.basis if public else "",
    )


def _notice(record: NormativeRecord, validity: Validity, steps: tuple[Step, ...]) -> Step | None:
    """Source: 国办发〔2017〕47号: what is amended, repealed or expired is marked on the original."""
    if validity is Validity.NOT_YET:
        return Step(record.effective_on, f"本文件自{_day(record.effective_on)}起施行，目前尚未施行。")
    if validity is Validity.AMENDED:
        last = [step for step in steps if step.label == NormativeEventKind.AMENDED.label and step.state == "done"][-1]
        return Step(
            last.day, f"本文件自{_day(last.day)}起已修改，请结合修改决定阅读。", last.text, "done", last.url, last.link
        )
    ended = record.as_fact().ended_on()
    if validity is Validity.IN_FORCE or ended is None:
        return None
    word = "废止" if validity is Validity.REPEALED else "失效"
    cause = next(
        (step for step in steps if step.day == ended[0] and step.state == "ended"), Step(None, "", "有效期届满。")
    )
    return Step(ended[0], f"本文件自{_day(ended[0])}起{word}，仅供查阅。", cause.text, "ended", cause.url, cause.link)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
