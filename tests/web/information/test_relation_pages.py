"""Files and related items of an item, chosen on plain pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import AgencyDocument, InformationItem, Interpretation, MediaPost
from gongkai_web.information.services.attachments import handle

Make = Callable[..., InformationItem]
Staff = dict[Role, User]

pytestmark = pytest.mark.django_db
TEXT = "姓名,电话\n".encode()


def _upload(client: Client, item: InformationItem, name: str = "名单.csv", **more: str) -> str:
    file = SimpleUploadedFile(name, more.pop("data", "").encode() or TEXT)
    data = {"act": "upload", "file": file, "kind": "file", **more}
    return client.post(f"/admin/item/{item.pk}/files/", data, follow=True).content.decode()


def _files(item: InformationItem) -> list[str]:
    return [entry.label for entry in InformationItem.objects.get(pk=item.pk).draft().attachments.all()]


def _seen(item: InformationItem, place: int) -> str:
    return handle(list(InformationItem.objects.get(pk=item.pk).draft().attachments.all()), place)


@pytest.fixture
def drafter(client: Client, staff: Staff) -> Client:
    client.force_login(staff[Role.DRAFTER])
    return client


def test_files_are_added_named_moved_and_taken_off(drafter: Client, make_item: Make) -> None:
    item = make_item()
    assert "已添加附件" in _upload(drafter, item)
    _upload(drafter, item, "表格.csv", title="申请表")
    assert _files(item) == ["名单", "申请表"]
    address, early = f"/admin/item/{item.pk}/files/", _seen(item, 1)
    drafter.post(address, {"act": "up", "file": early})
    assert _files(item) == ["申请表", "名单"]
    late = drafter.post(address, {"act": "detach", "file": early}, follow=True).content.decode()
    assert "附件刚刚有变动" in late  # another tab had moved it
    drafter.post(address, {"act": "describe", "file": _seen(item, 1), "title": "人员名单", "kind": "file"})
    drafter.post(address, {"act": "detach", "file": _seen(item, 0)})
    assert _files(item) == ["人员名单"]


def test_a_wrong_file_is_named_and_leaves_nothing(drafter: Client, make_item: Make) -> None:
    item = make_item()
    assert "不接受“程序.exe”这种类型的文件" in _upload(drafter, item, "程序.exe")
    assert "内容与扩展名不符" in _upload(drafter, item, "通知.pdf")
    assert (AgencyDocument.objects.count(), _files(item)) == (0, [])


def test_a_file_of_a_public_item_waits_for_signatures(drafter: Client, live_item: InformationItem) -> None:
    _upload(drafter, live_item)
    assert _files(live_item) == ["名单"]
    stored = InformationItem.objects.get(pk=live_item.pk)
    assert (stored.live, stored.attachments.count(), stored.has_unpublished_changes) == (True, 0, True)


def test_nobody_else_adds_files(client: Client, make_item: Make, staff: Staff, make_user: Callable[..., User]) -> None:
    item = make_item()
    client.force_login(staff[Role.REVIEWER_1])
    assert client.get(f"/admin/item/{item.pk}/files/").status_code == 302  # Wagtail leads back with a refusal
    assert _files(item) == []


def test_a_policy_is_found_by_its_number_and_linked(drafter: Client, make_item: Make) -> None:
    policy, item = make_item(title="预防接种办法", document_number="某卫规〔2025〕1号"), make_item(title="一图读懂")
    make_item(title="另一件")
    address = f"/admin/item/{item.pk}/relate/?as=policy&q=〔2025〕1号"
    page = drafter.get(address).content.decode()
    assert "找到1件" in page
    assert "请选择一件信息" in drafter.post(address, {"kind": "graphic"}).content.decode()
    drafter.post(address, {"other": policy.pk, "kind": "graphic"})
    link = Interpretation.objects.get()
    assert (link.policy, link.interpreting, link.kind) == (policy, item, "graphic")
    assert "没有找到符合“〔2025〕1号”的信息" in drafter.get(address).content.decode()  # linked already


def test_without_scripts_the_number_chooses_the_item(drafter: Client, make_item: Make, staff: Staff) -> None:
    item = make_item()
    agency = item.agency
    data = {
        "agency": agency.pk, "channel": "wechat", "account": "健康某市", "title": "推文", "body": "内容", "item": "",
        "item-number": "没有这个号",
    }  # fmt: skip
    page = drafter.post("/admin/posts/add/", data).content.decode()
    assert "没有找到这样的“对应的政府信息”" in page
    drafter.post("/admin/posts/add/", {**data, "item-number": f" {item.index_number} "})
    assert MediaPost.objects.get().item == item
