"""Those who are consulted: their names are sealed, the ledger knows labels."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from gongkai.applications.details import Asked, Opinion
from gongkai.applications.entry import Entry
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.crypto import blind, blinds
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Case, Party
from gongkai_web.audit.services import record as log

_LETTERS = "甲乙丙丁戊己庚辛壬癸"
_COAUTHORS = (EventKind.COAUTHOR_ASKED, EventKind.COAUTHOR_ANSWERED)


@transaction.atomic
def name_party(  # noqa: PLR0913  # a party is a name and where it can be reached
    case: Case, name: str, *, by: User | None, coauthor: bool = False, phone: str = "", address: str = ""
) -> Party:
    """The party of that name, made with its label when the case does not know it. Raises: NotAllowed, CaseRefused."""
    require(by, Capability.HANDLE_APPLICATIONS, case)
    if not name.strip():
        raise CaseRefused("PARTY-NAME", "征求意见须写明对方的姓名或者名称。", "请填写对方的姓名或者名称。")
    party = find(case, name, coauthor=coauthor) or Party(case=case, coauthor=coauthor, label=_label(case, coauthor))
    party.name, party.name_index = name.strip(), blind("party", name)
    party.phone, party.address = phone or party.phone, address or party.address
    party.save()
    log("applications.party_named", obj=case, actor=by, personal_data=True, details={"party": party.label})
    return party


def find(case: Case, name: str, *, coauthor: bool) -> Party | None:
    """The party with that label or name."""
    parties = Party.objects.filter(case=case, coauthor=coauthor)
    return parties.filter(label=name.strip()).first() or parties.filter(name_index__in=blinds("party", name)).first()


def with_labels(case: Case, entry: Entry) -> Entry:
    """The entry with the label in place of the name."""
    said = entry.details
    if not isinstance(said, Asked | Opinion) or not said.party.strip():
        return entry
    coauthor = entry.kind in _COAUTHORS
    party = find(case, said.party, coauthor=coauthor)
    if party is None and isinstance(said, Asked):
        party = name_party(case, said.party, by=None, coauthor=coauthor)
    return replace(entry, details=replace(said, party=party.label)) if party is not None else entry


def _label(case: Case, coauthor: bool) -> str:  # noqa: FBT001  # one of two words
    place = Party.objects.filter(case=case, coauthor=coauthor).count()
    letter = _LETTERS[place] if place < len(_LETTERS) else str(place + 1)
    return f"{'共同制作机关' if coauthor else '第三方'}{letter}"
