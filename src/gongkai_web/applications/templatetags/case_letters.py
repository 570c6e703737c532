"""The letters of a case on its page, and a letter as text on a screen."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import may_see_applicant
from gongkai_web.applications.services.letter_events import suggested

register = template.Library()
_MARK = re.compile(r"【待填：[^】]*】")


@register.inclusion_tag("applications/letters/_of_case.html", takes_context=True)
def case_letters(context: dict[str, Any], case: Case) -> dict[str, Any]:
    """What was written in this case, and the way to write more; without anybody's name."""
    user = context["request"].user
    may_act = can(user, Capability.HANDLE_APPLICATIONS, case)
    return {
        "case": case,
        "letters": case.letters.select_related("drafted_by", "signed_by").defer("facts", "frozen", "opinion"),
        "may_see": may_see_applicant(user, case),
        "may_act": may_act,
        "suggested": suggested(case) if may_act else [],
    }


@register.filter
def marked(text: str) -> SafeString:
    """Escaped, with what is still to be filled in set off."""
    return mark_safe(_MARK.sub(lambda found: f"<mark>{found[0]}</mark>", conditional_escape(text)))  # noqa: S308  # escaped before
