"""Every address of the project, and what each persona may expect there.

An address without a row below fails the test: whoever adds one says here who may reach it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import walk_reports
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.permissions import policy_registry
from walk_reports import keys as _report
from walk_world import Side

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.policies import AgencyPermissionPolicy
from gongkai_web.annual_report.models import ImportedReport, JointDocument
from gongkai_web.applications.models import Case, CaseFile, Letter
from gongkai_web.information.models import (
    AgencyDocument,
    InformationItem,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewCase,
)
from gongkai_web.interchange.models import Job
from gongkai_web.workbench.middleware import _PLATFORM_ONLY


class Audience(Enum):
    """Who an address is for."""

    PUBLIC = "public"
    """Everybody; shows nothing but what is public, whoever asks."""
    STAFF = "staff"
    """Everybody who works here; what is shown is limited to the person's agencies."""
    CAPABLE = "capable"
    """Whoever holds the capability in the agency of the thing, or anywhere where there is no thing."""
    OWN_ACCOUNT = "own account"
    """Each person's own account and sign-in."""
    NOBODY = "nobody"
    """Screens of Wagtail that this product does not use: closed to every role."""


Keys = Callable[[Side], dict[str, object]]


@dataclass(frozen=True)
class Expectation:
    """`keys` gives the arguments of the address for the thing of one side; `{}` where the address has none.

    `answers`: what a permitted GET may be answered with. `any_of`: capabilities of which one is enough.
    """

    audience: Audience
    any_of: tuple[Capability, ...] = ()
    keys: Keys | None = None
    answers: tuple[int, ...] = (200,)
    of_agency: bool = True
    """Do the keys name a thing of an agency? (`items` in `import/items/` does not.)"""


@dataclass(frozen=True)
class Route:
    """One address: its full name (`namespace:name`) and its pattern."""

    name: str
    pattern: str

    @property
    def label(self) -> str:
        """What the table below calls it: the name, or the pattern of an address without one."""
        return self.pattern if self.name.endswith(":") or not self.name else self.name

    @property
    def is_keyed(self) -> bool:
        """Does the address name a thing?"""
        return "<" in self.pattern or "(" in self.pattern

    def address(self, keys: dict[str, object]) -> str:
        """The address with these arguments in place of its converters."""

        def put(match: re.Match[str]) -> str:
            return str(keys[match[1]])

        # The address of a file is the one pattern without names: its number and its file name.
        plain = self.pattern.replace(r"(\d+)/(.*)", "<document_id>/<filename>")
        plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", put, plain)
        plain = re.sub(r"<(?:\w+:)?(\w+)>", put, plain)
        return "/" + plain.replace("^", "").replace("$", "").replace("\\.", ".")


def routes() -> list[Route]:
    """Every address that the resolver knows."""
    return list(_walk(get_resolver().url_patterns, prefix="", namespace=""))


def _walk(patterns: list[URLPattern | URLResolver], *, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, prefix=path, namespace=inner)
        else:
            yield Route(f"{namespace}{entry.name or ''}", path)


def expectation_of(route: Route) -> Expectation | None:
    """What is stated for the address; `None` where nothing is."""
    return _of_model(route) or _stated(route) or _closed(route)


# --- screens of models: what the model's permission policy says ------------------------------------------------------

_WRITING = "add change delete"
_ACTIONS = {
    "list": "view", "list_results": "view", "add": "add", "edit": "change", "delete": "delete", "inspect": "view",
    "usage": _WRITING, "history": _WRITING, "history_results": _WRITING,
    "lock": "lock", "unlock": "unlock", "unpublish": "publish",
    "revisions_unschedule": "publish", "revisions_revert": "change", "revisions_compare": _WRITING,
    "chosen": "view", "choose": "view", "choose_results": "view", "chosen_multiple": "view", "create": "nothing",
}  # fmt: skip
"""Screen → the actions of Wagtail's permission policies of which one is enough."""
_MODEL_SCREEN = re.compile(r"^wagtailsnippet(s|choosers)_(\w+?)_(\w+):(\w+)$")


