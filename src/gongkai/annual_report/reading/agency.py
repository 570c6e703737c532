"""Which agency reports: the name in the title, completed and checked by what else the document says.

A title may shorten the name (市卫生健康委员会, 洪泽区人民政府) or miss; the signature, the preamble, the body, the
publisher and the name of the file complete it. A place name that does not exist is put right and becomes a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.annual_report.model import Doubt
from gongkai.annual_report.reading import agency_places as places
from gongkai.annual_report.reading.frame_ends import is_unit
from gongkai.annual_report.reading.frame_title import clean_agency, find_title

_BODY_REACH = 20_000  # characters of the body in which a full name is looked for
_PREFECTURES = ("市", "州", "盟", "地区")
_OFFICE = re.compile(r"(?:办公室|办公厅|政务公开办|（.*）|\(.*\))$")
_OPENING = re.compile(
    r"(?:^|[，,。\s])(?P<name>[\u4e00-\u9fff]{4,24}?(?:人民政府|委员会|管委会|[局厅委署院会]|办公室|中心|街道办事处))"
    r"(?=以|认真|坚持|在|按照|严格|深入|全面|高度|紧紧|切实|积极|始终|根据|依据|依照|持续|[，,\d]|20\d\d)"
)
_COMPILED_BY = re.compile(r"由(?P<name>[\u4e00-\u9fff]{3,24}?)(?:根据|依据|按照|负责|组织|编制)")
_OWN_OFFICE = re.compile(r"(?<=[府局委厅院会])(?:党政|综合|政务公开)*办(?:公室)?$")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:镇|乡|街道)")
_BOUNDARY = re.compile(r".*(?:[^\u4e00-\u9fff]|[由与和及向为以对按布了经是将从照据到被受如请])")
_NATIONAL = re.compile(  # names that no place completes
    r"中国|国家|中华|中央|全国|国务院|(?:审计|海关总)署$"
    r"|(?:外交|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和城乡建设|交通运输|水利"
    r"|农业农村|商务|文化和旅游|退役军人事务|应急管理)部$"
)
_NAMED_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡|街道)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document says about who reports, each member in the order in which it is believed."""

    title: str | None = None
    signature: str | None = None
    heads: Sequence[str] = ()
    preamble: str = ""
    body: str = ""
    publisher: str = ""
    site: str = ""
    source: str = ""

    def texts(self) -> tuple[str, ...]:
        named = (self.signature or "", self.publisher, *self.heads, self.preamble, self.body[:_BODY_REACH])
        return (*named, self.site, self.source)


def identify(evidence: Evidence) -> tuple[str | None, list[Doubt]]:
    """The agency's full name, and what is doubtful about it.

    >>> identify(Evidence(title="市卫生健康委员会", signature="洛阳市卫生健康委员会"))[0]
    '洛阳市卫生健康委员会'
    """
    name = _candidate(evidence)
    if name is None:
        return None, [Doubt("agency-missing", "未找到报告机关的名称：请在标题或落款中查看，并人工补录。")]
    full, doubts = _completed(name, evidence)
    mended = _mended(full)
    if mended:
        message = f"机关名称印作“{full}”，没有此地名，按“{mended}”读取：请核对原件。"
        return mended, [*doubts, Doubt("agency-spelling", message, candidates=(mended, full))]
    return full, doubts + _conflict(full, evidence)


def same_agency(one: str, other: str) -> bool:
    """Whether two spellings can mean one agency: one holds the characters of the other, in order.

    >>> same_agency("洛阳市卫健委", "洛阳市卫生健康委员会"), same_agency("沭阳县司法局", "沭阳县财政局")
    (True, False)
    """
    one, other = _OFFICE.sub("", one), _OFFICE.sub("", other)
    short, long = sorted((one, other), key=len)
    characters = iter(long)
    return all(char in characters for char in short)


def _candidate(evidence: Evidence) -> str | None:
    if evidence.title:
        return evidence.title
    printed = [evidence.signature, *(head for head in evidence.heads if is_unit(head))]
    inline = find_title(evidence.preamble)
    printed.append(inline[0].agency if inline else None)
    compiled = _COMPILED_BY.search(evidence.preamble)
    printed.append(_OWN_OFFICE.sub("", _after_function_word(compiled["name"]) or "") if compiled else None)
    for text in (evidence.preamble, evidence.body[:600]):
        found = _OPENING.search(text)
        printed.append(_after_function_word(found["name"]) if found else None)
    printed += [clean_agency(evidence.publisher), *_from_source(evidence.source)]
    return next((name for name in printed if name), None)


def _from_source(source: str) -> Iterable[str | None]:
    stem = source.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    found = find_title(stem)
    yield found[0].agency if found else None
    name = _OPENING.match(stem + "，")
    yield name["name"] if name else None


