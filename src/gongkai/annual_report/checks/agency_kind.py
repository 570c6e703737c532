"""What an agency's name says of its rank — and nothing where the name does not say it with certainty."""

from __future__ import annotations

import re
from enum import Enum, auto


class AgencyKind(Enum):
    """The ranks on which Art 49 of the regulation and the power to make 规章 depend."""

    GOVERNMENT = auto()  # 县级以上人民政府
    DEPARTMENT = auto()
    TOWNSHIP = auto()  # 乡、镇人民政府, 街道办事处
    ZONE = auto()  # 开发区、新区管理委员会 and the like: agencies sent out by a government
    UNKNOWN = auto()


_TOWNSHIP = re.compile(r"(?:[镇乡](?:人民政府)?|街道(?:办事处)?|苏木(?:人民政府)?)$")
_ZONE = re.compile(r"(?:[区岛港湖]管理委员会|管委会|行政公署|地区行署|实验区|示范区|开发区|高新区|园区|新区)$")
_GOVERNMENT = re.compile(r"(?:[^街]人民政府|[省市县区旗州盟])$")
# A government's own office publishes the government's report as often as its own.
_DEPARTMENT = re.compile(r"(?:[局委署部]|(?<!办公)厅|委员会|(?<!政府)办公[室厅])$")
_NATIONAL = re.compile(r"^(?:国家|中国|中华人民共和国|国务院|全国)|总[局署]$|部$")
_LOCAL = re.compile(r"[省市州盟县区旗]")
_COUNTY = re.compile(r"(?:[县旗]|(?<!自治)(?<!行政)(?<!新)(?<!地)区|(?:市|自治州).{1,8}市)(?:人民政府)?$")


def agency_kind(agency: str) -> AgencyKind:
    """The rank that `agency`, a full name, shows.

    >>> agency_kind("淮安市洪泽区人民政府").name, agency_kind("洛阳市卫生健康委员会").name
    ('GOVERNMENT', 'DEPARTMENT')
    """
    for pattern, kind in (
        (_TOWNSHIP, AgencyKind.TOWNSHIP),
        (_ZONE, AgencyKind.ZONE),
        (_GOVERNMENT, AgencyKind.GOVERNMENT),
        (_DEPARTMENT, AgencyKind.DEPARTMENT),
    ):
        if pattern.search(agency):
            return kind
    return AgencyKind.UNKNOWN


def lacks_rule_power(agency: str) -> bool:
    """True where the name proves that the agency may not make 规章; False where it may or the name leaves it open.

    Source: 立法法: rules are made by departments of the State Council and by the governments of provinces, cities with
    districts and autonomous prefectures.
    """
    kind = agency_kind(agency)
    if kind is AgencyKind.DEPARTMENT:
        return not _NATIONAL.search(agency) and bool(_LOCAL.search(agency[:-1]))
    if kind is AgencyKind.GOVERNMENT:
        return bool(_COUNTY.search(agency))
    return kind is AgencyKind.TOWNSHIP or (kind is AgencyKind.ZONE and agency.endswith(("管理委员会", "管委会")))
