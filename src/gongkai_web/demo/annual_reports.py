"""Annual reports of the example: three years computed from its records, the government's sum, older ones as files.

The last year is where the supervising office has something to do: one agency has not filed, one report went back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongkai_web.accounts.models import AgencyKind, Role
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services import draft, explaining, freezing, publication, submission
from gongkai_web.annual_report.supervision import acts, importing, intake
from gongkai_web.annual_report.supervision.roster import roster
from gongkai_web.annual_report.supervision.summary import summarise, take_over
from gongkai_web.demo.annual_reports_published import published_files
from gongkai_web.demo.annual_reports_texts import texts_of
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, at, workdays_after
from gongkai_web.demo.stories import signed
from gongkai_web.interchange.models import Job, JobKind, JobState
from gongkai_web.proactive.figures_models import FigureKind, PeriodFigure
from gongkai_web.proactive.figures_services import save_figure

FIRST_YEAR = 2023
"""From this year on the applications of the example are on record, so that a report can be computed."""
NOT_FILED = "baoshan"
SENT_BACK = "yanchi"
_BASIS = "行政执法统计年报、财务决算"
_EXPLANATION = "经核对台账和登记册，数据属实。"
_RETURN = "表三与台账相符，但“五、存在的主要问题及改进情况”没有说明上年问题的整改结果，请补充后重新报送。"


def years(today: date) -> range:
    """The years whose reports are computed here."""
    return range(FIRST_YEAR, today.year)


def is_computed(cast: Cast, year: int) -> bool:
    """Does the platform compute this report? Then no other item stands for it in the agency's column."""
    reports = cast.part.published is not None or cast.part.kind is AgencyKind.GOVERNMENT
    return reports and year >= FIRST_YEAR


def stories_of(cast: Cast, *, today: date) -> Iterator[Story]:
    """What one agency does about its reports, and what the city's supervisor does about all of them."""
    if cast.part.kind is AgencyKind.GOVERNMENT:
        for year in years(today):
            yield _sum(cast, year, last=year == today.year - 1)
            yield _supervised(cast, year, last=year == today.year - 1)
        yield _imported(cast)
    elif cast.part.published is not None:
        for year in years(today):
            yield _own(cast, year, last=year == today.year - 1)


def _own(cast: Cast, year: int, *, last: bool) -> Story:
    """In January after the year; the agency that has not filed its last one has got no further than a draft."""
    day = at(date(year + 1, 1, 11 + cast.part.number))
    yield day
    _enter_table2(cast, year)
    row = _written(cast, year, on=day.date())
    if not (last and cast.part.slug == NOT_FILED):
        yield from _filed(cast, row, on=workdays_after(day.date(), 1))


def _sum(cast: Cast, year: int, *, last: bool) -> Story:
    """The government's own report in March, when its members have filed; while one is missing, only a draft."""
    day = at(date(year + 1, 1, 20))
    yield day
    _enter_table2(cast, year)
    drafter = cast[Role.DRAFTER]
    row = draft.open_report(cast.agency, year, by=drafter)
    if last:
        return
    day = at(date(year + 1, 3, 9))
    yield day
    take_over(summarise(cast.agency, year), by=drafter)
    row = _written(cast, year, on=day.date())
    yield from _filed(cast, row, on=workdays_after(day.date(), 1))


def _written(cast: Cast, year: int, *, on: date) -> AnnualReport:
    """Figures by hand with their evidence, text, date, explanations of what the checks warn of."""
    officer = cast[Role.OFFICER]
    row = draft.open_report(cast.agency, year, by=officer)
    draft.enter_figures(
        row,
        {"training.sessions": (Decimal(2), "培训签到表"), "fees.charged": (Decimal(0), "财务台账")},
        by=officer,
    )
    draft.save_texts(row, texts_of(cast, year), by=officer)
    draft.save_signature(row, signed_on=on, by=officer)
    for one in judge(draft_of(row)).blocking:
        if one.may_be_explained:
            explaining.explain(row, one.finding.fingerprint, text=_EXPLANATION, by=officer)
    row.refresh_from_db()
    return row


