"""The kinds of applicants: the six columns of 表三."""

from __future__ import annotations

from enum import StrEnum


class ApplicantType(StrEnum):
    NATURAL_PERSON = "natural_person"
    ENTERPRISE = "enterprise"
    RESEARCH_INSTITUTION = "research_institution"
    SOCIAL_ORGANISATION = "social_organisation"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ApplicantType.NATURAL_PERSON: "自然人",
    ApplicantType.ENTERPRISE: "商业企业",
    ApplicantType.RESEARCH_INSTITUTION: "科研机构",
    ApplicantType.SOCIAL_ORGANISATION: "社会公益组织",
    ApplicantType.LEGAL_SERVICE: "法律服务机构",
    ApplicantType.OTHER: "其他",
}
