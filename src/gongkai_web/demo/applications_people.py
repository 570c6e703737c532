"""Applicants of the example. Their numbers fit their check digits and no region: nobody is meant."""

from __future__ import annotations

from gongkai.applications import ApplicantType
from gongkai.information.codes import organisation_check_digit, social_credit_check_digit
from gongkai_web.applications.models import IdKind
from gongkai_web.applications.services.intake import ApplicantData

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_ORGANISATIONS = {
    ApplicantType.ENTERPRISE: ("示例晨光商贸有限公司", "示例安康医疗器械有限公司", "示例清源环保工程有限公司"),
    ApplicantType.RESEARCH_INSTITUTION: ("示例公共政策研究所", "示例大学卫生管理研究中心"),
    ApplicantType.SOCIAL_ORGANISATION: ("示例健康促进会", "示例社区志愿服务中心"),
    ApplicantType.LEGAL_SERVICE: ("示例正源律师事务所", "示例明理法律服务所"),
    ApplicantType.OTHER: ("示例街道业主委员会", "示例乡农民专业合作社"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def person(kind: ApplicantType, number: int) -> ApplicantData:
    """The applicant with that number among those of his kind; the same number is the same person."""
    if kind is ApplicantType.NATURAL_PERSON:
        return ApplicantData(
            kind=kind,
            name=f"{_SURNAMES[number % len(_SURNAMES)]}某某",
            id_kind=IdKind.IDENTITY_CARD,
            id_number=_identity_card(number),
            phone=f"1380000{number % 10000:04}",
            email=f"applicant{number}@example.cn",
            address=f"示例市示例街{number % 90 + 1}号",
            postcode="000000",
        )
    names = _ORGANISATIONS[kind]
    return ApplicantData(
        kind=kind,
        name=names[number % len(names)],
        id_kind=IdKind.CREDIT_CODE,
        id_number=_credit_code(kind, number % len(names)),
        contact_name="经办人某某",
        legal_representative="负责人某某",
        phone=f"0000-660{number % 10000:05}",
        address=f"示例市示例大道{number % 90 + 1}号",
        postcode="000000",
    )


def _identity_card(number: int) -> str:
    """18 digits of region 000000."""
    body = f"000000{1960 + number % 40}{number % 12 + 1:02}{number % 28 + 1:02}{number % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _credit_code(kind: ApplicantType, place: int) -> str:
    serial = list(ApplicantType).index(kind) * 10 + place
    body = f"APP{serial:05}"
    whole = f"91000000{body}{organisation_check_digit(body)}"
    return whole + social_credit_check_digit(whole)
