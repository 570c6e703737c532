"""The form of a report as published: edition, headings, parts, title, labels, script, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.annual_report import formats
from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.annual_report.formats import Format

_YEAR = re.compile(r"20\d\d")
_NOT_WORDING = re.compile(r"[\W_]+")
# Numbers of rows: exports lose them as list marks, so their absence is not held against the label.
_ORDINAL = re.compile(r"^\s*(?:[（(][一二三四五六七八]\s*[）)]|[一二三四](?=[、.．，])|\d(?=[、.．，\s]))")
_EXCERPT = "……"
_MOJIBAKE = re.compile("\N{REPLACEMENT CHARACTER}+|锟斤拷|â€|ï»¿")
_TELLTALES = ("\N{REPLACEMENT CHARACTER}", "锟斤拷", "â€", "ï»¿")
# One of these words in 一、总体情况 is enough to say that the part is written about.
_PART_WORDS = {
    "主动公开": ("主动公开", "公开信息", "发布信息"),
    "依申请公开": ("依申请", "申请公开", "公开申请", "依法申请"),
    "政府信息管理": ("信息管理", "信息发布", "审核", "审查", "保密", "规范性文件"),
    "政府信息公开平台建设": ("平台", "网站", "专栏", "栏目", "新媒体", "公众号"),
    "监督保障": ("监督", "保障", "考核", "评议", "培训", "责任追究", "组织领导"),
}


@rule("FORM-EDITION")
def rule_edition_fits_year(subject: Subject) -> Iterator[Finding]:
    """2019、2020 年度用试行格式，2021 年度起用 2021 年格式 (LAW §2)."""
    year, used = subject.report.year, subject.report.format
    if year is None or year < formats.load(formats.IDS[0]).from_year:
        return
    wanted = formats.for_year(year)
    if used.id != wanted.id:
        early = used.from_year > wanted.from_year
        yield entry("FORM-EDITION").finding(
            "title",
            left=used.id,
            right=wanted.id,
            severity=Severity.WARNING if early else None,
            year=year,
            wanted=wanted.source,
        )


@rule("FORM-VARIANT")
def rule_other_outcomes_as_printed_in_form(subject: Subject) -> Iterator[Finding]:
    """（六）其他处理 has three rows in the form of 2021 and one in the form of 2019 (LAW F3)."""
    form = subject.report.format
    statutory = formats.load(form.id)
    if form.unsplit == statutory.unsplit:
        return
    one, three = "（六）其他处理为一行", "（六）其他处理分为三行"
    yield entry("FORM-VARIANT").finding(
        "applications.*.*",
        left="1 行" if form.unsplit else "3 行",
        right="3 行" if form.unsplit else "1 行",
        expected=three if form.unsplit else one,
        printed=f"{one if form.unsplit else three}，格式规定{'分为三行' if form.unsplit else '为一行'}。",
        form=subject.form,
    )


@rule("FORM-HEADING-MISSING")
def rule_six_headings(subject: Subject) -> Iterator[Finding]:
    """六个部分: 总体情况 … 其他需要报告的事项 (条例 §50; LAW F1)."""
    printed = {heading.key for heading in subject.report.headings}
    for section in subject.report.format.sections if printed else ():
        if section.key not in printed:
            yield entry("FORM-HEADING-MISSING").finding(
                f"headings.{section.key}", right=section.full_heading, form=subject.form
            )


@rule("FORM-HEADING-ORDER")
def rule_headings_in_order(subject: Subject) -> Iterator[Finding]:
    """The six parts stand in the order 一 to 六 (LAW F1)."""
    order = {section.key: rank for rank, section in enumerate(subject.report.format.sections)}
    last = None
    for heading in subject.report.headings:
        if heading.key not in order:
            continue
        if last is not None and order[heading.key] < order[last.key]:
            yield entry("FORM-HEADING-ORDER").finding(
                f"headings.{heading.key}", left=heading.text, right=last.text, form=subject.form
            )
        else:
            last = heading


@rule("FORM-HEADING-WORDING")
def rule_headings_as_worded(subject: Subject) -> Iterator[Finding]:
    """Headings in the words of the form; spaces, width and punctuation do not count (LAW F1)."""
    wanted = {section.key: section.full_heading for section in subject.report.format.sections}
    for heading in subject.report.headings:
        right = wanted.get(heading.key)
        if right is not None and heading.text != right and _wording(heading.text) != _wording(right):
            yield entry("FORM-HEADING-WORDING").finding(
                f"headings.{heading.key}", left=heading.text, right=right, form=subject.form
            )


@rule("FORM-PARTS")
def rule_overview_has_its_parts(subject: Subject) -> Iterator[Finding]:
    """总体情况 covers 主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障 (30号; LAW F1)."""
    for section in subject.report.format.sections:
        text = subject.report.sections.get(section.key, "")
        whole = text and _EXCERPT not in text
        missing = [part for part in section.parts if whole and not any(word in text for word in _PART_WORDS[part])]
        if missing:
            yield entry("FORM-PARTS").finding(
                f"sections.{section.key}", left="、".join(missing), missing="、".join(missing), form=subject.form
            )


@rule("FORM-TITLE-MISSING")
def rule_title_is_there(subject: Subject) -> Iterator[Finding]:
    """××(全称)20××年政府信息公开工作年度报告: there is a title at all (LAW F2)."""
    report = subject.report
    if not report.title and report.headings:
        yield entry("FORM-TITLE-MISSING").finding("title", right=_full_title(subject), form=subject.form)


@rule("FORM-TITLE")
def rule_title_is_complete(subject: Subject) -> Iterator[Finding]:
    """××(全称)20××年政府信息公开工作年度报告: full name, year, wording (LAW F2)."""
    title = subject.report.title
    if not title:
        return
    defect, severity = _title_defect(_wording(title), subject)
    if defect:
        yield entry("FORM-TITLE").finding(
            "title", left=title, right=_full_title(subject), severity=severity, defect=defect, form=subject.form
        )


def _title_defect(title: str, subject: Subject) -> tuple[str, Severity]:
    agency, year = subject.report.agency, subject.report.year
    if agency and _wording(agency) not in title:
        return "没有写机关全称", Severity.WARNING
    if year and str(year) not in title:
        stated = _YEAR.search(title)
        return (f"年份与报告年度 {year} 不符" if stated else "没有写年份"), Severity.WARNING
    if not re.search(r"\d年度?政府信息公开工作年度报告$", title):
        return "用语与规范写法有出入", Severity.NOTE
    return "", Severity.NOTE


def _full_title(subject: Subject) -> str:
    agency, year = subject.report.agency or "××（机关全称）", subject.report.year or "20××"
    return f"{agency}{year}年政府信息公开工作年度报告"


@rule("FORM-LABEL")
def rule_labels_as_in_form(subject: Subject) -> Iterator[Finding]:
    """Rows and columns carry the labels of the form of their year (LAW F3)."""
    for key, printed in subject.report.labels.items():
        place = key.replace(".columns.", ".*.").replace(".groups.", ".")
        right = _statutory_label(place, subject.report.format)
        if right and _label_wording(printed) not in (_label_wording(right), ""):
            yield entry("FORM-LABEL").finding(
                place, left=printed, right=right, where=subject.where(place), form=subject.form
            )


@rule("FORM-SCRIPT")
def rule_simplified_script(subject: Subject) -> Iterator[Finding]:
    """国家机关以普通话和规范汉字为公务用语用字 (国家通用语言文字法 §9; LAW F4)."""
    if "traditional" in subject.report.traits:
        yield entry("FORM-SCRIPT").finding("title")


@rule("FORM-PINYIN")
def rule_no_inserted_pinyin(subject: Subject) -> Iterator[Finding]:
    """No readings inserted between the characters by a website's converter (LAW F4)."""
    if "pinyin" in subject.report.traits:
        yield entry("FORM-PINYIN").finding("title")


