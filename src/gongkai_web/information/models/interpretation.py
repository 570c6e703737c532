"""政策解读: a policy and what explains it, linked both ways."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models.item import InformationItem


class InterpretationKind(models.TextChoices):
    """The form of an interpretation."""

    TEXT = "text", "文字解读"
    GRAPHIC = "graphic", "图解"
    QUESTIONS = "questions", "问答"
    VIDEO = "video", "视频"
    EXPERT = "expert", "专家解读"
    PRESS = "press", "新闻发布会"


class Interpretation(models.Model):
    """`interpreting` explains `policy`; both are items and both pages show the link."""

    policy = models.ForeignKey(
        InformationItem, verbose_name="政策文件", on_delete=models.PROTECT, related_name="interpretations"
    )
    interpreting = models.ForeignKey(
        InformationItem, verbose_name="解读材料", on_delete=models.PROTECT, related_name="interprets"
    )
    kind = models.CharField("形式", max_length=10, choices=InterpretationKind.choices)

    class Meta:
        verbose_name = "政策解读关联"
        verbose_name_plural = "政策解读关联"
        ordering = ["policy", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "interpreting"],
                name="interpretation_once",
                violation_error_message="这两件信息已经关联。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.interpreting} → {self.policy}"

    @property
    def agency(self) -> Agency:
        """Whoever interprets maintains the link (谁起草谁解读)."""
        return self.interpreting.agency

    def clean(self) -> None:
        """Raises: `ValidationError` when an item would interpret itself."""
        if self.policy_id == self.interpreting_id:
            raise ValidationError({"interpreting": "一件信息不能解读自己，请另选解读材料。"})
