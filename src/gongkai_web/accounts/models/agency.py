"""The tree of agencies: government → departments → subordinate units."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.codes import is_organisation_code, is_social_credit_code, organisation_code_of
from gongkai.information.index_number import IndexRule, Publisher

PATH_STEP = 6
"""Digits per level of `Agency.path`; 999 999 agencies fit."""
PATH_LENGTH = 120
"""Digits of the longest path: twenty levels."""


class AgencyKind(models.TextChoices):
    """What an agency is; governments report until 31 March, departments until 31 January (条例 §49)."""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府部门"
    DISPATCHED = "dispatched", "派出机关"
    AUTHORISED = "authorised", "法律法规授权组织"
    INSTITUTION = "institution", "公共企事业单位"
    PLATFORM = "platform", "平台管理单位"


def validate_social_credit_code(value: str) -> None:
    """Raises: `ValidationError` when the check digit of GB 32100 does not fit."""
    if not is_social_credit_code(value):
        raise ValidationError("统一社会信用代码校验不通过：应为18位且末位校验码正确，请核对登记证书。")


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Questions about the tree, answered by one prefix comparison on an indexed column."""

    def subtree(self, *roots: Agency) -> AgencyQuerySet:
        """The given agencies with everything below them."""
        condition = Q(pk__in=[])
        for root in roots:
            condition |= Q(path__startswith=root.path)
        return self.filter(condition)

    def active_on(self, day: date) -> AgencyQuerySet:
        """Agencies that existed on the day."""
        return self.filter(Q(active_from=None) | Q(active_from__lte=day), Q(active_to=None) | Q(active_to__gte=day))


class Agency(models.Model):  # type: ignore[django-manager-missing]  # review chains come from an untyped package
    """One administrative agency or public institution, with what the statutory metadata need to name it."""

    parent = models.ForeignKey(
        "self", verbose_name="上级机构", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=PATH_LENGTH, unique=True, editable=False)
    kind = models.CharField("机构类别", max_length=20, choices=AgencyKind.choices, default=AgencyKind.DEPARTMENT)
    name = models.CharField("机构全称", max_length=100, help_text="与“三定”规定或登记证书一致。")
    short_name = models.CharField("机构简称", max_length=40)
    slug = models.SlugField("网址标识", max_length=60, unique=True, help_text="用于网址，只能用小写字母、数字和“-”。")
    organisation_code = models.CharField(
        "组织机构代码",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Z]{9}$", "组织机构代码为9位数字或大写字母，不含连字符。")],
        help_text="索引号的前9位。",
    )
    social_credit_code = models.CharField(
        "统一社会信用代码", max_length=18, blank=True, validators=[validate_social_credit_code]
    )
    site_code = models.CharField(
        "网站标识码",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", "网站标识码为10位数字。")],
    )
    region = models.CharField("行政区划", max_length=60, blank=True, help_text="例如：某省某市。")
    region_code = models.CharField(
        "行政区划代码",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^\d{6,12}$", "行政区划代码为6至12位数字。")],
    )
    active_from = models.DateField("设立日期", null=True, blank=True)
    active_to = models.DateField("撤销日期", null=True, blank=True)
    # What 条例 §12 wants in the guide, asked once and shown everywhere.
    disclosure_office = models.CharField("政府信息公开工作机构", max_length=60, blank=True)
    address = models.CharField("办公地址", max_length=120, blank=True)
    office_hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$")])
    website = models.URLField("网站地址", blank=True)
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.PROTECT, related_name="agency"
    )
    index_pattern = models.CharField(
        "索引号规则",
        max_length=80,
        default="{org}/{year}-{serial:05}",
        help_text="可用 {org} 组织机构代码、{credit} 统一社会信用代码、{year} 年、{month:02} 月、{serial:05} 流水号。",
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_from=None) | Q(active_to__gte=models.F("active_from")),
                name="agency_active_period",
                violation_error_message="撤销日期不能早于设立日期。",
            ),
            models.UniqueConstraint(
                fields=["social_credit_code"],
                condition=~Q(social_credit_code=""),
                name="agency_social_credit_code_once",
                violation_error_message="已有机构使用这个统一社会信用代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises: `ValidationError` when the codes contradict each other or the rule of index numbers issues none."""
        if self.organisation_code and not is_organisation_code(self.organisation_code):
            raise ValidationError({"organisation_code": "组织机构代码校验不通过：最后一位校验码不符，请核对登记证书。"})
        of_credit = organisation_code_of(self.social_credit_code)
        if self.social_credit_code and self.organisation_code not in ("", of_credit):
            message = f"与统一社会信用代码不符：其第9至17位是“{of_credit}”，请核对这两个代码。"
            raise ValidationError({"organisation_code": message})
        try:
            IndexRule(self.index_pattern)
        except GongkaiError as error:
            raise ValidationError({"index_pattern": f"{error.message}{error.hint}"}) from error

    def tree_label(self) -> str:
        """The name, set in by its level, for lists in the order of the tree."""
        return f"{'　' * self.depth}{self.name}"

    tree_label.short_description = "机构全称"  # type: ignore[attr-defined]  # read by the lists

    def state_label(self) -> str:
        """存续 or 已撤销, today."""
        if self.is_active():
            return f"存续，将于{self.active_to:%Y年%-m月%-d日}撤销" if self.active_to else "存续"
        return "已撤销" if self.active_to and self.active_to < timezone.localdate() else "尚未设立"

    state_label.short_description = "状态"  # type: ignore[attr-defined]  # read by the lists

    def next_index_number(self) -> str:
        """What the first index number of today's period looks like by the rule; why there is none, otherwise."""
        publisher = Publisher(self.organisation_code, self.social_credit_code)
        try:
            return IndexRule(self.index_pattern).issue(publisher, on=timezone.localdate(), serial=1)
        except GongkaiError as error:
            return f"{error.message}{error.hint}"

    @property
    def depth(self) -> int:
        """0 for a root of the tree."""
        return len(self.path) // PATH_STEP - 1

    def is_active(self, day: date | None = None) -> bool:
        """Did the agency exist on the day (today unless told)?"""
        day = day or timezone.localdate()
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or self.active_to >= day
        )

    def is_within(self, root: Agency) -> bool:
        """Is this agency `root` or below it?"""
        return self.path.startswith(root.path)


class Office(models.Model):
    """An internal office 内设机构 of an agency."""

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="offices")
    name = models.CharField("名称", max_length=60)
    phone = models.CharField("电话", max_length=60, blank=True)
    duties = models.TextField("职责", blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "内设机构"
        verbose_name_plural = "内设机构"
        ordering = ["agency__path", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="office_name_once", violation_error_message="该机构已有同名内设机构。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.name}"
