"""What the supervising office does about a body's report, and how it adds its members up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.annual_report.aggregation import JointDocument as CountedOnce
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models.imported import ImportedReport
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel


class FilingKind(models.TextChoices):
    """The acts. The newest of `EXCUSED` and `OBLIGED` decides whether a body has to file for the year."""

    REMINDED = "reminded", "催报"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "接收"
    EXCUSED = "excused", "不须报送"
    OBLIGED = "obliged", "须报送"


class FilingAct(AppendOnlyModel):
    """One act about `agency`'s report for `year`, with the words that were sent and to how many people."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="filing_acts")
    year = models.PositiveSmallIntegerField("报告年度")
    kind = models.CharField("事项", max_length=10, choices=FilingKind.choices)
    comment = models.TextField("说明", blank=True)
    sent_to = models.PositiveSmallIntegerField("发送人数", default=0)
    imported = models.ForeignKey(ImportedReport, null=True, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "报送办理记录"
        verbose_name_plural = "报送办理记录"
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "agency"], name="filing_act_by_year")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year} {self.get_kind_display()}"


class JointDocument(models.Model):
    """A document that several members made together; in the summary it counts for its lead agency only."""

    government = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="joint_documents")
    year = models.PositiveSmallIntegerField("报告年度")
    title = models.CharField("文件名称", max_length=200)
    lead = models.ForeignKey(Agency, verbose_name="牵头机关", on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Agency, verbose_name="联合制发单位", related_name="+")
    issued = models.BooleanField("计入本年制发", default=True)
    repealed = models.BooleanField("计入本年废止", default=False)
    in_force = models.BooleanField("计入现行有效", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "联合制发的文件"
        verbose_name_plural = "联合制发的文件"
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def agency(self) -> Agency:
        """The government that adds up."""
        return self.government

    def counted_once(self) -> CountedOnce:
        """As the rules of aggregation know it; members are known by their numbers."""
        columns = [name for name in ("issued", "repealed", "in_force") if getattr(self, name)]
        partners = tuple(str(partner.pk) for partner in self.partners.all())
        return CountedOnce(self.title, lead=str(self.lead_id), partners=partners, columns=tuple(columns))


class SummaryRule(models.Model):
    """How a government has agreed to count joint documents: the notices leave it open, so it is its own decision."""

    government = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="summary_rule")
    joint_once = models.BooleanField("联合制发的文件只计牵头机关", default=True)
    basis = models.CharField("依据", max_length=300, blank=True)

    class Meta:
        verbose_name = "汇总规则"
        verbose_name_plural = "汇总规则"

    def __str__(self) -> str:
        return f"{self.government} 汇总规则"

    @property
    def agency(self) -> Agency:
        """The government."""
        return self.government


guards.append_only("annual_report_filingact", message="报送办理记录只能新增，不能修改或删除。")
