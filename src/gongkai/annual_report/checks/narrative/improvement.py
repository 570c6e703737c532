"""N7: section 五 names problems and improvements, and is not last year's text again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.narrative.sentences import LONGEST_TEXT
from gongkai.annual_report.checks.narrative.statements import Context
from gongkai.annual_report.model import Report
from gongkai.annual_report.similarity import similarity

PLACE = "sections.problems"
COPIED = 0.8  # of this year's shingles stand in last year's text too

_PROBLEM = re.compile(
    r"问题|不足|短板|薄弱|差距|有待|不够|欠缺|困难|尚需|仍需|还需|需要?进一步|不强|不高|不全|不深|不及时|不规范|不到位|不充分|不平衡|不熟"
    r"|弱项|松懈|单一|滞后|缺乏|较弱|偏少|仍有|还有|存在"
)
_IMPROVEMENT = re.compile(
    r"下一?步|下一年|下阶段|今后|接下来|改进(?:情况|措施|做法|方向|工作|思路|如下)|整改|采取[^，。]{0,10}措施|针对[^。]{0,30}(?:问题|不足)"
    r"|(?:我[们局委办厅县市区镇乡]|本机关|本单位|年)[^。；]{0,16}将|将(?:继续|进一步|从|重点|着力|加强|持续|不断|以|严格|切实|围绕|按照|努力)"
    r"|[一二三四五]是(?:加强|强化|提升|提高|完善|建立|优化|加大|健全|规范|拓展|深化|丰富|严格|继续|持续|进一步|增加|开展|推进)"
)


def audit(context: Context) -> Iterator[Finding]:
    """N7; a report without section 五 is for the checks of the form."""
    text = context.report.sections.get("problems", "")[:LONGEST_TEXT]
    if not text.strip() or "……" in text:
        return  # nothing there, or visibly cut: who knows what the rest says
    if not _PROBLEM.search(text):
        yield entry("PROBLEMS-MISSING").finding(PLACE, right="存在的主要问题")
    if not _IMPROVEMENT.search(text):
        yield entry("IMPROVEMENT-MISSING").finding(PLACE, right="改进情况")
    if context.previous is not None:
        yield from _copied(text, context.previous)


def _copied(text: str, previous: Report) -> Iterator[Finding]:
    share = similarity(text, previous.sections.get("problems", "")[:LONGEST_TEXT])
    if share is not None and share > COPIED:
        yield entry("PROBLEMS-COPIED").finding(PLACE, left=f"{share:.0%}", right=f"{COPIED:.0%}")