def _of_model(route: Route) -> Expectation | None:
    found = _MODEL_SCREEN.match(route.name)
    if found is None:
        return None
    sort, app, name, screen = found.groups()
    model = apps.get_model(app, name)
    policy = policy_registry.get_by_type(model)
    assert isinstance(policy, AgencyPermissionPolicy), f"{route.name}: the model has no policy that knows agencies"
    found_capabilities = {policy.actions.capability(action) for action in _ACTIONS[screen].split()}
    any_of = tuple(capability for capability in found_capabilities if capability)
    versions = {"revision_id": "1", "revision_id_a": "earliest", "revision_id_b": "latest"}

    def keys(side: Side) -> dict[str, object]:
        return {"pk": side.key(model), **versions}

    if not any_of:
        return Expectation(Audience.NOBODY, keys=keys)
    if sort == "choosers" and screen != "chosen":
        return Expectation(Audience.STAFF, keys=keys, answers=(200, 302, 404))
    # Of a draft there may be one version only; locking is done by POST; what is not locked cannot be unlocked.
    loose = screen in {"revisions_revert", "revisions_compare", "revisions_unschedule", "lock", "unlock"}
    return Expectation(Audience.CAPABLE, any_of, keys, (200, 302, 404, 405) if loose else (200,))


# --- screens of this product and of the packages it uses -------------------------------------------------------------

C = Capability
_DRAFTING = (C.DRAFT,)
_EVERY_READER = (C.READ,)
_FILES = (C.DRAFT, C.ADMINISTER)
_MOVING = (C.DRAFT, C.ADMINISTER)
_SUPERVISING = (C.SUPERVISE,)
_READING_CASES = (C.READ_APPLICATIONS,)
_HANDLING_CASES = (C.HANDLE_APPLICATIONS,)


def _key(model: type, name: str = "pk") -> Keys:
    return lambda side: {name: side.key(model)}


def _person(side: Side) -> dict[str, object]:
    return {"pk": side.key(User), "what": "lockout"}


def _case(side: Side) -> dict[str, object]:
    return {"pk": side.key(Case), "file_pk": side.key(CaseFile), "number": 0, "kind": "withdrawn"}


def _letter(side: Side) -> dict[str, object]:
    return {"pk": side.key(Letter), "suffix": "docx"}


def _answer(side: Side) -> dict[str, object]:
    return {"pk": side.key(Case), "kind": "answered"}


def _applying(side: Side) -> dict[str, object]:
    return {"slug": side.agency.slug, "name": "describe", "number": side.key(CaseFile)}


def _job(side: Side) -> dict[str, object]:
    return {"pk": side.key(Job)}


def _export(side: Side) -> dict[str, object]:
    return {"pk": side.export}


def _portal(side: Side) -> dict[str, object]:
    return {"pk": side.live, "slug": side.agency.slug, "column_slug": "statutory", "part": 0}


def _api(side: Side) -> dict[str, object]:
    return {"item_id": side.live, "slug": side.agency.slug}


def _capable(any_of: tuple[Capability, ...], keys: Keys | None = None, *answers: int) -> Expectation:
    return Expectation(Audience.CAPABLE, any_of, keys, answers or (200,))


_PUBLIC = Expectation(Audience.PUBLIC, keys=_portal, answers=(200, 302))
_STAFF = Expectation(Audience.STAFF, answers=(200, 302, 400, 404, 405))
_ACCOUNT = Expectation(
    Audience.OWN_ACCOUNT, keys=lambda side: {"restriction_id": 1, "uidb64": "MQ", "token": "x-y", "path": "x.png"},
    answers=(200, 302, 403, 404, 405),
)  # fmt: skip


def _document_keys(side: Side) -> dict[str, object]:
    names = dict.fromkeys(("document_id", "doc_id", "pk"), side.key(AgencyDocument))
    return {**names, "uploaded_file_id": 1, "filename": side.file.filename if side.file else ""}


