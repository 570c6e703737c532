"""The people who work in the back office. Applicants are not users: a receipt number and a secret are enough there."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]  # the manager of uploads is untyped
    """A named person. Accounts are never shared: the law asks who reviewed what."""

    full_name = models.CharField("姓名", max_length=40, help_text="签审单上显示的姓名。")
    home = models.ForeignKey(
        "accounts.Agency",
        verbose_name="所属机构",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        help_text="由该机构的管理员维护账号。平台管理员可以不填。",
    )
    phone = models.CharField(
        "电话",
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[\d\-+()（） ]{6,30}$", "电话只能包含数字、空格、括号、“+”和“-”。")],
    )
    last_name = None  # type: ignore[assignment]  # a Chinese name is one field

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["full_name", "username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def state_label(self) -> str:
        """正常 or 已停用."""
        return "正常" if self.is_active else "已停用"

    state_label.short_description = "账号状态"  # type: ignore[attr-defined]  # read by the lists

    @property
    def first_name(self) -> str:  # type: ignore[override]  # Wagtail's menu greets people by it
        """No column: the whole name."""
        return self.full_name

    def get_full_name(self) -> str:
        """The name as signed."""
        return str(self)

    def get_short_name(self) -> str:
        """Chinese names have no short form."""
        return str(self)