def _after_function_word(name: str) -> str | None:
    """The name without the words of the sentence before it, where a place begins it."""
    for start in range(len(name) - 3):
        if places.place_at(name[start:]):
            return name[start:]
    return name if _NAMED_PLACE.match(name) else None


def _completed(name: str, evidence: Evidence) -> tuple[str, list[Doubt]]:
    longer = _longer_spelling(name, evidence)
    name = longer or name
    texts = evidence.texts()
    if _is_level_first(name):
        return _with_stem(name, texts)
    own = places.place_at(name)
    if own:
        return _with_parent(name, own, texts), []
    if _TOWN.match(name):
        return _prefix(name, texts) + name, []
    if _NAMED_PLACE.match(name):
        return name, []
    if _NATIONAL.match(name) or places.short_at(name):
        return name, []
    prefix = _prefix(name, texts)
    return (prefix + name, []) if prefix else (name, [_incomplete(name)] if is_unit(name) else [])


def _longer_spelling(name: str, evidence: Evidence) -> str | None:
    """The full name where the title prints an abbreviation (卫健委) that the signature or the publisher spells out.

    A title that names a place alone (××市2024年…) is no abbreviation: the report is the place's own.
    """
    if places.exists(name) or _NAMED_PLACE.fullmatch(name):
        return None
    for other in (evidence.signature, evidence.publisher, *evidence.heads):
        squeezed = "".join((other or "").split())
        begins_alike = squeezed[:1] == name[:1] or (_is_level_first(name) and name not in squeezed)
        if len(squeezed) > len(name) and begins_alike and is_unit(squeezed) and same_agency(name, squeezed):
            return _OFFICE.sub("", squeezed) if not _OFFICE.search(name) else squeezed
    return None


def _is_level_first(name: str) -> bool:
    """Whether a name begins with a mere level: 市卫生健康委员会, 区人民政府."""
    return name[:1] in places.LEVELS and not places.place_at(name) and len(name) > 2


def _with_stem(name: str, texts: Sequence[str]) -> tuple[str, list[Doubt]]:
    """市卫生健康委员会 → 洛阳市卫生健康委员会, by a place before the same words, else by the place most often named."""
    level = name[0]
    for text in texts:
        for found in re.finditer(re.escape(name), text):
            place = places.place_before(text, found.start() + 1)
            if place:
                return _nearest(place) + name[1:], []
            stem = _BOUNDARY.sub("", text[max(0, found.start() - 8) : found.start()])
            if 2 <= len(stem) <= 6 and text[found.start() - 1 : found.start()] not in "全本我各该":
                return stem + name, []
    counts = Counter(place for text in texts for place in _places_named(text, level))
    if not counts:
        return name, [_incomplete(name)]
    place = counts.most_common(1)[0][0]
    message = f"标题只写“{name}”，按正文多次提到的“{place}”补全：请核对。"
    return place + name[1:], [Doubt("agency-completed", message, candidates=tuple(counts))]


def _places_named(text: str, level: str) -> Iterable[str]:
    """Places of one level that `text` names and that exist."""
    for found in re.finditer(level, text):
        place = places.place_before(text, found.end())
        if place:
            yield _nearest(place)


def _nearest(chain: str) -> str:
    """The last place of a chain such as 河南省洛阳市."""
    while first := places.place_at(chain):
        if first == chain:
            break
        chain = chain[len(first) :]
    return chain


def _with_parent(name: str, own: str, texts: Sequence[str]) -> str:
    """洪泽区人民政府 → 淮安市洪泽区人民政府 where the document itself writes so."""
    above = [place for place in places.parents(own) if place.endswith(_PREFECTURES)]
    return next((place + name for place in above for text in texts if place + name in text), name)


def _prefix(name: str, texts: Sequence[str]) -> str:
    """The place that stands directly before a name without any."""
    for text in texts:
        for found in re.finditer(re.escape(name), text):
            place = places.place_before(text, found.start())
            if place:
                return place
    return ""


def _mended(name: str) -> str | None:
    """The name with a misprinted place put right."""
    found = _NAMED_PLACE.match(name)
    place = places.mended(found[0]) if found else None
    return place + name[len(found[0]) :] if found and place else None


def _conflict(name: str, evidence: Evidence) -> list[Doubt]:
    other = evidence.signature
    if not other or same_agency(name, other) or not evidence.title:
        return []
    message = f"标题中的机关是“{name}”，落款是“{other}”：请核对是哪一个机关的报告。"
    return [Doubt("agency-conflict", message, candidates=(name, other))]


def _incomplete(name: str) -> Doubt:
    return Doubt("agency-incomplete", f"机关名称不完整，只写作“{name}”，原文中没有可据以补全的地名：请人工补录。")
