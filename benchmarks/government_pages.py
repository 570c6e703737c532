"""Makes annual report pages as a government site publishes them: a CMS frame around Word-pasted tables, about 70 KB.

The numbers are random but consistent, so that reading, decoding and every check do their whole work on them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from gongkai.annual_report import formats

TD = (
    '<td style="padding:0cm 5.4pt;border:solid windowtext 1.0pt" {span}valign="center"><p align="center"><span '
    'style="font-family:宋体;font-size:10.5pt">{text}</span></p></td>'
)
P = (
    '<p style="text-indent:2em;text-align:justify;line-height:2;font-family:微软雅黑"><span '
    'style="font-family:微软雅黑"><font face="仿宋_GB2312">{text}</font></span></p>'
)
OUTCOME_WEIGHTS = (30, 9, 0, 1, 1, 2, 3, 2, 4, 3, 20, 2, 1, 3, 2, 0, 1, 0, 3, 1, 5)


def pages(count: int, *, seed: int = 2025) -> Iterator[str]:
    """`count` different pages, each about 70 KB of UTF-8."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    for _ in range(count):
        yield page(rng)


def page(rng: random.Random) -> str:
    """One page of format 2021 with a narrative that agrees with its tables."""
    year = rng.choice((2021, 2022, 2023, 2024, 2025))
    body = rng.choice(("卫生健康委员会", "教育局", "住房和城乡建设局"))
    agency = f"{rng.choice('安平宁长和')}{rng.choice('山川阳江林')}市{body}"
    values = applications(rng)
    proactive = {"issued": rng.randint(0, 9), "repealed": rng.randint(0, 3), "in_force": rng.randint(20, 60)}
    permits, penalties = rng.randint(0, 9000), rng.randint(0, 3000)
    signed = rng.randint(10, 25)
    article = [
        P.format(text=f"根据《中华人民共和国政府信息公开条例》规定，现公布{agency}{year}年政府信息公开工作年度报告。"),
        P.format(text="一、总体情况"),
        *(P.format(text=text) for text in overview(rng, year, values)),
        P.format(text="二、主动公开政府信息情况"),
        table(proactive_rows(proactive, permits, penalties, rng)),
        P.format(text="三、收到和处理政府信息公开申请情况"),
        table(application_rows(values)),
        P.format(text="四、政府信息公开行政复议、行政诉讼情况"),
        table(remedy_rows(rng)),
        P.format(text="五、存在的主要问题及改进情况"),
        P.format(text="主要问题：一是政策解读的形式还比较单一；二是部分栏目更新不够及时。"),
        P.format(text=f"改进情况：{year}年新增图解和视频解读，建立栏目更新提醒，按季度通报更新情况。" * 3),
        P.format(text="六、其他需要报告的事项"),
        P.format(text=f"{year}年本机关未收取政府信息公开信息处理费。"),
        P.format(text=agency),
        P.format(text=f"{year + 1}年1月{signed}日"),
    ]
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return frame(title, agency, f"{year + 1}-01-{signed + 1}", "\n".join(article))


