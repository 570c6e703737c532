"""Which places there are: provinces, prefectures and counties, and what lies in what (`agency_places.txt`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LEVELS = "省市县区州盟旗镇乡"
# The longest name, 积石山保安族东乡族撒拉族自治县, has 16 characters.
LONGEST = 16

# Characters that recognition and careless typing take for each other in place names.
_CONFUSED = (
    "沐沭 准淮 毫亳 雎睢 荏茌 荣荥 泊汨 候侯 溪溧 漂溧 拓柘 祀杞 郊郏 末未 己已 土士 戌戍 崇祟 "
    "宜宣 孟盂 沾沽 漆滦 俊浚 千干 于干 沁泌 大太 王玉 洒泗 酒泗 刑邢 丕邳 营莒 萃莘 旰盱 胎眙 "
    "黔黟 偃郾 湿隰 洛络 冀翼 璧壁 藤滕 腾滕 兖衮 衡衢 贷岱 晋普 沧沦 徐涂 梧悟 岑芩 京琼 陪涪 "
    "综綦 沪泸 渭谓 岷眠 拢陇 彭膨 阿何 涟链 汝妆 亭享 灌濯 浠稀 嘉喜 歙翕 潢横 濮僕 荆刑 "
)


def parents(place: str) -> tuple[str, ...]:
    """Where a place lies: its prefecture or province, several where several places share the name.

    >>> parents("洪泽区"), parents("淮安市")
    (('淮安市',), ('江苏省',))
    """
    return _table().get(place, ())


def exists(place: str) -> bool:
    return place in _table()


def place_before(text: str, end: int) -> str:
    """The longest chain of places that ends at `end`, e.g. 江苏省淮安市; empty where none does.

    >>> place_before("本报告由淮安市洪泽区人民政府", 7)
    '淮安市'
    """
    start = end
    while found := _one_before(text, start):
        start -= len(found)
    return text[start:end]


def place_at(text: str) -> str:
    """The longest place name that `text` begins with, or an empty string."""
    table = _table()
    for length in range(min(LONGEST, len(text)), 1, -1):
        if text[:length] in table:
            return text[:length]
    return ""


def short_at(text: str) -> str:
    """The province or prefecture that `text` begins with, without its rank, or an empty string.

    >>> short_at("山东黄河河务局"), short_at("厦门水务集团有限公司"), short_at("卫生局")
    ('山东', '厦门', '')
    """
    return next((text[:length] for length in (3, 2) if text[:length] in _short()), "")


def mended(place: str) -> str | None:
    """The one place that exists and differs from `place`, which does not, in one easily confused character.

    >>> mended("沐阳县"), mended("沭阳县"), mended("某某县")
    ('沭阳县', None, None)
    """
    if not place or exists(place):
        return None
    swaps = _swaps()
    tried = {place[:i] + other + place[i + 1 :] for i, char in enumerate(place) for other in swaps.get(char, "")}
    real = [candidate for candidate in tried if exists(candidate)]
    return real[0] if len(real) == 1 else None


def _one_before(text: str, end: int) -> str:
    table = _table()
    for length in range(min(LONGEST, end), 1, -1):
        if text[end - length : end] in table:
            return text[end - length : end]
    return ""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = (files(__package__) / "agency_places.txt").read_text("utf-8").splitlines()
    table: dict[str, tuple[str, ...]] = {}
    for province, prefecture, *counties in (line.split() for line in lines if not line.startswith("#")):
        table.setdefault(province, ())
        above = province if prefecture == "-" else prefecture
        if above != province:
            table[above] = (*table.get(above, ()), province)
        for county in counties:
            table[county] = (*table.get(county, ()), above)
    return table


@cache
def _short() -> frozenset[str]:
    """Provinces and prefectures without 省, 市 or 自治区 …, as names of companies and branches begin with them."""
    table = _table()
    large = {place for place, above in table.items() if all(not table.get(parent) for parent in above)}
    ranked = {place[:-1] for place in large if place.endswith(("省", "市")) and 3 <= len(place) <= 4}
    return frozenset(ranked | {"内蒙古", "广西", "西藏", "宁夏", "新疆"})


@cache
def _swaps() -> dict[str, str]:
    swaps: dict[str, str] = {}
    for pair in _CONFUSED.split():
        one, other = pair[0], pair[1]
        swaps[one] = swaps.get(one, "") + other
        swaps[other] = swaps.get(other, "") + one
    return swaps
