"""Columns: two levels, each with an owner, an update interval and a kind."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from gongkai.proactive.columns import ColumnKind

KIND_CHOICES = [(kind.value, kind.label) for kind in ColumnKind]


class ColumnQuerySet(models.QuerySet["Column"]):
    """Columns by what they are for."""

    def shown(self) -> ColumnQuerySet:
        """Columns that the portal shows."""
        return self.filter(is_shown=True)

    def for_items(self) -> ColumnQuerySet:
        """Columns that take information items: 依申请公开 is an entrance, not a list."""
        return self.exclude(kind=ColumnKind.APPLICATION.value)


class Column(models.Model):
    """One column of an agency. `code` names the row of the ready-made set it came from; own columns have none."""

    agency = models.ForeignKey("accounts.Agency", verbose_name="机构", on_delete=models.PROTECT, related_name="columns")
    parent = models.ForeignKey(
        "self", verbose_name="上级栏目", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField("类别", max_length=20, choices=KIND_CHOICES, default=ColumnKind.LIST.value)
    code = models.CharField("标准代码", max_length=40, blank=True, editable=False)
    name = models.CharField("栏目名称", max_length=60)
    slug = models.SlugField("网址标识", max_length=60)
    description = models.TextField("栏目说明", blank=True, help_text="写入网页的 ColumnDescription 标签。")
    keywords = models.CharField(
        "关键词", max_length=200, blank=True, help_text="写入网页的 ColumnKeywords 标签，用逗号分隔。"
    )
    basis = models.CharField("公开依据", max_length=200, blank=True)
    owner_office = models.ForeignKey(
        "accounts.Office",
        verbose_name="责任内设机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    owner = models.ForeignKey(
        "accounts.User", verbose_name="责任人", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    update_interval_days = models.PositiveIntegerField(
        "更新周期（天）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="超过这个天数没有新信息即提示“应更新未更新”。不填表示不设周期。",
    )
    position = models.PositiveSmallIntegerField("排序", default=0)
    is_shown = models.BooleanField("在门户显示", default=True)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["agency__path", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "slug"],
                name="column_slug_once",
                violation_error_message="该机构已有栏目使用这个网址标识。",
            ),
            models.UniqueConstraint(
                fields=["agency", "code"],
                condition=~models.Q(code=""),
                name="column_code_once",
                violation_error_message="该机构已有这个标准栏目。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent.name} / {self.name}" if self.parent_id and self.parent else self.name

    def clean(self) -> None:
        """Raises: `ValidationError` when the parent is of another agency or a third level would appear."""
        if self.parent_id and self.parent:
            if self.parent.agency_id != self.agency_id:
                raise ValidationError({"parent": "上级栏目不属于所选机构，请重新选择。"})
            if self.parent.parent_id or self.parent_id == self.pk:
                raise ValidationError({"parent": "栏目只有两级，请选择一级栏目作为上级栏目。"})
            if self.pk and self.children.exists():
                raise ValidationError({"parent": "该栏目已有下级栏目，不能再放到其他栏目之下。"})
        if self.owner_office_id and self.owner_office and self.owner_office.agency_id != self.agency_id:
            raise ValidationError({"owner_office": "责任内设机构不属于所选机构，请重新选择。"})


# Django looks for models here.
from gongkai_web.proactive.figures_models import Decision, PeriodFigure  # noqa: E402, F401
