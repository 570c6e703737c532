"""The information item: one piece of government information with its catalogue entry."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from gongkai.information.catalogue import GENRES, TOPICS
from gongkai.information.disclosure import DisclosureAttribute, ExemptionReason
from gongkai.information.normative import Validity
from gongkai_web.accounts.models import Agency
from gongkai_web.audit import guards
from gongkai_web.information.models.reviewed import PublicationRefused, Reviewed, ReviewedQuerySet, guard_publication
from gongkai_web.proactive.models import Column

ATTRIBUTE_CHOICES = [(attribute.value, attribute.label) for attribute in DisclosureAttribute]
REASON_CHOICES = [(reason.value, f"{reason.label}（条例{reason.article}）") for reason in ExemptionReason]
VALIDITY_CHOICES = [(validity.value, validity.label) for validity in Validity]

_EARLIEST = date(1949, 10, 1)
"""No agency of today made anything before; an earlier year is a slip of the keyboard."""


class ItemQuerySet(ReviewedQuerySet):
    """Items by what they are to the public and to their agency."""

    def public(self) -> ItemQuerySet:
        """What the portal may show. Every public page starts here."""
        return self.filter(live=True, withdrawn_at=None)

    def tombstones(self) -> ItemQuerySet:
        """Withdrawn items: their address says so, their content is gone."""
        return self.filter(withdrawn_at__isnull=False)

    def with_attribute(self, *attributes: DisclosureAttribute) -> ItemQuerySet:
        """Items with one of the disclosure attributes."""
        return self.filter(attribute__in=[attribute.value for attribute in attributes])


class InformationItem(  # type: ignore[django-manager-missing]  # attachments come by way of an untyped package
    LockableMixin, DraftStateMixin, RevisionMixin, Reviewed, ClusterableModel
):
    """A live row is what the public sees and what was signed; a newer draft waits in its latest revision.

    A row that is not live holds the newest draft itself.
    """

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="items")
    column = models.ForeignKey(Column, verbose_name="栏目", on_delete=models.PROTECT, related_name="items")
    index_number = models.CharField("索引号", max_length=60, unique=True, editable=False)
    title = models.CharField("名称", max_length=300)
    summary = models.TextField("内容概述", blank=True, help_text="一两句话说明内容，显示在列表和检索结果中。")
    document_number = models.CharField("发文字号", max_length=80, blank=True, help_text="例如：某政发〔2024〕3号。")
    maker = models.CharField("制作机关", max_length=200, blank=True, help_text="不填时为本机构；联合发文填写全部机关。")
    keeper = models.CharField(
        "保存机关", max_length=200, blank=True, help_text="从公民、法人和其他组织获取的信息，填写保存机关。"
    )
    formed_on = models.DateField("成文/形成日期", help_text="自次日起20个工作日内须公开（条例第二十六条）。")
    published_on = models.DateField("发布日期", null=True, editable=False)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    topic = models.CharField("主题分类", max_length=40, blank=True, choices=[(t, t) for t in TOPICS])
    genre = models.CharField("体裁分类", max_length=20, blank=True, choices=[(g, g) for g in GENRES])
    keywords = models.CharField("关键词", max_length=200, blank=True, help_text="用逗号分隔。")
    body = models.TextField("正文", blank=True)
    source = models.CharField("信息来源", max_length=100, blank=True, help_text="转载的须写明来源；不填时为本机构。")
    source_url = models.URLField("来源网址", blank=True, max_length=500)

    # No default: whoever drafts has to decide (公开属性源头认定).
    attribute = models.CharField("公开属性", max_length=12, choices=ATTRIBUTE_CHOICES)
    exemption_reason = models.CharField("不主动公开的法定理由", max_length=24, blank=True, choices=REASON_CHOICES)
    attribute_explanation = models.TextField("理由说明", blank=True)
    attribute_approval = models.CharField(
        "随文报批",
        max_length=100,
        blank=True,
        help_text="公文在办文系统中报批的，填批准人或审批单编号；不填的，随本系统的签审一并报批。",
    )
    next_review_on = models.DateField(
        "下次评估日期", null=True, blank=True, help_text="不予公开的信息须定期评估审查（条例第十八条）。"
    )

    publish_at = models.DateTimeField("定时发布", null=True, blank=True, help_text="签审完成后，到这个时间才发布。")
    validity = models.CharField("有效性", max_length=10, blank=True, editable=False, choices=VALIDITY_CHOICES)
    live = models.BooleanField("已公开", default=False, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.TextField("撤回理由", blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="承办人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ItemQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than the base's

    CONTENT_FIELDS: ClassVar[tuple[str, ...]] = (
        "agency", "column", "title", "summary", "document_number", "maker", "keeper", "formed_on", "effective_on",
        "topic", "genre", "keywords", "body", "source", "source_url", "attribute", "exemption_reason",
        "attribute_explanation",
    )  # fmt: skip
    # What belongs to the item as a whole and never comes back from an old revision.
    KEPT_FIELDS: ClassVar[tuple[str, ...]] = (
        "index_number", "published_on", "validity", "signed_case_id", "signed_fingerprint", "withdrawn_at",
        "withdrawn_by_id", "withdrawal_reason", "created_by_id", "created_at", "live_revision_id", "last_published_at",
        "locked", "locked_at", "locked_by_id",
    )  # fmt: skip

    class Meta:
        verbose_name = "政府信息"
        verbose_name_plural = "政府信息"
        ordering = ["-published_on", "-formed_on", "-id"]
        indexes = [
            models.Index(fields=["live", "agency", "-published_on", "-id"], name="item_agency_listing"),
            models.Index(fields=["live", "column", "-published_on", "-id"], name="item_column_listing"),
            models.Index(fields=["live", "-published_on", "-id"], name="item_listing"),
            models.Index(fields=["document_number"], name="item_document_number"),
            models.Index(fields=["agency", "formed_on"], name="item_formed"),
            models.Index(
                fields=["publish_at"], name="item_scheduled", condition=Q(live=False, publish_at__isnull=False)
            ),
            models.Index(fields=["id"], name="item_replacing", condition=Q(live=True, has_unpublished_changes=True)),
            models.Index(fields=["next_review_on"], name="item_closed", condition=Q(attribute="not_open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(live=False) | Q(attribute__in=["proactive", "partly_open"], withdrawn_at=None),
                name="item_live_is_open",
                violation_error_message="只有主动公开或删减后公开、且未撤回的信息才能公开。",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(published_on__isnull=False, first_published_at__isnull=False),
                name="item_live_is_dated",
                violation_error_message="公开的信息须有发布日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raises: `ValidationError` for a day on which nothing of this kind can have been made."""
        super().clean()
        if self.formed_on is None:
            return
        if self.formed_on > timezone.localdate():
            raise ValidationError({"formed_on": "成文/形成日期在今天之后，请核对年份和日期。"})
        if self.formed_on < _EARLIEST:
            raise ValidationError({"formed_on": f"成文/形成日期早于{_EARLIEST.year}年，请核对年份。"})

    def get_absolute_url(self) -> str:
        """The item's public address; the portal names it."""
        return reverse("portal:item", args=[self.pk])

    def attribute_label(self) -> str:
        """The statutory word, for lists."""
        return self.get_attribute_display()

    attribute_label.short_description = "公开属性"  # type: ignore[attr-defined]  # read by the lists

    def state_label(self) -> str:
        """Where the item stands, in one word."""
        if self.is_withdrawn:
            return "已撤回"
        if self.live:
            return "已公开，有新草稿" if self.has_unpublished_changes else "已公开"
        return "草稿"

    state_label.short_description = "状态"  # type: ignore[attr-defined]  # read by the lists

    @property
    def is_withdrawn(self) -> bool:
        """Has it been taken back?"""
        return self.withdrawn_at is not None

    @property
    def marking(self) -> str:
        """What the document itself has to bear: 此件公开发布 and so on (国办发〔2016〕80号)."""
        return DisclosureAttribute(self.attribute).marking

    @property
    def maker_name(self) -> str:
        """制作机关: the agency itself unless stated."""
        return self.maker or self.agency.name

    @property
    def source_name(self) -> str:
        """信息来源: the agency itself unless stated."""
        return self.source or self.agency.name

    @classmethod
    def newest(cls, pk: int) -> Self:
        """The latest revision of a live item, the row itself otherwise."""
        stored = cls.objects.select_related("agency", "column").get(pk=pk)
        newest: Self = stored.get_latest_revision_as_object()
        return newest

    def draft(self) -> Self:
        """The newest content, read anew."""
        return self.newest(self.pk)

    def get_latest_revision_as_object(self) -> Any:
        """A row that is not live is the newest draft: no need to rebuild it from JSON."""
        return super().get_latest_revision_as_object() if self.live else self

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """What belongs to the item as a whole never comes back from an old revision."""
        item = super().with_content_json(content)
        for name in self.KEPT_FIELDS:
            setattr(item, name, getattr(self, name))
        return item

    def content(self) -> dict[str, object]:
        """Everything the public would see, attachments by their digests included."""
        attachments = [attachment.content() for attachment in self.attachments.all()]
        return {**super().content(), "attachments": attachments}

    def authors(self) -> set[int]:
        """Who drafted the item and whoever saved a version since the last publication."""
        revisions = self.revisions.exclude(user=None)
        if self.live_revision_id and self.live_revision:
            revisions = revisions.filter(created_at__gt=self.live_revision.created_at)
        people = set(revisions.values_list("user_id", flat=True))
        if self.created_by_id and (not people or not self.live_revision_id):
            people.add(self.created_by_id)
        return people

    def may_be_public(self) -> str:
        """Only 主动公开 and 删减后公开, and not after a withdrawal."""
        if self.is_withdrawn:
            return "已撤回的信息不能公开，须重新签审。"
        if not DisclosureAttribute(self.attribute).is_public:
            return f"公开属性为“{self.get_attribute_display()}”的信息不能在门户公开。"
        return ""

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """A draft that is not live is written to the row as well, so that lists and counts see it."""
        if not self.live:
            self.save()
        return super().save_revision(*args, **kwargs)

    def publish(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        """Wagtail's way to publish leads through the guard like every other: no complete chain, no publication."""
        from gongkai_web.information.services.publication import publish  # noqa: PLC0415  # services import models

        publish(self, by=user)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Raises: `PublicationRefused`: what was public is withdrawn with a reason, not switched off."""
        raise PublicationRefused("PUB-WITHDRAW", "不能直接取消公开。", "请使用“撤回”并写明理由。")


class IndexSerial(models.Model):
    """The last serial issued per agency and period; locked while a number is issued."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "period"], name="index_serial_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period}: {self.last}"


_TABLE = "information_informationitem"
guard_publication(
    _TABLE,
    subject_type="information.informationitem",
    content_columns=[f"{name}_id" if name in {"agency", "column"} else name for name in InformationItem.CONTENT_FIELDS],
    also="NEW.attribute NOT IN ('proactive', 'partly_open') OR NEW.withdrawn_at IS NOT NULL",
)
guards.register(
    guards.Guard(
        f"{_TABLE}_index_number", _TABLE, "UPDATE", "NEW.index_number <> OLD.index_number", "索引号一经编制不能更改。"
    )
)
