"""依申请公开: the ledger of one application, from the counter to the court, and everything that follows from it."""

from __future__ import annotations

from gongkai.applications.applicants import ApplicantType
from gongkai.applications.cells import report_cells
from gongkai.applications.entry import Entry
from gongkai.applications.errors import LedgerError
from gongkai.applications.figures import figures, prove_carry
from gongkai.applications.ledger import Ledger, Strike, append, replay, validate
from gongkai.applications.rederive import rederive
from gongkai.applications.state import Application, derive

__all__ = [
    "ApplicantType",
    "Application",
    "Entry",
    "Ledger",
    "LedgerError",
    "Strike",
    "append",
    "derive",
    "figures",
    "prove_carry",
    "rederive",
    "replay",
    "report_cells",
    "validate",
]