def frame(title: str, agency: str, published: str, body: str) -> str:
    """The CMS around the article: head, navigation, metadata table, footer."""
    menu = "".join(
        f'<li class="nav{i}"><a target="_blank" href="/col/{i}/index.shtml">栏目{i}</a></li>' for i in range(60)
    )
    links = "".join(f'<a href="/link/{i}.html" title="友情链接{i}">友情链接{i}</a>\n' for i in range(40))
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="SiteName" content="{agency}"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{published} 10:00"><meta name="ContentSource" content="{agency}">
<style>{".nav a{color:#333;padding:0 12px}" * 30}</style><script>{"window.q=window.q||[];" * 60}</script></head>
<body><div class="head"><ul class="nav">{menu}</ul></div>
<table class="info"><tr><td>索引号</td><td>014314799/2024-00002</td><td>分类</td><td>年报</td></tr>
<tr><td>发布机构</td><td>{agency}</td><td>公开日期</td><td>{published}</td></tr></table>
<h1>{title}</h1><div class="article-content" id="zoom">{body}</div>
<div class="footer">{links}</div></body></html>"""


def overview(rng: random.Random, year: int, values: dict[str, list[int]]) -> list[str]:
    """Paragraphs of section 一 whose numbers tie with 表三 and among themselves."""
    site, wechat, video = rng.randint(100, 999), rng.randint(100, 999), rng.randint(10, 99)
    received, carried = values["received"][6], values["carried_in"][6]
    total, left = values["total"][6], values["carried_out"][6]
    prose = "坚持以公开为常态、不公开为例外，完善制度，压实责任，规范流程，及时回应社会关切。" * 6
    channels = f"其中门户网站{site}条，微信公众号{wechat}条，视频号{video}条"
    outcome = f"办结{total}件，结转下年度{left}件"
    return [
        f"（一）主动公开。{year}年共发布信息{site + wechat + video}条，{channels}。{prose}",
        f"（二）依申请公开。{year}年收到政府信息公开申请{received}件，上年结转{carried}件，{outcome}。{prose}",
        f"（三）政府信息管理。严格执行三审三校制度。{prose}",
        f"（四）政府信息公开平台建设。政务新媒体关注人数{rng.randint(1, 90)}万余人。{prose}",
        f"（五）监督保障。全年开展业务培训{rng.randint(1, 9)}次，参训{rng.randint(50, 400)}人次。{prose}",
    ]


def applications(rng: random.Random) -> dict[str, list[int]]:
    """Consistent values of 表三: row key → 7 numbers."""
    form = formats.load("2021")
    rows = {
        key: [rng.randint(0, weight) for _ in range(6)]
        for key, weight in zip(form.leaf_rows, OUTCOME_WEIGHTS, strict=True)
    }
    total = [sum(rows[key][i] for key in form.leaf_rows) for i in range(6)]
    carried_in = [rng.randint(0, min(t, 4)) for t in total]
    carried_out = [rng.randint(0, 4) for _ in range(6)]
    received = [t + out - brought for t, out, brought in zip(total, carried_out, carried_in, strict=True)]
    rows |= {"received": received, "carried_in": carried_in, "total": total, "carried_out": carried_out}
    return {key: [*numbers, sum(numbers)] for key, numbers in rows.items()}


def proactive_rows(
    documents: dict[str, int], permits: int, penalties: int, rng: random.Random
) -> list[list[tuple[str, str]]]:
    wide = 'colspan="3" '
    return [
        [("第二十条第（一）项", 'colspan="4" ')],
        [("信息内容", ""), ("本年制发件数", ""), ("本年废止件数", ""), ("现行有效件数", "")],
        [("规章", ""), *[("0", "")] * 3],
        [("行政规范性文件", ""), *((str(n), "") for n in documents.values())],
        [("第二十条第（五）项", 'colspan="4" ')],
        [("信息内容", ""), ("本年处理决定数量", wide)],
        [("行政许可", ""), (str(permits), wide)],
        [("第二十条第（六）项", 'colspan="4" ')],
        [("信息内容", ""), ("本年处理决定数量", wide)],
        [("行政处罚", ""), (str(penalties), wide)],
        [("行政强制", ""), (str(rng.randint(0, 9)), wide)],
        [("第二十条第（八）项", 'colspan="4" ')],
        [("信息内容", ""), ("本年收费金额（单位：万元）", wide)],
        [("行政事业性收费", ""), (f"{rng.randint(0, 99999) / 100}", wide)],
    ]


def application_rows(values: dict[str, list[int]]) -> list[list[tuple[str, str]]]:
    form = formats.load("2021")
    head = [
        [(form.corner, 'colspan="3" rowspan="3" '), (form.header, 'colspan="7" ')],
        [("自然人", 'rowspan="2" '), (form.legal_persons, 'colspan="5" '), ("总计", 'rowspan="2" ')],
        [(column.label, "") for column in form.columns[1:6]],
    ]
    rows, group = [], ""
    for row in form.rows:
        labels: list[tuple[str, str]] = []
        if row.key == "granted":
            labels.append((form.results, 'rowspan="22" '))
        if row.group and row.group != group:
            labels.append((row.group, f'rowspan="{sum(r.group == row.group for r in form.rows)}" '))
        group = row.group
        span = (
            'colspan="3" '
            if row.key in ("received", "carried_in", "carried_out")
            else ""
            if row.group
            else 'colspan="2" '
        )
        labels.append((row.label, span))
        rows.append([*labels, *((str(number), "") for number in values[row.key])])
    return [*head, *rows]


def remedy_rows(rng: random.Random) -> list[list[tuple[str, str]]]:
    form = formats.load("2021")
    numbers: list[int] = []
    for _ in form.remedy_groups:
        results = [rng.choice((0, 0, 0, 1, 2)) for _ in range(4)]
        numbers += [*results, sum(results)]
    labels = [column.label for column in form.remedy_columns]
    return [
        [("行政复议", 'colspan="5" '), ("行政诉讼", 'colspan="10" ')],
        [
            *((label, 'rowspan="2" ') for label in labels),
            ("未经复议直接起诉", 'colspan="5" '),
            ("复议后起诉", 'colspan="5" '),
        ],
        [(label, "") for label in labels * 2],
        [(str(number), "") for number in numbers],
    ]


def table(rows: list[list[tuple[str, str]]]) -> str:
    body = "".join(f"<tr>{''.join(TD.format(text=text, span=span) for text, span in row)}</tr>\n" for row in rows)
    return f'<table border="1" cellspacing="0" style="border-collapse:collapse"><tbody>{body}</tbody></table>'
