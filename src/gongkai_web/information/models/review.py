"""The review chain of an agency and the cases that run through it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from gongkai.information.review import Act, ActKind, Case, CaseState, Step
from gongkai_web.accounts.models import Agency, Role
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel
from gongkai_web.information.models.reviewed import Reviewed

REVIEW_ROLES = [
    (role.value, role.label) for role in (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
]
SUBJECT_TYPES = [("", "全部"), ("information.informationitem", "政府信息"), ("information.mediapost", "新媒体发布")]
STATE_CHOICES = [(state.value, state.label) for state in CaseState]
ACT_CHOICES = [(kind.value, kind.label) for kind in ActKind]


class ReviewChain(ClusterableModel):
    """The steps that an agency (and those below it without an own chain) goes through."""

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="review_chains")
    subject_type = models.CharField("适用于", max_length=60, blank=True, choices=SUBJECT_TYPES)

    class Meta:
        verbose_name = "签审链"
        verbose_name_plural = "签审链"
        ordering = ["agency__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "subject_type"],
                name="review_chain_once",
                violation_error_message="该机构已有适用于这类内容的签审链。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}：{'→'.join(step.label for step in self.steps.all())}"

    def as_steps(self) -> tuple[Step, ...]:
        """The chain as the rules know it."""
        return tuple(step.as_step() for step in self.steps.all())


class ReviewChainStep(Orderable):
    """One step: a name, the role that signs, and the points to confirm, one a line."""

    chain = ParentalKey(ReviewChain, on_delete=models.CASCADE, related_name="steps")
    code = models.SlugField("代码", max_length=30)
    label = models.CharField("环节名称", max_length=30)
    role = models.CharField("签审角色", max_length=20, choices=REVIEW_ROLES)
    checklist = models.TextField("审核要点", blank=True, help_text="每行一条，签审人须逐条确认。")

    class Meta(Orderable.Meta):
        verbose_name = "环节"
        verbose_name_plural = "环节"

    def __str__(self) -> str:
        return self.label

    def as_step(self) -> Step:
        """The step as the rules know it."""
        points = tuple(line.strip() for line in self.checklist.splitlines() if line.strip())
        return Step(self.code, self.label, self.role, points)


class ReviewCase(models.Model):
    """One run through the chain, for one content. The content signed is kept in `snapshot`."""

    subject_type = models.CharField("内容类别", max_length=60)
    subject_id = models.BigIntegerField("内容编号")
    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="review_cases")
    title = models.CharField("名称", max_length=300)
    number = models.PositiveIntegerField("次数")
    steps = models.JSONField("环节")
    steps_required = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)
    snapshot = models.JSONField("送审内容")
    state = models.CharField("状态", max_length=20, choices=STATE_CHOICES, default=CaseState.OPEN.value)
    waiting_for = models.CharField("待签审角色", max_length=20, blank=True, choices=REVIEW_ROLES)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name="起草人", related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="送审人", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("送审时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    note = models.TextField("送审说明", blank=True)
    attribute_proposal = models.ForeignKey(
        "information.AttributeProposal",
        verbose_name="公开属性认定",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "签审"
        verbose_name_plural = "签审"
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "number"], name="review_case_number_once"),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state__in=["open", "undetermined"]),
                name="review_case_one_running",
            ),
            models.CheckConstraint(condition=models.Q(steps_required__gte=1), name="review_case_has_steps"),
        ]
        indexes = [models.Index(fields=["state", "waiting_for", "agency"], name="review_queue")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}次签审）"

    def as_case(self) -> Case:
        """The case as the rules know it: steps, authors, acts."""
        return Case(
            steps=tuple(step_from_json(step) for step in self.steps),
            authors=frozenset(str(pk) for pk in self.authors.values_list("pk", flat=True)),
            fingerprint=self.fingerprint,
            acts=tuple(act.as_act() for act in self.acts.order_by("id")),
        )

    def covers(self, subject: Reviewed) -> bool:
        """Has this case signed exactly this content, completely?"""
        return (
            self.state == CaseState.COMPLETE.value
            and self.subject_type == subject.subject_type()
            and self.subject_id == subject.pk
            and self.fingerprint == subject.signed_fingerprint == subject.content_fingerprint()
            and self.as_case().state is CaseState.COMPLETE
        )


class ReviewAct(AppendOnlyModel):
    """A signature, a return, a referral: who, when, on which content, with what opinion and which points confirmed."""

    case = models.ForeignKey(ReviewCase, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField("动作", max_length=20, choices=ACT_CHOICES)
    step = models.CharField("环节代码", max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="签审人", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField("姓名", max_length=40)
    at = models.DateTimeField("时间")
    fingerprint = models.CharField(max_length=64)
    opinion = models.TextField("意见", blank=True)
    checked = models.JSONField("已确认要点", default=list)

    class Meta:
        verbose_name = "签审意见"
        verbose_name_plural = "签审意见"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_kind_display()}"

    def as_act(self) -> Act:
        """The act as the rules know it."""
        return Act(
            ActKind(self.kind), str(self.by_id), self.at, self.fingerprint, self.step, self.opinion, tuple(self.checked)
        )


def step_to_json(step: Step) -> dict[str, Any]:
    """How a case keeps the chain under which it was opened."""
    return {"code": step.code, "label": step.label, "role": step.role, "checklist": list(step.checklist)}


def step_from_json(stored: dict[str, Any]) -> Step:
    """The reverse of `step_to_json`."""
    return Step(stored["code"], stored["label"], stored["role"], tuple(stored["checklist"]))


_CASE = "information_reviewcase"
_SIGNED = (
    "SELECT COUNT(DISTINCT {what}) FROM information_reviewact a "
    "WHERE a.case_id = NEW.id AND a.kind = 'signed' AND a.fingerprint = NEW.fingerprint"
)
_BY_AUTHOR = (
    "EXISTS (SELECT 1 FROM information_reviewact a JOIN information_reviewcase_authors w "
    "ON w.reviewcase_id = a.case_id AND w.user_id = a.by_id WHERE a.case_id = NEW.id AND a.kind = 'signed')"
)
_FIXED = (
    "subject_type", "subject_id", "steps", "steps_required", "fingerprint", "snapshot", "number", "opened_by_id",
    "attribute_proposal_id",
)  # fmt: skip
_UNPROPOSED = (
    "NEW.subject_type = 'information.informationitem' AND NOT EXISTS (SELECT 1 FROM information_attributeproposal p "
    "WHERE p.id = NEW.attribute_proposal_id AND p.item_id = NEW.subject_id)"
)
guards.append_only("information_reviewact", message="签审意见只能新增，不能修改或删除。")
guards.append_only("information_reviewcase_authors", message="签审的起草人名单不能修改或删除。")
guards.register(
    guards.Guard(f"{_CASE}_born_open", _CASE, "INSERT", "NEW.state <> 'open'", "签审须从头开始。"),
    guards.Guard(f"{_CASE}_proposed", _CASE, "INSERT", _UNPROPOSED, "没有公开属性认定记录的信息不能送审。"),
    guards.Guard(
        f"{_CASE}_complete", _CASE, "UPDATE",
        f"NEW.state = 'complete' AND (({_SIGNED.format(what='a.step')}) < NEW.steps_required "  # noqa: S608
        f"OR ({_SIGNED.format(what='a.by_id')}) < NEW.steps_required OR {_BY_AUTHOR} "
        "OR NOT EXISTS (SELECT 1 FROM information_reviewcase_authors w WHERE w.reviewcase_id = NEW.id))",
        "签审环节不全、有人重复签审或起草人自审，不能办结。",
    ),
    guards.Guard(
        f"{_CASE}_fixed", _CASE, "UPDATE",
        " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _FIXED),
        "送审内容和环节在送审后不能修改。",
    ),
    guards.Guard(
        f"{_CASE}_final", _CASE, "UPDATE",
        "OLD.state IN ('returned', 'reopened', 'withdrawn') AND NEW.state <> OLD.state",
        "已结束的签审不能恢复，请重新送审。",
    ),
    guards.Guard(f"{_CASE}_kept", _CASE, "DELETE", "TRUE", "签审记录不能删除。"),
)  # fmt: skip
