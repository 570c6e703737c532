"""Publishing what is signed, at its time; withdrawing what was public."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.signals import published as wagtail_published

from gongkai.errors import GongkaiError
from gongkai.information.disclosure import DisclosureAttribute
from gongkai.information.review import CaseState
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information import signals
from gongkai_web.information.models import Attachment, InformationItem, MediaPost, PublicationRefused, ReviewCase
from gongkai_web.information.services.review import latest_case, spend


def after_signing(case: ReviewCase, *, by: User | None) -> None:
    """A signed item goes out at once unless a later time is set or it is not for the portal; posts are sent by hand."""
    if case.subject_type != InformationItem.subject_type():
        return
    draft = InformationItem.newest(case.subject_id)
    if DisclosureAttribute(draft.attribute).is_public and not _is_for_later(draft):
        publish(draft, by=by)


@transaction.atomic
def publish(item: InformationItem, *, by: User | None = None) -> InformationItem:
    """Make the newest content live, provided that its newest case is complete and has signed exactly it.

    Anybody may call this and nobody can bend it: who may publish is settled by who has signed.

    Raises: `PublicationRefused`.
    """
    locked = InformationItem.objects.select_for_update().get(pk=item.pk)
    draft = locked.draft()
    case = latest_case(locked)
    if case is None or case.state != CaseState.COMPLETE.value:
        raise PublicationRefused("PUB-UNSIGNED", "未完成签审的内容不能公开。", "请提交签审，各环节签审完成后再发布。")
    if case.fingerprint != draft.content_fingerprint():
        raise PublicationRefused("PUB-CHANGED", "签审之后内容又有变更，不能公开。", "请重新提交签审。")
    if _is_for_later(draft):
        raise PublicationRefused("PUB-LATER", "还没有到定时发布的时间。", "如需立即发布，请先修改定时发布时间。")
    _go_live(draft, case)
    record("information.published", obj=draft, actor=by, details={"case": case.pk, "index_number": draft.index_number})
    transaction.on_commit(partial(signals.published.send, sender=InformationItem, instance=draft))
    wagtail_published.send(sender=InformationItem, instance=draft, revision=draft.live_revision)
    item.refresh_from_db()
    return item


def publish_due() -> tuple[list[InformationItem], list[tuple[InformationItem, GongkaiError]]]:
    """Publish what is signed and whose time has come: (published, refused with the reason)."""
    done, refused = [], []
    for item in _waiting_for_their_time():
        if not _is_ready(item):
            continue
        try:
            done.append(publish(item))
        except GongkaiError as error:
            refused.append((item, error))
    return done, refused


@transaction.atomic
def withdraw(item: InformationItem, *, by: User | None, reason: str) -> InformationItem:
    """Take a public item back at once. Its address will say so; to be public again it needs a new chain.

    Raises: `NotAllowed`; `PublicationRefused` when it is not public or no reason is given.
    """
    locked = InformationItem.objects.select_for_update().select_related("agency").get(pk=item.pk)
    require(by, Capability.WITHDRAW, locked.agency)
    if not locked.live:
        raise PublicationRefused("PUB-NOT-LIVE", "这件信息没有公开，无须撤回。", "请刷新页面。")
    if not reason.strip():
        raise PublicationRefused("PUB-REASON", "撤回须写明理由。", "理由会显示在原网址上，请用公众能看懂的话。")
    locked.live = False
    locked.withdrawn_at = timezone.now()
    locked.withdrawn_by = by
    locked.withdrawal_reason = reason.strip()
    locked.signed_case = None
    locked.signed_fingerprint = ""
    locked.live_revision = None
    locked.save()
    spend(locked, by=by, reason=locked.withdrawal_reason)
    record("information.withdrawn", obj=locked, actor=by, details={"reason": locked.withdrawal_reason})
    transaction.on_commit(partial(signals.withdrawn.send, sender=InformationItem, instance=locked))
    item.refresh_from_db()
    return item


@transaction.atomic
def resubmit_withdrawn(item: InformationItem, *, by: User) -> InformationItem:
    """Turn a withdrawn item into a draft again, so that it can go through a new chain. Raises: `NotAllowed`."""
    require(by, Capability.DRAFT, item.agency)
    item.withdrawn_at = None
    item.withdrawn_by = None
    item.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("information.redrafted", obj=item, actor=by, details={"reason": item.withdrawal_reason})
    return item


@transaction.atomic
def send_post(post: MediaPost, *, by: User | None, url: str = "") -> MediaPost:
    """Record that a signed post was sent. Raises: `NotAllowed`, `PublicationRefused`."""
    require(by, Capability.DRAFT, post.agency)
    case = latest_case(post)
    if case is None or case.state != CaseState.COMPLETE.value:
        raise PublicationRefused("PUB-UNSIGNED", "未完成签审的内容不能发布。", "请提交签审，各环节签审完成后再发布。")
    post.signed_case, post.signed_fingerprint = case, case.fingerprint
    post.live, post.first_published_at, post.url = True, timezone.now(), url or post.url
    post.save()
    record("information.post_sent", obj=post, actor=by, details={"case": case.pk, "url": post.url})
    return post


def _waiting_for_their_time() -> Iterable[InformationItem]:
    """Drafts whose time has come, and live items with a draft, whose time stands in it. Each has an index."""
    items = InformationItem.objects.filter(withdrawn_at=None)
    yield from items.filter(live=False, publish_at__isnull=False, publish_at__lte=timezone.now())
    yield from items.filter(live=True, has_unpublished_changes=True)


def _is_ready(item: InformationItem) -> bool:
    """Signed, not out yet in this form, for the portal, and due."""
    case, draft = latest_case(item), item.draft()
    signed = case is not None and case.state == CaseState.COMPLETE.value and case.pk != item.signed_case_id
    return signed and not draft.may_be_public() and not _is_for_later(draft)


def _is_for_later(item: InformationItem) -> bool:
    return item.publish_at is not None and item.publish_at > timezone.now()


def _go_live(draft: InformationItem, case: ReviewCase) -> None:
    """Write the signed content over the row. The guard checks it once more, in the model and in the database."""
    now = timezone.now()
    _match_attachments(draft)
    draft.signed_case, draft.signed_fingerprint = case, case.fingerprint
    draft.live, draft.has_unpublished_changes = True, False
    draft.live_revision = draft.latest_revision
    draft.last_published_at = now
    draft.first_published_at = draft.first_published_at or now
    draft.published_on = draft.published_on or timezone.localdate()
    draft.save()


def _match_attachments(draft: InformationItem) -> None:
    """A draft's attachment that the live row already has keeps its row: nothing signed is removed to be added again."""
    stored = list(Attachment.objects.filter(item_id=draft.pk))
    known = {attachment.pk for attachment in stored}
    drafted = list(draft.attachments.all())
    taken = {attachment.pk for attachment in drafted if attachment.pk in known}
    for attachment in drafted:
        if attachment.pk in known:
            continue
        same = next((s for s in stored if s.pk not in taken and s.document_id == attachment.document_id), None)
        attachment.pk = same.pk if same else None
        taken.add(attachment.pk)
