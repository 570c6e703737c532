"""Acts on a case as a whole: splitting, merging, transfer, making proactive, handing out, its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.applications import ApplicantType
from gongkai.applications.effects import effect_of
from gongkai.errors import GongkaiError
from gongkai.law.events import EventKind
from gongkai_web.applications.files import NewFile, add_file, open_file
from gongkai_web.applications.forms.acts import FileForm, MergeForm, ProactiveForm, SplitForm, TransferForm
from gongkai_web.applications.forms.registration import ApplicantForm
from gongkai_web.applications.models import Applicant, Case, CaseFile, FileKind
from gongkai_web.applications.selectors import may_see_applicant, similar
from gongkai_web.applications.services import cases as acts
from gongkai_web.applications.views import office_access as access
from gongkai_web.audit.services import record
from gongkai_web.interchange.uploads import check_upload


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with several matters becomes several."""
    case = access.case_to_handle(request, pk)
    form = SplitForm(request.POST or None, initial=_today())

    def perform() -> str:
        said = form.cleaned_data
        made = acts.split(case, said["parts"], by=access.reader(request), on=said["on"], expected=_seen(request, case))
        return f"已拆出{len(made)}件：{'、'.join(one.number for one in made)}。"

    return _act(request, case, form, perform, title="拆分申请", kind=EventKind.SPLIT)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The same application twice is handled once."""
    case = access.case_to_handle(request, pk)
    form = MergeForm(request.POST or None, case=case, initial=_today())
    known = [one for one in similar(case).repeated if one.is_open] if not case.erased_at else []

    def perform() -> str:
        said = form.cleaned_data
        into = acts.merge(case, said["into"], by=access.reader(request), on=said["on"], expected=_seen(request, case))
        return f"已并入 {into.number}。"

    return _act(request, case, form, perform, title="并入另一件申请", kind=EventKind.MERGED, similar=known)


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Not ours, theirs: with whom the applicant can go on."""
    case = access.case_to_handle(request, pk)
    form = TransferForm(request.POST or None, initial=_today())

    def perform() -> str:
        said = form.cleaned_data
        acts.transfer(
            case, said["body"], said["contact"],
            by=access.reader(request), on=said["on"], expected=_seen(request, case),
        )  # fmt: skip
        return f"已移送{said['body']}。请制作《移送明细表》并告知申请人。"

    return _act(request, case, form, perform, title="移送其他机关", kind=EventKind.TRANSFERRED)


@require_http_methods(["GET", "POST"])
def proactive(request: HttpRequest, pk: int) -> HttpResponse:
    """条例 §44: what was disclosed to one becomes public for all, through the review chain."""
    case = access.case_to_handle(request, pk)
    if case.proactive_item_id:
        return redirect("information_item", case.proactive_item_id)
    form = ProactiveForm(request.POST or None, initial={"title": case.subject})

    def perform() -> str:
        said = form.cleaned_data
        item = acts.convert_to_proactive(
            case, by=access.reader(request), title=said["title"], body=linebreaks(said["body"], autoescape=True)
        )
        return f"已转为草稿，索引号 {item.index_number}。请承办人编辑后提交签审。"

    notice = (
        "多个申请人申请相同的信息且可以公开的，应当纳入主动公开范围；申请人建议主动公开的，审核后属于主动公开范围的"
        "应当及时公开（条例第四十四条）。转出的草稿不带申请人的任何信息，须经签审才能发布。"
    )
    return _act(request, case, form, perform, title="转为主动公开", notice=notice)


@require_http_methods(["GET", "POST"])
def change_applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name, a paper, an address. The kind of applicant is corrected with the receipt."""
    case = access.case_to_handle(request, pk)
    person: Applicant = case.applicant
    form = ApplicantForm(request.POST or None, initial=_applicant(case, person))
    form.fields["applicant_type"].disabled = True
    form.fields["applicant_type"].help_text = "申请人类别记在台账里，请用“更正收到登记”修改。"

    def perform() -> str:
        data = form.applicant()
        acts.change_applicant(case, data, by=access.reader(request))
        return "申请人信息已修改。"

    if request.method == "GET":
        record("applications.applicant_read", obj=case, actor=access.reader(request), personal_data=True)
    notice = "申请人信息加密保存，每次查看和修改都记入审计记录。"
    return _act(request, case, form, perform, title="修改申请人信息", notice=notice)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A document for the file of the case, sealed on disk."""
    case = access.case_to_handle(request, pk)
    form = FileForm(request.POST, request.FILES)

    def perform() -> str:
        if not form.is_valid():
            raise _Refused
        uploaded = form.cleaned_data["file"]
        checked = check_upload(uploaded.name or "", uploaded.read())
        kind = FileKind(form.cleaned_data["kind"])
        media_type = uploaded.content_type or "application/octet-stream"
        add_file(case, NewFile(checked.name, checked.data, media_type, kind), by=access.reader(request))
        return f"已添加“{checked.name}”。"

    return access.perform(request, perform, done=f"{access.case_url(case)}#files")


@require_GET
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A document of the file; the reading is logged."""
    case = access.case_of(request, pk)
    user = access.reader(request)
    found = get_object_or_404(CaseFile, pk=file_pk, case=case)
    if not may_see_applicant(user, case):
        return _refuse(request, case, "您不能查看这件申请的材料。")
    try:
        content = open_file(found, by=user)
    except GongkaiError as error:
        return _refuse(request, case, access.sentence(error))
    # Never shown in the browser: what an applicant sent is handed on, not opened under this host's name.
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _act(  # noqa: PLR0913  # the screen of an act is its parts
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    perform: Callable[[], str],
    *,
    title: str,
    kind: EventKind | None = None,
    notice: str = "",
    similar: Any = (),
) -> HttpResponse:
    """The form; or the act, and back to the case; what is refused is said on the form."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = perform()
            except GongkaiError as error:
                form.add_error(None, access.sentence(error))
            else:
                return access.perform(request, lambda: done, done=access.case_url(case))
    context = {
        "case": case,
        "form": form,
        "title": title,
        "rule": effect_of(kind, on=timezone.localdate()) if kind else None,
        "notice": notice,
        "similar": similar,
        "button": title,
        "seen": request.POST.get("seen", case.records),
        "crumbs": access.case_crumbs(case, title),
    }
    return render(request, "applications/office/act.html", context, status=status)


def _applicant(case: Case, person: Applicant) -> dict[str, str]:
    said = {name: getattr(person, name) for name in (*Applicant.SEALED, "id_kind")}
    return {**said, "applicant_type": ApplicantType(case.applicant_type).value}


def _refuse(request: HttpRequest, case: Case, text: str) -> HttpResponse:
    messages.error(request, text)
    return redirect(reverse("applications_case", args=[case.pk]))


def _today() -> dict[str, Any]:
    return {"on": timezone.localdate()}


def _seen(request: HttpRequest, case: Case) -> int:
    return access.seen_by(request, case)


class _Refused(GongkaiError):  # noqa: N818  # names the event
    """Nothing was chosen to upload."""

    def __init__(self) -> None:
        super().__init__("FILE-FORM", "没有选择文件或者用途。", "请选择后再上传。")
