"""New-media posts pass the same chain before they are sent out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models.item import InformationItem
from gongkai_web.information.models.reviewed import Reviewed, guard_publication


class MediaChannel(models.TextChoices):
    """Where a post appears."""

    WECHAT = "wechat", "微信公众号"
    CHANNELS = "channels", "微信视频号"
    DOUYIN = "douyin", "抖音"
    KUAISHOU = "kuaishou", "快手"
    WEIBO = "weibo", "微博"
    TOUTIAO = "toutiao", "今日头条"
    OTHER = "other", "其他"


class MediaPost(Reviewed):
    """The text that is to be posted. `live` means posted: the row is frozen from then on."""

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="media_posts")
    channel = models.CharField("平台", max_length=10, choices=MediaChannel.choices)
    account = models.CharField("账号名称", max_length=60)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    item = models.ForeignKey(
        InformationItem,
        verbose_name="对应的政府信息",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
    )
    planned_for = models.DateTimeField("计划发布时间", null=True, blank=True)
    live = models.BooleanField("已发布", default=False, editable=False)
    first_published_at = models.DateTimeField("发布时间", null=True, editable=False)
    url = models.URLField("发布后的网址", max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    CONTENT_FIELDS: ClassVar[tuple[str, ...]] = ("agency", "channel", "account", "title", "body", "item")

    class Meta:
        verbose_name = "新媒体发布"
        verbose_name_plural = "新媒体发布"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.title}"

    def state_label(self) -> str:
        """Where the post stands, in one word."""
        from gongkai_web.information.models.review import ReviewCase  # noqa: PLC0415  # it needs this package's base

        if self.live:
            return "已发布"
        cases = ReviewCase.objects.filter(subject_type=self.subject_type(), subject_id=self.pk)
        newest = cases.order_by("-number").first()
        if newest is None:
            return "草稿"
        return "签审完成，待发布" if newest.state == "complete" else newest.get_state_display()

    state_label.short_description = "状态"  # type: ignore[attr-defined]  # read by the lists

    def authors(self) -> set[int]:
        """Who wrote it first and who wrote last."""
        return {pk for pk in (self.created_by_id, self.last_edited_by_id) if pk}


guard_publication(
    "information_mediapost",
    subject_type="information.mediapost",
    content_columns=["agency_id", "channel", "account", "title", "body", "item_id"],
)