@rule("FORM-MOJIBAKE")
def rule_no_mojibake(subject: Subject) -> Iterator[Finding]:
    """No characters lost to a wrong encoding (LAW F4)."""
    for key, text in subject.report.sections.items():
        if any(telltale in text for telltale in _TELLTALES):
            place = f"sections.{key}"
            yield entry("FORM-MOJIBAKE").finding(
                place, left=len(_MOJIBAKE.findall(text)), where=subject.where(place), form=subject.form
            )


@rule("FORM-DATE")
def rule_dated(subject: Subject) -> Iterator[Finding]:
    """A signed date or a publication date, without which Art 49 cannot be verified (LAW F6)."""
    report = subject.report
    if report.signed_on is None and report.published_on is None and report.headings:
        yield entry("FORM-DATE").finding("signed_on")


@lru_cache(maxsize=512)
def _wording(text: str) -> str:
    """Letters, digits and Chinese characters alone."""
    return _NOT_WORDING.sub("", text)


def _label_wording(label: str) -> str:
    return _wording(_ORDINAL.sub("", label))


def _statutory_label(place: str, form: Format) -> str | None:
    """The label of the row, group or column that `place` names (`applications.refused`, `remedies.*.upheld` …)."""
    return next((label for path, label in _labels(form) if path == place), None)


def _labels(form: Format) -> Iterator[tuple[str, str]]:
    for block in form.blocks:
        yield from ((f"proactive.{row.key}", row.label) for row in block.rows)
        yield from ((f"proactive.*.{column.key}", column.label) for column in block.columns)
    yield from ((f"applications.{row.key}", row.label) for row in form.rows)
    yield from ((f"applications.{row.key.partition('.')[0]}", row.group) for row in form.rows if row.group)
    yield from ((f"applications.*.{column.key}", column.label) for column in form.columns)
    yield from ((f"remedies.{group.key}", group.label) for group in form.remedy_groups)
    yield from ((f"remedies.*.{column.key}", column.label) for column in form.remedy_columns)
