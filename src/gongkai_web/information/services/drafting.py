"""Making and changing drafts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.disclosure import AttributeDecision, DisclosureAttribute, ExemptionReason
from gongkai.information.index_number import IndexRule, Publisher
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    AttachmentKind,
    IndexSerial,
    InformationItem,
    MediaPost,
)
from gongkai_web.information.services.attribute import Proposer, note_proposal
from gongkai_web.information.services.closure import interval_of, next_review_day
from gongkai_web.information.services.html import clean_body, undescribed_picture
from gongkai_web.information.services.review import reopen_if_changed


class DraftRejected(GongkaiError):  # noqa: N818  # names the event
    """The draft contradicts the law or itself; nothing was stored."""


@transaction.atomic
def create_item(
    *, agency: Agency, by: User | None, index_number: str = "", proposer: Proposer | None = None, **fields: Any
) -> InformationItem:
    """Make a draft with its index number (an imported item brings its own).

    `proposer`: who decides on the `attribute` and how, where it is not whoever drafts.

    Raises: `NotAllowed`, `DraftRejected`, `IndexNumberError`, `ValidationError`.
    """
    attachments = fields.pop("attachments", ())
    item = InformationItem(agency=agency, index_number=index_number, **fields)
    item.attachments.set([_attachment(entry) for entry in attachments])
    return add_item(item, by=by, proposer=proposer)


@transaction.atomic
def add_item(item: InformationItem, *, by: User | None, proposer: Proposer | None = None) -> InformationItem:
    """Store a draft that a form has filled in, attachments included. Raises: as `create_item`."""
    require(by, Capability.DRAFT, item.agency)
    _require_open(item.agency)
    # Written down now: an agency that is renamed later did not make under its new name what it made under the old.
    item.maker = item.maker.strip() or item.agency.name
    _prepare(item)
    item.created_by = by
    item.index_number = item.index_number or issue_index_number(item.agency)
    item.full_clean()
    item.save()
    item.save_revision(user=by, clean=False)
    note_proposal(item, proposer or Proposer(by))
    record("information.item_drafted", obj=item, actor=by, details={"attribute": item.get_attribute_display()})
    return item


@transaction.atomic
def save_draft(item: InformationItem, *, by: User | None) -> InformationItem:
    """Store a changed draft as a new version; signatures on another content become void.

    `item` is what `item.draft()` gave, changed. The live content stays as it is until the new one is signed.

    Raises: as `create_item`.
    """
    stored = InformationItem.objects.select_related("agency").get(pk=item.pk)
    require(by, Capability.DRAFT, stored.agency)
    require(by, Capability.DRAFT, item.agency)
    _prepare(item)
    item.full_clean()
    item.save_revision(user=by, clean=False, log_action=True)
    proposed = note_proposal(item, Proposer(by))
    reopen_if_changed(item.draft(), by=by)
    details = {"attribute": item.get_attribute_display()} if proposed else {}
    record("information.item_changed", obj=item, actor=by, details=details)
    return item


@transaction.atomic
def save_post(post: MediaPost, *, by: User | None) -> MediaPost:
    """Store a new or changed new-media post. Raises: `NotAllowed`, `PublicationRefused`, `ValidationError`."""
    require(by, Capability.DRAFT, post.agency)
    post.created_by = post.created_by or by
    post.last_edited_by = by
    post.full_clean()
    post.save()
    reopen_if_changed(post, by=by)
    record("information.post_saved", obj=post, actor=by)
    return post


@transaction.atomic
def issue_index_number(agency: Agency) -> str:
    """The next number by the agency's rule. Numbers that were imported are stepped over.

    Raises: `IndexNumberError` when the rule is unusable or the agency lacks a code.
    """
    rule, today = IndexRule(agency.index_pattern), timezone.localdate()
    publisher = Publisher(agency.organisation_code, agency.social_credit_code)
    IndexSerial.objects.get_or_create(agency=agency, period=rule.period(today))
    serial = IndexSerial.objects.select_for_update().get(agency=agency, period=rule.period(today))
    while True:
        serial.last += 1
        number = rule.issue(publisher, on=today, serial=serial.last)
        if not InformationItem.objects.filter(index_number=number).exists():
            serial.save(update_fields=["last"])
            return number


def attribute_problems(item: InformationItem) -> list[GongkaiError]:
    """What is wrong with the item's disclosure attribute and its reason."""
    if not item.attribute:
        return [
            DraftRejected("ATTR-MISSING", "还没有选定公开属性。", "请选择主动公开、依申请公开、不予公开或删减后公开。")
        ]
    reason = ExemptionReason(item.exemption_reason) if item.exemption_reason else None
    attribute = DisclosureAttribute(item.attribute)
    return AttributeDecision(attribute, reason, item.attribute_explanation).problems()


def picture_problems(item: InformationItem) -> list[GongkaiError]:
    """Pictures that say nothing to who cannot see them. Source: GB/T 37668-2019, every picture has a text."""
    problems: list[GongkaiError] = []
    if number := undescribed_picture(item.body):
        problems.append(
            DraftRejected(
                "ITEM-ALT", f"正文中第{number}张图片没有文字说明。", "请填写图片的替代文字（alt），写明图片的内容。"
            )
        )
    for attachment in item.attachments.all():
        if attachment.kind == AttachmentKind.IMAGE and not attachment.title.strip():
            problems.append(
                DraftRejected(
                    "ITEM-ALT",
                    f"图片“{attachment.label}”没有文字说明。",
                    "请在附件的“名称”中写明图片的内容，供读屏软件朗读。",
                )
            )
    return problems


def _require_open(agency: Agency) -> None:
    if agency.active_to is not None and agency.active_to < timezone.localdate():
        raise DraftRejected("ITEM-CLOSED", f"{agency.name}已经撤销，不能新建信息。", "请由承接其职能的机构新建和公开。")


def _prepare(item: InformationItem) -> None:
    item.body = clean_body(item.body)
    item.title = " ".join(item.title.split())
    if item.column_id and item.column.agency_id != item.agency_id:
        raise DraftRejected("ITEM-COLUMN", "所选栏目不属于这个机构。", "请重新选择栏目。")
    foreign = [a for a in item.attachments.all() if a.document.collection_id != item.agency.collection_id]
    if foreign:
        raise DraftRejected(
            "ITEM-FILE", f"附件“{foreign[0].label}”不属于这个机构。", "请在本机构的文件中选择或重新上传。"
        )
    problems = [*attribute_problems(item), *picture_problems(item)]
    if problems:
        raise DraftRejected(problems[0].code, problems[0].message, problems[0].hint)
    item.next_review_on = _next_review(item)


def _next_review(item: InformationItem) -> date | None:
    """When the closed item is to be looked at again. Raises: `DraftRejected` for a day beyond the agency's interval."""
    if item.attribute != DisclosureAttribute.NOT_OPEN.value:
        return None
    last = next_review_day(item.agency)
    if item.next_review_on is not None and item.next_review_on > last:
        months = interval_of(item.agency)
        raise DraftRejected(
            "ITEM-REREVIEW",
            f"下次评估日期晚于评估周期（{months}个月）。",
            f"不予公开的信息须定期评估，请填写{last:%Y年%-m月%-d日}或之前的日期。",
        )
    return item.next_review_on or last


def _attachment(entry: AgencyDocument | Attachment) -> Attachment:
    return entry if isinstance(entry, Attachment) else Attachment(document=entry, sha256=entry.sha256)