def _filed(cast: Cast, row: AnnualReport, *, on: date) -> Story:
    """Frozen, signed by the chain, public, submitted."""
    officer = cast[Role.OFFICER]
    yield at(on)
    freezing.freeze(row, by=officer)
    case = submission.send_to_review(row, by=officer)
    yield from signed(cast, case, day=on)
    row.refresh_from_db()
    if row.item is not None:
        # The example is one transaction; what listens to the commit would come too late for the next step.
        publication.note_published(row.item)
    row.refresh_from_db()
    yield at(workdays_after(on, 2), hour=9)
    sent_by = "" if cast.agency.parent_id else "已通过公文交换系统报送上一级人民政府办公厅。"
    submission.submit(row, by=officer, comment=sent_by)


def _supervised(cast: Cast, year: int, *, last: bool) -> Story:
    """In February: remind who is late, return one report of the last year, accept the others."""
    supervisor = cast[Role.SUPERVISOR]
    yield at(date(year + 1, 2, 24), hour=10)
    lines = [line for line in roster(cast.agency, year) if line.agency.pk != cast.agency.pk]
    waiting = [line for line in lines if line.standing.is_open]
    if waiting:
        acts.remind(waiting, year=year, by=supervisor, words="请于本周内完成报送。")
    for line in lines:
        if line.filed is None or not line.filed.submitted:
            continue
        if last and line.agency.slug == SENT_BACK:
            acts.return_report(line.agency, year, comment=_RETURN, by=supervisor)
        elif not line.filed.open_doubts:
            acts.accept(line.agency, year, by=supervisor)


def _imported(cast: Cast) -> Story:
    """Reports of the years before, as the agencies published them, brought in as files and read at once."""
    yield at(date(FIRST_YEAR, 3, 13), hour=15)
    supervisor, files = cast[Role.SUPERVISOR], published_files()
    job = Job.objects.create(
        kind=JobKind.REPORTS,
        agency=cast.agency,
        started_by=supervisor,
        confirmed=True,
        source_name=f"{files[0].name}等{len(files)}个文件",
        state=JobState.RUNNING,
        created_at=timezone.now(),
        moved_at=timezone.now(),
    )
    for file in files:
        intake.keep(job, name=file.name, data=file.data)
    job.outcome = importing.run(job, lambda *_: None)
    job.state, job.finished_at = JobState.DONE, timezone.now()
    job.save()


def _enter_table2(cast: Cast, year: int) -> None:
    """Sums of the year, where none were entered with the published figures; a government's office decides nothing."""
    known = PeriodFigure.objects.filter(agency=cast.agency, year=year).values_list("kind", flat=True)
    for kind, number in _decisions(cast, year).items():
        if kind not in known:
            _save(cast, PeriodFigure(kind=kind, year=year, decisions=number))
    if FigureKind.FEES not in known:
        amount = Decimal(0) if cast.part.published is None else _fees(cast, year)
        _save(cast, PeriodFigure(kind=FigureKind.FEES, year=year, amount_wan=amount))


def _decisions(cast: Cast, year: int) -> dict[FigureKind, int]:
    """Near what the agency published once, growing a little every year."""
    published = cast.part.published
    grown = 100 + 3 * (year - FIRST_YEAR)
    counts = (0, 0, 0)
    if published is not None:
        counts = (published.permits or 20, published.penalties, published.coercive_measures)
    kinds = (FigureKind.PERMITS, FigureKind.PENALTIES, FigureKind.COERCIVE_MEASURES)
    return {kind: number * grown // 100 for kind, number in zip(kinds, counts, strict=True)}


def _fees(cast: Cast, year: int) -> Decimal:
    published = cast.part.published
    base = published.fees_wan if published is not None else Decimal(0)
    return (base * (100 - 2 * (year - FIRST_YEAR)) / 100).quantize(Decimal("0.0001")).normalize() + Decimal(0)


def _save(cast: Cast, figure: PeriodFigure) -> None:
    figure.agency, figure.basis = cast.agency, _BASIS
    save_figure(figure, by=cast[Role.DRAFTER])
