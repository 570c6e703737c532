"""Document → reports: the frames of a document, each with its tables, narrative, agency, year and doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Doubt, Report, Source
from gongkai.annual_report.reading import refusals
from gongkai.annual_report.reading.agency import Evidence, identify
from gongkai.annual_report.reading.document import Document, Paragraph
from gongkai.annual_report.reading.frame import Frame, Narrative, cut, find_frames
from gongkai.annual_report.reading.frame_ends import published_on
from gongkai.annual_report.reading.frame_title import Title, page_title
from gongkai.annual_report.reading.frame_unfold import unfolded
from gongkai.annual_report.reading.frame_year import YearEvidence, identify_year
from gongkai.annual_report.reading.tables import TablesRead, read_tables
from gongkai.errors import UnreadableReportError

_HEAD = 2000  # characters before the first heading in which year and date are looked for


def read_document(document: Document, *, source: Source | None = None) -> list[Report]:
    """Read the reports in a document that is already parted into paragraphs and grids.

    Raises: UnreadableReportError where it holds no report that can be read.
    """
    document.blocks, frames = find_frames(unfolded(document.blocks))
    reports: list[Report] = []
    refused: list[UnreadableReportError] = []
    for frame in frames:
        try:
            reports.append(_Reading(document, frame, source, alone=len(frames) == 1).report())
        except UnreadableReportError as error:
            refused.append(error)
    if not reports:
        raise refused[0]
    return [_with_skipped(reports[0], refused), *reports[1:]] if refused else reports


@dataclass
class _Reading:
    """One report while it is put together; each step needs what the ones before it found."""

    document: Document
    frame: Frame
    source: Source | None
    alone: bool

    def report(self) -> Report:
        """Raises: UnreadableReportError, see `refusals`."""
        form, tables, narrative = self.form, self.tables, self.narrative
        agency, agency_doubts = self.agency
        year, year_doubts = self.year
        return Report(
            agency=agency,
            year=year,
            format=form,
            cells=tables.cells,
            sections=narrative.sections,
            title=self.title.text if self.title else None,
            headings=narrative.headings,
            labels=tables.labels,
            signed_by=narrative.signed_by,
            signed_on=narrative.signed_on,
            published_on=self.published_on,
            doubts=(*agency_doubts, *year_doubts, *tables.doubts),
            source=self.source,
            traits=frozenset(self.document.meta.get("traits", "").split()),
        )

    @cached_property
    def title(self) -> Title | None:
        """The title in the text; for the only report of a page, else the page's own."""
        return self.frame.title or (page_title(self.document.meta.get("title", "")) if self.alone else None)

    @cached_property
    def head(self) -> str:
        """The text from the beginning of the frame to its first heading, at most the last `_HEAD` characters."""
        frame = self.frame
        end = frame.marks[0].index if frame.marks else min(frame.end, frame.start + 20)
        blocks = self.document.blocks[frame.start : end]
        return "\n".join(block.text[-_HEAD:] for block in blocks if isinstance(block, Paragraph))[-_HEAD:]

    @cached_property
    def year_hint(self) -> int | None:
        """The year as far as it is known before the tables are read, which may depend on it."""
        return identify_year(YearEvidence(title=self._titled_year, preamble=self.head))[0]

    @cached_property
    def tables(self) -> TablesRead:
        blocks = self.document.blocks[self.frame.start : self.frame.end]
        return read_tables(blocks, year=self.year_hint, ocr=self.document.ocr)

    @cached_property
    def form(self) -> Format:
        """The statutory form of the tables. Raises: UnreadableReportError where there is none, or nothing in it."""
        hint, frame, form = self.year_hint, self.frame, self.tables.format
        if form is None:
            raise refusals.without_tables(self.document, frame, hint)
        is_recent = hint is not None and hint >= refusals.FIRST_READABLE_YEAR
        if not is_recent and refusals.is_old_form(self.document.blocks[frame.start : frame.end]):
            raise refusals.old_form(hint)
        empty = refusals.empty_form(self.tables.cells)
        if empty:
            raise empty
        return form

    @cached_property
    def narrative(self) -> Narrative:
        start = self.frame.start
        used = {start + index for index in self.tables.used}
        rest = {start + index: text for index, text in self.tables.narrative.items()}
        return cut(self.frame, self.document.blocks, used, rest)

    @cached_property
    def published_on(self) -> date | None:
        return _date(self.document.meta.get("published_on")) or published_on(self.head)

    @cached_property
    def agency(self) -> tuple[str | None, list[Doubt]]:
        meta, sections = self.document.meta, self.narrative.sections
        return identify(
            Evidence(
                title=self.title.agency if self.title else None,
                signature=self.narrative.signed_by,
                heads=self.narrative.heads,
                preamble=sections.get("preamble", ""),
                body="\n".join(sections.values()),
                publisher=meta.get("publisher", ""),
                site=" ".join((meta.get("title", ""), meta.get("site", ""))),
                source=self._source_name,
            )
        )

    @cached_property
    def year(self) -> tuple[int | None, list[Doubt]]:
        sections = self.narrative.sections
        return identify_year(
            YearEvidence(
                title=self._titled_year,
                preamble=sections.get("preamble", "") or self.head,
                overview=sections.get("overview", ""),
                signed_on=self.narrative.signed_on,
                published_on=self.published_on,
                source=self._source_name,
            )
        )

    @property
    def _titled_year(self) -> int | None:
        return self.title.year if self.title else None

    @property
    def _source_name(self) -> str:
        return self.source.name if self.source else ""


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _with_skipped(report: Report, refused: list[UnreadableReportError]) -> Report:
    """The report, with a doubt for each other report of the file that could not be read."""
    doubts = tuple(
        Doubt("report-skipped", f"文件中另有一份报告未能读取：{error.message}{error.hint}") for error in refused
    )
    return replace(report, doubts=(*report.doubts, *doubts))
