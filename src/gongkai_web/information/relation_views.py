"""Pages of an item on which its files and its related items are chosen; they need no scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, agencies_for, can
from gongkai_web.information.forms import PlainForm
from gongkai_web.information.models import AttachmentKind, InformationItem, Interpretation, InterpretationKind
from gongkai_web.information.selectors import visible_items
from gongkai_web.information.services import attachments
from gongkai_web.information.services.attachments import Upload
from gongkai_web.information.services.interpretation import save_interpretation
from gongkai_web.workbench.scoping import admin_url_name

PER_PAGE = 20


class FileForm(PlainForm):
    """One file with what the reader sees."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "这是空文件，请核对后重新选择。"}
    )
    title = forms.CharField(
        label="名称", required=False, max_length=200, help_text="不填时用文件名。图片须写明图片内容，供读屏软件朗读。"
    )
    kind = forms.ChoiceField(label="用途", choices=AttachmentKind.choices, required=False)


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's files: upload one, describe, move or take off those that are there."""
    item = _own_item(request, pk)
    form = FileForm(request.POST or None, request.FILES or None) if request.POST.get("act") == "upload" else FileForm()
    if request.method == "POST":
        done = _uploaded(request, item, form) if form.is_bound else _changed(request, item)
        if done:
            messages.success(request, done)
            return redirect("information_files", pk)
    attached = list(item.draft().attachments.all())
    context = {
        "item": item,
        "form": form,
        "files": [(attachments.handle(attached, place), entry) for place, entry in enumerate(attached)],
        "kinds": AttachmentKind.choices,
        "crumbs": _crumbs(item, "附件"),
    }
    return render(request, "information/files.html", context)


def _uploaded(request: HttpRequest, item: InformationItem, form: FileForm) -> str:
    """What was done; empty when the form has to be shown once more."""
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    user: Any = request.user
    try:
        kind = AttachmentKind(data["kind"] or AttachmentKind.FILE)
        attachments.upload(item, Upload(data["file"].name, data["file"].read(), data["title"], kind), by=user)
    except GongkaiError as error:
        form.add_error("file", f"{error.message}{error.hint}")
        return ""
    return f"已添加附件“{data['title'] or data['file'].name}”。"


def _changed(request: HttpRequest, item: InformationItem) -> str:
    user: Any = request.user
    seen, act = request.POST.get("file", ""), request.POST.get("act")
    title, kind = request.POST.get("title", "")[:200], request.POST.get("kind", "")
    acts: dict[str | None, Callable[[], InformationItem]] = {
        "describe": lambda: attachments.describe(item, seen=seen, title=title, kind=kind, by=user),
        "up": lambda: attachments.move_up(item, seen=seen, by=user),
        "detach": lambda: attachments.detach(item, seen=seen, by=user),
    }
    if act not in acts or (act == "describe" and kind not in AttachmentKind.values):
        raise Http404
    try:
        acts[act]()
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return ""
    return "附件已更新。"


class RelationForm(PlainForm):
    """Which of the items found, and how it explains."""

    other = forms.ModelChoiceField(
        queryset=InformationItem.objects.none(),
        error_messages={"required": "请选择一件信息。", "invalid_choice": "请在列出的信息中选择。"},
    )
    kind = forms.ChoiceField(label="解读形式", choices=InterpretationKind.choices)


@require_http_methods(["GET", "POST"])
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """Find and choose what explains the item (`as=interpreting`) or the policy that the item explains (`as=policy`)."""
    item = _own_item(request, pk)
    role = "policy" if request.GET.get("as") == "policy" else "interpreting"
    query = request.GET.get("q", "").strip()[:100]
    offered = _offered(request, item, role)
    page = Paginator(_matching(offered, query), PER_PAGE).get_page(request.GET.get("page"))
    form = RelationForm(request.POST or None)
    form.fields["other"].queryset = offered  # type: ignore[attr-defined]  # it is a ModelChoiceField
    if request.method == "POST" and form.is_valid() and _related(request, item, role, form):
        return redirect("information_item", pk)
    context = {
        "item": item,
        "role": role,
        "query": query,
        "page": page,
        "form": form,
        "crumbs": _crumbs(item, "关联政策" if role == "policy" else "关联解读材料"),
    }
    return render(request, "information/relate.html", context)


def _offered(request: HttpRequest, item: InformationItem, role: str) -> QuerySet[InformationItem]:
    """Who interprets drafts the interpretation (谁起草谁解读); a policy may be anybody's that the person reads."""
    user: Any = request.user
    items = visible_items(user).exclude(pk=item.pk).filter(withdrawn_at=None)
    if role == "policy":
        return items.exclude(interpretations__interpreting=item)
    return items.filter(agency__in=agencies_for(user, Capability.DRAFT)).exclude(interprets__policy=item)


def _matching(items: QuerySet[InformationItem], query: str) -> QuerySet[InformationItem]:
    """The newest first; every word has to occur in the title or one of the numbers."""
    for word in query.split():
        items = items.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number__icontains=word)
        )
    return items.order_by("-formed_on", "-pk")


def _related(request: HttpRequest, item: InformationItem, role: str, form: RelationForm) -> bool:
    other, user = form.cleaned_data["other"], request.user
    policy, interpreting = (other, item) if role == "policy" else (item, other)
    try:
        link = Interpretation(policy=policy, interpreting=interpreting, kind=form.cleaned_data["kind"])
        save_interpretation(link, by=user)  # type: ignore[arg-type]  # the back office is entered by users only
    except GongkaiError as error:
        form.add_error(None, f"{error.message}{error.hint}")
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, f"已关联“{other.title}”，两件信息公开后在门户上互相链接。")
        return True
    return False


def _own_item(request: HttpRequest, pk: int) -> InformationItem:
    """An item that the person may draft. Raises: `Http404`, `PermissionDenied`."""
    user: Any = request.user
    found = get_object_or_404(visible_items(user), pk=pk)
    if not can(user, Capability.DRAFT, found):
        raise PermissionDenied
    return found


def _crumbs(item: InformationItem, last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": "工作台"},
        {"url": reverse(admin_url_name(InformationItem, "list")), "label": "政府信息"},
        {"url": reverse("information_item", args=[item.pk]), "label": item.title},
        {"url": "", "label": last},
    ]
