"""Cases and what belongs to them."""

from gongkai_web.applications.models.applicant import Applicant, IdKind, Party
from gongkai_web.applications.models.case import OWED, Case, Delivery, Media, Waiting
from gongkai_web.applications.models.case_file import CaseFile, FileKind
from gongkai_web.applications.models.counted import FOR_EVER, CountedCell, ReportedCarry
from gongkai_web.applications.models.draft import Draft, DraftFile
from gongkai_web.applications.models.ledger_record import STRIKE, LedgerRecord
from gongkai_web.applications.models.letter import Letter, LetterSettings, LetterState
from gongkai_web.applications.models.notice import Notice, NoticeKind
from gongkai_web.applications.models.series import NumberSeries

__all__ = [
    "FOR_EVER",
    "OWED",
    "STRIKE",
    "Applicant",
    "Case",
    "CaseFile",
    "CountedCell",
    "Delivery",
    "Draft",
    "DraftFile",
    "FileKind",
    "IdKind",
    "LedgerRecord",
    "Letter",
    "LetterSettings",
    "LetterState",
    "Media",
    "Notice",
    "NoticeKind",
    "NumberSeries",
    "Party",
    "ReportedCarry",
    "Waiting",
]
