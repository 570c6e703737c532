"""Pinyin that a converter inserted behind characters: `公開(kāi)`, `會(huì )`, `公開(kai)`, `中華(hua)(hua)人`.

Real brackets stay: `(GDP)`, `(app)`, `(km)`, `(一)`. A bracket is an annotation when it follows a Chinese character and
holds one valid syllable that carries a tone mark; without a tone mark, when the text is full of such brackets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SYLLABLES = """
a ai an ang ao e ei en eng er o ou yi ya yan yang yao ye yin ying yo yong you yu yuan yue yun
wu wa wai wan wang wei wen weng wo
ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
fa fan fang fei fen feng fo fou fu
da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo
ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nü nüe nv nve
la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lü lüe lv lve
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo
cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo
sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
za zai zan zang zao ze zei zen zeng zi zong zou zu zuan zui zun zuo
ca cai can cang cao ce cen ceng ci cong cou cu cuan cui cun cuo
sa sai san sang sao se sen seng si song sou su suan sui sun suo
"""
_BASE = {"ɡ": "g", "ɑ": "a"}  # letters that pinyin fonts print for g and a
_TONES = frozenset("\u0300\u0301\u0304\u030c")
_LETTERS = "a-zà-üāēěīńňōūǎǐǒǔǖǘǚǜǹɑɡḿ\u0300\u0301\u0304\u030c\u0308"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BLANK = "[ \t\u3000\xa0]"
_SPACED = rf"[(（]{_BLANK}*([{_LETTERS}]{{1,9}}){_BLANK}*[)）]"
_AFTER_HAN = re.compile(rf"(?<=[{_HAN}])((?:{_SPACED})+)")
_BRACKET = re.compile(rf"[(（]{_BLANK}*([{_LETTERS}]{{1,9}}){_BLANK}*[)）]")
# Two patterns with a literal first character: the search for one is three times faster than for a class.
_QUICK = (re.compile(rf"\({_BLANK}*[{_LETTERS}]"), re.compile(rf"（{_BLANK}*[{_LETTERS}]"))
_DENSE = 100  # one toneless annotation per so many Chinese characters makes a text an annotated one


def strip_pinyin(text: str) -> str:
    """`text` without the pinyin that was inserted behind characters; other brackets and line breaks stay.

    >>> strip_pinyin("公開(kāi)條例，會(huì )議，新媒體(app)")
    '公開條例，會議，新媒體(app)'
    """
    if not any(pattern.search(text) for pattern in _QUICK):
        return text
    toneless_too = _is_annotated(text)

    def replace(match: re.Match[str]) -> str:
        run: str = match[1]
        return "" if _all_annotations(run, toneless_too=toneless_too) else run

    return _AFTER_HAN.sub(replace, text)


def _is_annotated(text: str) -> bool:
    """Whether toneless syllables in brackets are annotations here: tone marks stand beside them, or they are many."""
    syllables = [s for run in _AFTER_HAN.findall(text) for s in _BRACKET.findall(run[0])]
    if any(_has_tone(s) and is_syllable(s) for s in syllables):
        return True
    count = sum(1 for s in syllables if is_syllable(s))
    return count > 0 and count * _DENSE >= len(re.findall(f"[{_HAN}]", text))


def _all_annotations(run: str, *, toneless_too: bool) -> bool:
    return all(is_syllable(s) and (toneless_too or _has_tone(s)) for s in _BRACKET.findall(run))


def is_syllable(text: str) -> bool:
    """Whether `text` is one syllable of pinyin, with or without its tone mark.

    >>> is_syllable("kāi"), is_syllable("lüè"), is_syllable("app")
    (True, True, False)
    """
    return _bare(text) in _valid()


def _bare(text: str) -> str:
    letters = (_BASE.get(c, c) for c in unicodedata.normalize("NFD", text) if c not in _TONES)
    return unicodedata.normalize("NFC", "".join(letters))


def _has_tone(text: str) -> bool:
    return any(c in _TONES for c in unicodedata.normalize("NFD", text))


@cache
def _valid() -> frozenset[str]:
    return frozenset(_SYLLABLES.split())
