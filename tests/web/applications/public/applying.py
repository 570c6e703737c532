"""An applicant at his browser: the steps as posts, with what a careful person would type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models import Draft

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200
NAME, CARD, PHONE = "欧阳某某", "11010519491231002X", "13912345678"


def describe(**changes: str) -> dict[str, str]:
    return {"subject": "滨河路改造工程验收报告", "document_number": "", "features": "2024年下半年验收。", **changes}


def identity(**changes: Any) -> dict[str, Any]:
    return {
        "applicant_type": "natural_person", "name": NAME, "id_kind": "identity_card", "id_number": CARD,
        "phone": PHONE, **changes,
    }  # fmt: skip


def delivery(**changes: str) -> dict[str, str]:
    return {"delivery": "net", "media": "electronic", **changes}


def proof(name: str = "身份证.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@dataclass
class Person:
    """One browser that applies to one agency."""

    agency: Agency
    client: Client = field(default_factory=Client)

    def address(self, step: str) -> str:
        return f"/apply/to/{self.agency.slug}/{step}/"

    def start(self, description: str = "") -> Any:
        return self.client.post(f"/apply/to/{self.agency.slug}/", {"description": description})

    def fill(self, step: str, data: dict[str, Any], *, go: str = "next") -> Any:
        return self.client.post(self.address(step), {**data, "go": go})

    def fill_all(self) -> None:
        self.start()
        self.fill("describe", describe())
        self.fill("identity", identity())
        self.fill("delivery", delivery())

    def submit(self, **more: str) -> Any:
        return self.client.post(self.address("preview"), more)

    def apply(self) -> tuple[str, str]:
        """Number and secret of a new case."""
        self.fill_all()
        assert self.submit().status_code == 302
        slip = self.client.get(self.address("receipt")).context["slip"]
        return slip.number, slip.secret

    def note_down(self) -> Any:
        return self.client.post(f"/apply/to/{self.agency.slug}/discard/")

    def enter(self, number: str, secret: str) -> Any:
        return self.client.post("/apply/track/", {"number": number, "secret": secret})

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(agency=self.agency)
