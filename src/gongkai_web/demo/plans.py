"""Which stories each agency has: years of ordinary publishing, the report years, and what is on the desks today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

from gongkai_web.accounts.models import AgencyKind
from gongkai_web.demo import stories
from gongkai_web.demo.annual_reports import is_computed
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, workdays_after
from gongkai_web.demo.drafts import Draft, filled
from gongkai_web.demo.figures import Published
from gongkai_web.demo.texts import CITY, HEALTH, HOSPITAL, NOT_PUBLIC, POINTS, STANDING, SUBJECTS, Enclosure, Text
from gongkai_web.information.models import MediaChannel, MediaPost

FIRST_YEAR = 2020
PER_YEAR = 6
_RECENT = 10
"""Workdays before today in which only the stories of the desks happen."""
_APART = 4
"""How far from one another the agencies begin in their texts, so that not all publish the same at a time."""


def stories_of(cast: Cast, *, today: date) -> Iterator[Story]:
    """Everything of one agency but its normative documents."""
    yield from _standing(cast)
    yield from _ordinary(cast, until=workdays_after(today, -_RECENT))
    yield from _reports(cast, today=today)
    yield from _mishaps(cast)
    yield from _not_public(cast, today=today)
    if cast.part.kind is AgencyKind.DEPARTMENT:
        yield from _desks(cast, today=today)
        yield from _posts(cast, today=today)


def texts_for(cast: Cast) -> Sequence[Text]:
    """What this kind of agency publishes."""
    return {AgencyKind.GOVERNMENT: CITY, AgencyKind.INSTITUTION: HOSPITAL}.get(cast.part.kind, HEALTH)


def _chance(cast: Cast, *more: object) -> Random:
    """The same numbers on every run: nothing here is secret."""
    return Random("/".join(map(str, (cast.part.slug, *more))))  # noqa: S311


def _standing(cast: Cast) -> Iterator[Story]:
    """Guide and rules, which every agency has."""
    for number, text in enumerate(STANDING):
        formed = date(FIRST_YEAR + 1, 3, 1) + timedelta(days=7 * number)
        draft = filled(text, cast=cast, formed_on=formed, chance=_chance(cast, "standing", number))
        yield stories.published(draft, on=formed + timedelta(days=4))


def _ordinary(cast: Cast, *, until: date) -> Iterator[Story]:
    """A few items a year, taking all texts in turn; published within two weeks after they were made."""
    for year in range(FIRST_YEAR, until.year + 1):
        count = _number_of(cast, year=year)
        for place, text in enumerate(islice(cycle(_texts_from(cast, year=year)), count)):
            chance = _chance(cast, year, place)
            formed = date(year, 1, 8) + timedelta(days=chance.randint(0, 350 // count - 4) + 350 * place // count)
            formed = formed.replace(month=text.month or formed.month, day=min(formed.day, 28))
            draft = filled(text, cast=cast, formed_on=formed, chance=chance)
            on = formed + timedelta(days=chance.randint(1, 12))
            if on <= until:
                yield stories.published(draft, on=on)


def _texts_from(cast: Cast, *, year: int) -> list[Text]:
    """The texts in the order in which the agency takes them from that year on: the longest unused first."""
    texts = texts_for(cast)
    first = cast.part.number * _APART + sum(_number_of(cast, year=past) for past in range(FIRST_YEAR, year))
    return [*texts[first % len(texts) :], *texts[: first % len(texts)]]


def _number_of(cast: Cast, *, year: int) -> int:
    """As many as the agency counted where it counted its items by attribute, else a few."""
    found = cast.part.published
    if found and found.year == year and "proactive" in found.attributes:
        return found.attributes["proactive"]
    return min(PER_YEAR, len(texts_for(cast)))


def _reports(cast: Cast, *, today: date) -> Iterator[Story]:
    """The annual report of every year; that of the published year carries its numbers."""
    for year in range(FIRST_YEAR, today.year):
        if is_computed(cast, year):
            continue
        found = cast.part.published
        figures = found if found and found.year == year else None
        formed = date(year + 1, 1, 15)
        yield stories.published(_report(cast, year, figures, formed_on=formed), on=formed + timedelta(days=3))


def _report(cast: Cast, year: int, figures: Published | None, *, formed_on: date) -> Draft:
    title = f"{cast.part.name}{year}年政府信息公开工作年度报告"
    paragraphs = [
        f"本报告根据《中华人民共和国政府信息公开条例》第五十条编制，统计期限为{year}年1月1日至12月31日。",
        f"{year}年，{cast.part.short_name}的信息均经逐件审查后公开，目录和指南随机构、职责的变化及时更新。",
        "下一步将提高政策解读的质量，多用图解和问答，并继续压缩办理时间。",
    ]
    table: list[tuple[str, str]] = []
    if figures:
        paragraphs[1] += (
            f"全年通过网站公开信息{figures.website}条，新收政府信息公开申请{figures.applications_received}件。"
        )
        table = _table_of(figures)
    return Draft(
        cast, "annual-report", title, "报告", paragraphs, formed_on, table,
        Enclosure.DOCX if figures else Enclosure.NONE, "综合政务", "年度报告",
    )  # fmt: skip


def _table_of(figures: Published) -> list[tuple[str, str]]:
    register = figures.register
    return [
        ("项目", "数量"),
        ("行政规范性文件：本年制发", f"{register.issued}件"),
        ("行政规范性文件：本年废止", f"{register.repealed}件"),
        ("行政规范性文件：现行有效", f"{register.in_force}件"),
        ("行政许可处理决定", f"{figures.permits}件"),
        ("行政处罚处理决定", f"{figures.penalties}件"),
        ("行政强制处理决定", f"{figures.coercive_measures}件"),
        ("行政事业性收费", f"{figures.fees_wan}万元"),
        *((f"网站公开：{label}", f"{number}条") for label, number in figures.website_parts),
        *figures.other,
    ]


def _mishaps(cast: Cast) -> Iterator[Story]:
    """What was taken back, what came out a second time, what was doubtful."""
    chance = _chance(cast, "mishaps")

    def draft(day: date, title: str) -> Draft:
        return filled(POINTS, cast=cast, formed_on=day, chance=chance, title=title)

    first, second, third = date(2023, 5, 8), date(2024, 6, 3), date(2025, 4, 7)
    yield stories.taken_back(draft(first, "便民服务站点联系名单"), on=first, back_on=first + timedelta(days=21))
    yield stories.taken_back(
        draft(second, "专家库成员名单公示"), on=second, back_on=second + timedelta(days=9), redrafted=True
    )
    yield stories.referred(draft(third, "公共服务设施点位信息"), on=third, answered=True)
    again = date(2025, 9, 8)
    yield stories.revised(
        draft(third, "便民服务电话和窗口一览"), on=third + timedelta(days=2), again_on=again, signatures=4
    )


def _not_public(cast: Cast, *, today: date) -> Iterator[Story]:
    """依申请公开 and 不予公开: as many as the agency counted in its report year, a few in the others."""
    found = cast.part.published
    counted = found.attributes if found else {}
    year = found.year if found and counted else today.year - 1
    for attribute, (reason, explanation, title) in NOT_PUBLIC.items():
        for number in range(counted.get(attribute, 3)):
            formed = date(year, 1, 9) + timedelta(days=5 * number)
            subject = f"{SUBJECTS[number % len(SUBJECTS)]}（第{number + 1}号）"
            draft = Draft(
                cast, "statutory", title.format(subject=subject), "通知", ["全文不在门户公开。"], formed
            ).changed(attribute=attribute, exemption_reason=reason, attribute_explanation=explanation)
            on = formed + timedelta(days=2)
            if attribute == "not_open":
                neglected = None if number % 4 else today - timedelta(days=366)
                yield stories.kept_closed(draft, on=on, neglected_after=neglected)
            else:
                yield stories.only_drafted(draft, on=on)
    partly = filled(texts_for(cast)[1 % len(texts_for(cast))], cast=cast, formed_on=date(2025, 3, 3), chance=Random(1))  # noqa: S311  # no secret
    yield stories.published(
        Draft(
            cast, partly.column, f"{partly.title}（删减后公开）", "公告", partly.paragraphs, date(2025, 3, 3)
        ).changed(
            attribute="partly_open", exemption_reason="privacy", attribute_explanation="删去了自然人的姓名和证件号码。"
        ),
        on=date(2025, 3, 6),
    )


def _desks(cast: Cast, *, today: date) -> Iterator[Story]:
    """What waits today: drafts in every light of the 20-workday clock, reviews in every state."""
    chance = _chance(cast, "desks", today)
    texts = iter([text for text in _texts_from(cast, year=today.year + 1) if not text.month])

    def draft(age: int) -> Draft:
        """Made so many workdays ago."""
        return filled(next(texts), cast=cast, formed_on=workdays_after(today, -age), chance=chance)

    recent = workdays_after(today, -2)
    yield stories.revised(draft(9), on=workdays_after(today, -8), again_on=workdays_after(today, -3), signatures=2)
    yield stories.published(draft(3), on=workdays_after(today, -3))
    for age in (23, 20, 17, 4):
        yield stories.only_drafted(draft(age), on=workdays_after(today, -min(age, 9)))
    for signatures in range(4):
        yield stories.waiting(draft(6 + signatures), on=recent, signatures=signatures)
    yield stories.returned(draft(12), on=workdays_after(today, -4))
    yield stories.referred(draft(11), on=workdays_after(today, -6))
    yield stories.reopened(draft(9), on=workdays_after(today, -3))
    yield stories.scheduled(draft(5), on=workdays_after(today, -3), publish_at=stories.later_today(today, days=5))


def _posts(cast: Cast, *, today: date) -> Iterator[Story]:
    """New-media posts: sent ones, one in review, one draft."""
    plans = (
        (MediaChannel.WECHAT, "流感疫苗接种点一览", date(2024, 10, 14), 4),
        (MediaChannel.DOUYIN, "三分钟学会正确洗手", date(2025, 6, 16), 4),
        (MediaChannel.WECHAT, "冬季进补有讲究", workdays_after(today, -3), 2),
        (MediaChannel.CHANNELS, "走进预防接种门诊", workdays_after(today, -2), 0),
    )
    for channel, title, on, signatures in plans:
        post = MediaPost(
            agency=cast.agency, channel=channel.value, account=f"健康{cast.part.city}", title=title,
            body=f"{title}。内容由{cast.part.short_name}提供，转载请注明来源。",
        )  # fmt: skip
        yield stories.posted(cast, post, on=on, signatures=signatures)
