"""A picture that says nothing to who cannot see it is not stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import AgencyDocument, Attachment, AttachmentKind, InformationItem
from gongkai_web.information.services.drafting import DraftRejected, save_draft
from gongkai_web.workbench.scoping import admin_url_name

pytestmark = pytest.mark.django_db
SILENT = '<p>流程：</p><img src="/documents/1/a.png" alt="流程图"><img src="/documents/2/b.png">'


def test_a_picture_in_the_text_needs_words(make_item: Callable[..., InformationItem], staff: dict[Role, User]) -> None:
    with pytest.raises(DraftRejected, match="第2张图片没有文字说明"):
        make_item(body=SILENT)
    draft = make_item(body=SILENT.replace("b.png", 'b.png" alt="大厅位置图'))
    draft.body = SILENT
    with pytest.raises(DraftRejected, match="第2张图片没有文字说明"):
        save_draft(draft, by=staff[Role.DRAFTER])


def test_a_picture_among_the_attachments_needs_a_name_of_its_own(
    agency: Agency, make_item: Callable[..., InformationItem], make_file: Callable[..., AgencyDocument]
) -> None:
    picture = Attachment(document=make_file(agency, "IMG_2031"), kind=AttachmentKind.IMAGE)
    with pytest.raises(DraftRejected, match="图片“IMG_2031”没有文字说明"):
        make_item(attachments=[picture])
    named = Attachment(document=make_file(agency, "IMG_2032"), kind=AttachmentKind.IMAGE, title="接种门诊分布图")
    assert make_item(attachments=[named]).attachments.get().label == "接种门诊分布图"


def test_the_form_says_which_picture(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    item = make_item()
    client = sign_in(staff[Role.DRAFTER])
    address = reverse(admin_url_name(InformationItem, "edit"), args=[item.pk])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    counts = {f"attachments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    page = client.post(address, {**values, **counts, "body": SILENT}).content.decode()
    assert "第2张图片没有文字说明" in page
