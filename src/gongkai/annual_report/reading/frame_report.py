"""Document → reports: the frames of a document, each with its tables, narrative, agency, year and doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One report of a document, read step by step; `alone` where it is the only one."""

    document: Document
    frame: Frame
    source: Source | None
    alone: bool

    def report(self) -> Report:
        """Raises: UnreadableReportError, see `refusals`."""
        head, title = self._head(), self._title()
        hint, _ = identify_year(YearEvidence(title=title.year if title else None, preamble=head))
        blocks = self.document.blocks[self.frame.start : self.frame.end]
        tables = read_tables(blocks, year=hint, ocr=self.document.ocr)
        form = self._form(tables, hint)
        narrative = self._narrative(tables)
        published = _date(self.document.meta.get("published_on")) or published_on(head)
        agency, agency_doubts = identify(self._agency_evidence(title, narrative))
        year, year_doubts = identify_year(self._year_evidence(title, narrative, head, published))
        return Report(
            agency=agency,
            year=year,
            format=form,
            cells=tables.cells,
            sections=narrative.sections,
            title=title.text if title else None,
            headings=narrative.headings,
            labels=tables.labels,
            signed_by=narrative.signed_by,
            signed_on=narrative.signed_on,
            published_on=published,
            doubts=(*self._ocr_doubts(), *agency_doubts, *year_doubts, *tables.doubts),
            source=self.source,
            traits=frozenset(self.document.meta.get("traits", "").split()),
        )

    def _head(self) -> str:
        """The text from the beginning of the frame to its first heading, at most the last `_HEAD` characters."""
        frame = self.frame
        end = frame.marks[0].index if frame.marks else min(frame.end, frame.start + 20)
        blocks = self.document.blocks[frame.start : end]
        return "\n".join(block.text[-_HEAD:] for block in blocks if isinstance(block, Paragraph))[-_HEAD:]

    def _title(self) -> Title | None:
        """The title in the text; for the only report of a page, else the page's own."""
        return self.frame.title or (page_title(self.document.meta.get("title", "")) if self.alone else None)

    def _form(self, tables: TablesRead, hint: int | None) -> Format:
        """The statutory form of the tables. Raises: UnreadableReportError where there is none, or nothing in it."""
        if tables.format is None:
            raise refusals.without_tables(self.document, self.frame, hint)
        is_recent = hint is not None and hint >= refusals.FIRST_READABLE_YEAR
        if not is_recent and refusals.is_old_form(self.document.blocks[self.frame.start : self.frame.end]):
            raise refusals.old_form(hint)
        empty = refusals.empty_form(tables.cells)
        if empty:
            raise empty
        return tables.format

    def _ocr_doubts(self) -> list[Doubt]:
        message = "本件由图像识别得到，识别可能有误：所有数字都须对照原件人工核对。"
        return [Doubt("ocr", message)] if self.document.ocr else []

    def _narrative(self, tables: TablesRead) -> Narrative:
        start = self.frame.start
        used = {start + index for index in tables.used}
        rest = {start + index: text for index, text in tables.narrative.items()}
        return cut(self.frame, self.document.blocks, used, rest)

    def _agency_evidence(self, title: Title | None, narrative: Narrative) -> Evidence:
        meta = self.document.meta
        return Evidence(
            title=title.agency if title else None,
            signature=narrative.signed_by,
            heads=narrative.heads,
            preamble=narrative.sections.get("preamble", "")[:_HEAD],
            body="\n".join(narrative.sections.values()),
            publisher=meta.get("publisher", ""),
            site=" ".join((meta.get("title", ""), meta.get("site", ""))),
            source=self.source.name if self.source else "",
        )

    def _year_evidence(
        self, title: Title | None, narrative: Narrative, head: str, published: date | None
    ) -> YearEvidence:
        return YearEvidence(
            title=title.year if title else None,
            preamble=narrative.sections.get("preamble", "") or head,
            overview=narrative.sections.get("overview", ""),
            signed_on=narrative.signed_on,
            published_on=published,
            source=self.source.name if self.source else "",
        )


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
