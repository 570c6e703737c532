"""Reads: what a person may see of the cases, what a ledger says, what the tables count."""

from gongkai_web.applications.selectors.cases import derived, ledger_of, ledgers_of, may_see_applicant, visible_cases

__all__ = ["derived", "ledger_of", "ledgers_of", "may_see_applicant", "visible_cases"]
