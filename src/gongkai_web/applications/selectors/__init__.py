"""Reads: what a person may see of the cases, what a ledger says, what the tables count."""

from gongkai_web.applications.selectors.cases import (
    assignees,
    derived,
    ledger_of,
    ledgers_of,
    may_see_applicant,
    visible_cases,
)
from gongkai_web.applications.selectors.figures import carry, cases_in, counted_carry, reported_carry, table3
from gongkai_web.applications.selectors.register import Filters, Queue, lit, queue, queue_counts, register, running_on
from gongkai_web.applications.selectors.similar import Similar, similar, similar_to

__all__ = [
    "Filters",
    "Queue",
    "Similar",
    "assignees",
    "carry",
    "cases_in",
    "counted_carry",
    "derived",
    "ledger_of",
    "ledgers_of",
    "lit",
    "may_see_applicant",
    "queue",
    "queue_counts",
    "register",
    "reported_carry",
    "running_on",
    "similar",
    "similar_to",
    "table3",
    "visible_cases",
]
