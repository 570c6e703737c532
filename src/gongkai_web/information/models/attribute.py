"""公开属性源头认定: who proposed which disclosure attribute when the document was drafted.

The proposal goes into the chain together with the document (随文报批), and the case names it.
Source: 国办发〔2016〕80号; 条例 §13–§16.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel
from gongkai_web.information.models.item import ATTRIBUTE_CHOICES, REASON_CHOICES, InformationItem


class ProposalWay(models.TextChoices):
    """At which occasion the attribute was proposed."""

    DRAFTED = "drafted", "起草时提出"
    IMPORTED = "imported", "批量导入时提出"
    RULE = "rule", "按规定认定"


class AttributeProposal(AppendOnlyModel):
    """One proposal: the attribute, its statutory reason, the approval that came along, by whom, when, how.

    It outlives a draft that is deleted, so the database does not tie it to the item.
    """

    item = models.ForeignKey(
        InformationItem,
        verbose_name="政府信息",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="attribute_proposals",
    )
    attribute = models.CharField("公开属性", max_length=12, choices=ATTRIBUTE_CHOICES)
    reason = models.CharField("不主动公开的法定理由", max_length=24, blank=True, choices=REASON_CHOICES)
    explanation = models.TextField("理由说明", blank=True)
    approval = models.CharField("随文报批", max_length=100, blank=True)
    way = models.CharField("提出方式", max_length=10, choices=ProposalWay.choices)
    rule = models.CharField("所依规定", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField("姓名", max_length=40)
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = "公开属性认定"
        verbose_name_plural = "公开属性认定"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_attribute_display()}（{self.by_name}）"

    def is_of(self, item: InformationItem) -> bool:
        """Does it say what the item says?"""
        return (self.attribute, self.reason, self.explanation, self.approval) == (
            item.attribute,
            item.exemption_reason,
            item.attribute_explanation,
            item.attribute_approval,
        )

    @property
    def how(self) -> str:
        """起草时提出, or by which rule."""
        return f"{self.get_way_display()}：{self.rule}" if self.rule else self.get_way_display()

    @property
    def approval_text(self) -> str:
        """Where the proposal is approved: in the office's own papers, or by the signatures of the chain."""
        return self.approval or "未另行报批，随本次签审一并报批"


guards.append_only("information_attributeproposal", message="公开属性认定记录只能新增，不能修改或删除。")