STATED: tuple[tuple[str, Expectation], ...] = (
    (r"portal:.*", _PUBLIC),
    (r"search:.*", Expectation(Audience.PUBLIC)),
    # Without a draft of this browser, or number and secret of a case, they lead to the beginning.
    (r"applications:.*", Expectation(Audience.PUBLIC, keys=_applying, answers=(200, 302, 405))),
    (r"api/v1/\^\.\*\$", Expectation(Audience.PUBLIC, answers=(404,))),
    (r"api:.*", Expectation(Audience.PUBLIC, keys=_api)),
    (r"account_.*|mfa_.*|wagtailadmin_(account|logout|login|password_.*)", _ACCOUNT),
    (r"wagtaildocs_authenticate_with_password|admin/log(in|out)/|media/avatar_images/.*", _ACCOUNT),
    (r"wagtailadmin_home", Expectation(Audience.STAFF)),
    (r"wagtailadmin_(sprite|javascript_catalog)", Expectation(Audience.PUBLIC, answers=(200, 302))),
    (r"wagtailadmin_(dismissibles|block_preview)", _STAFF),
    (r"wagtailadmin_tag_(model_)?autocomplete",
     Expectation(
         Audience.STAFF, keys=lambda _: {"app_name": "taggit", "model_name": "tag"}, answers=(200, 404),
         of_agency=False,
     )),
    # Ends a session of the person's own only; another's number is passed over.
    (r"wagtailadmin_editing_sessions:release", Expectation(Audience.STAFF, answers=(405,), of_agency=False)),
    (r"wagtailadmin_editing_sessions:ping",
     _capable(_EVERY_READER, lambda side: {
         "app_label": "information", "model_name": "informationitem", "object_id": side.drafted, "session_id": 1,
     }, 200, 404, 405)),
    (r"audit_(log|export)", _capable((C.READ_AUDIT,))),
    (r"accounts_agency", _capable(_EVERY_READER, _key(Agency))),
    (r"accounts_move", _capable((C.ADMINISTER,), _key(Agency))),
    (r"accounts_person", _capable((C.ADMINISTER,), _person)),
    (r"accounts_lift", _capable((C.ADMINISTER,), _person, 405)),
    (r"proactive_(table2|decisions)", _capable(_EVERY_READER)),
    (r"proactive_sets", Expectation(Audience.STAFF)),
    (r"proactive_stale", Expectation(Audience.STAFF)),
    (r"information_queue", Expectation(Audience.STAFF)),
    (r"information_(review|sheet)", _capable(_EVERY_READER, _key(ReviewCase))),
    (r"information_(act|determine|publish)", _capable(_EVERY_READER, _key(ReviewCase), 405)),
    (r"information_item", _capable(_EVERY_READER, _key(InformationItem))),
    (r"information_(submit|redraft|rereview)", _capable(_DRAFTING, _key(InformationItem), 405)),
    (r"information_(files|relate)", _capable(_DRAFTING, _key(InformationItem))),
    (r"information_post", _capable(_EVERY_READER, _key(MediaPost))),
    (r"information_submit_post", _capable(_DRAFTING, _key(MediaPost), 405)),
    (r"information_closed", _capable(_EVERY_READER)),
    (r"information_closure_interval", _capable((C.ADMINISTER,), None, 405)),
    (r"information_withdraw", _capable((C.WITHDRAW,), _key(InformationItem))),
    (r"information_counts(_table)?", _capable(_EVERY_READER)),
    (r"information_record", _capable(_EVERY_READER, _key(NormativeRecord))),
    (r"information_register_event", _capable((C.MANAGE_REGISTER,), _key(NormativeRecord))),
    (r"information_revoke_event", _capable((C.MANAGE_REGISTER,), _key(NormativeEvent), 405)),
    (r"annual_report_list", _capable(_EVERY_READER)),
    (r"annual_report_open", _capable((C.EDIT_REPORT,), None, 405)),
    (r"annual_report_(edit|preview|version|draft_file)", _capable(_EVERY_READER, _report)),
    (r"annual_report_records", _capable(_EVERY_READER, _report, 404)),
    (r"annual_report_(autosave|act)", _capable((C.EDIT_REPORT,), _report, 405)),
    (r"annual_report_figures", _capable((C.EDIT_REPORT,), _report)),
    (r"annual_report_(roster|imports|findings|summary|compare|similarity|ranking|export)", _capable(_SUPERVISING)),
    (r"annual_report_(remind|summary_rule|joint_add|take_over)", _capable(_SUPERVISING, None, 405)),
    (r"annual_report_summary_file",
     Expectation(Audience.CAPABLE, _SUPERVISING, lambda _: {"kind": "json"}, of_agency=False)),
    (r"annual_report_(filing|passages)", _capable(_SUPERVISING, walk_reports.filing_keys)),
    (r"annual_report_filing_act", _capable(_SUPERVISING, walk_reports.filing_keys, 405)),
    (r"annual_report_import_job", _capable(_SUPERVISING, walk_reports.import_keys)),
    (r"annual_report_imported", _capable(_SUPERVISING, _key(ImportedReport))),
    (r"annual_report_imported_set_aside", _capable(_SUPERVISING, _key(ImportedReport), 405)),
    (r"annual_report_imported_file", _capable(_SUPERVISING, walk_reports.file_keys)),
    (r"annual_report_imported_page", _capable(_SUPERVISING, walk_reports.file_keys, 404)),
    (r"annual_report_joint_remove", _capable(_SUPERVISING, _key(JointDocument), 405)),
    (r"statistics:.*", Expectation(Audience.PUBLIC, keys=lambda _: {"year": 2024})),
    (r"interchange_jobs", _capable((*_MOVING, C.SUPERVISE))),
    (r"interchange_export", _capable((C.ADMINISTER,), None, 405)),
    (r"interchange_(upload|template)",
     Expectation(
         Audience.CAPABLE, _DRAFTING, lambda _: {"kind": "items", "extension": "xlsx"}, of_agency=False
     )),
    (r"interchange_(job|status)", _capable(_DRAFTING, _job)),
    (r"interchange_(confirm|drop|restart|submit)", _capable(_DRAFTING, _job, 405)),
    (r"interchange_result", _capable((C.ADMINISTER,), _export)),
    (r"applications_(register|print|export|remedies|figures|notices)", _capable(_READING_CASES)),
    # Without a cell it opens nothing.
    (r"applications_figure_cases", _capable(_READING_CASES, None, 404)),
    (r"applications_notices_read", _ACCOUNT),
    (r"applications_assign", _capable(_HANDLING_CASES, None, 405)),
    (r"applications_new", _capable(_HANDLING_CASES)),
    (r"applications_(case|derivation|applicant)", _capable(_READING_CASES, _case)),
    (r"applications_file", _capable((C.READ_APPLICANTS,), _case)),
    (r"applications_file_add", _capable(_HANDLING_CASES, _case, 405)),
    (r"applications_answer", _capable(_HANDLING_CASES, _answer)),
    (r"applications_(applicant_change|correct|questions|record|strike|split|merge|transfer|proactive)",
     _capable(_HANDLING_CASES, _case)),
    (r"applications_letters_waiting", _capable(_READING_CASES)),
    (r"applications_letter_settings", _capable(_HANDLING_CASES)),
    (r"applications_letter_new", _capable(_HANDLING_CASES, _case)),
    (r"applications_letter_(preview|file)", _capable((C.READ_APPLICANTS,), _letter)),
    (r"applications_letter_edit", _capable(_HANDLING_CASES, _letter)),
    # A draft is not served.
    (r"applications_letter_serve", _capable(_HANDLING_CASES, _letter, 302)),
    (r"applications_letter_(sign|act|receive)", _capable(_HANDLING_CASES, _letter, 405)),
    (r"wagtaildocs_serve", _capable(_EVERY_READER, _document_keys)),
    (r"wagtaildocs:(index|index_results|add|add_multiple)", _capable(_FILES, None, 200, 405)),
    (r"wagtaildocs:.*", _capable(_FILES, _document_keys, 200, 302, 404, 405)),
    (r"wagtaildocs_chooser:(choose|choose_results|chosen_multiple)", Expectation(Audience.STAFF)),
    (r"wagtaildocs_chooser:create", _capable(_FILES)),
    (r"wagtaildocs_chooser:.*", _capable(_FILES, _document_keys, 200, 302, 404)),
)  # fmt: skip


def _stated(route: Route) -> Expectation | None:
    return next((stated for pattern, stated in STATED if re.fullmatch(pattern, route.label)), None)


def _closed(route: Route) -> Expectation | None:
    """Wagtail's own screens below the addresses that the middleware closes, and its answer to any other address."""
    address = "/" + route.pattern.replace("^", "")
    if address.startswith(_PLATFORM_ONLY) or address == "/admin/.*/$":
        return Expectation(Audience.NOBODY)
    return None
