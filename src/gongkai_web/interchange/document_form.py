"""Wagtail's forms for uploading files, with the checks of this product (`WAGTAILDOCS_DOCUMENT_FORM_BASE`)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from gongkai_web.information.models.attachment import FileInUse
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.uploads import check_upload


class CheckedDocumentForm(BaseDocumentForm):
    """Every file that comes in through the back office passes `check_upload`."""

    def clean_file(self) -> Any:
        """The checked file under its safe name; a file that was stored before stays as it is."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        try:
            checked = check_upload(file.name or "", file.read())
        except UploadRefused as error:
            raise ValidationError(f"{error.message}{error.hint}") from error
        return SimpleUploadedFile(checked.name, checked.data, content_type=file.content_type or "")

    def _post_clean(self) -> None:
        """What an attachment shows is not changed from here."""
        super()._post_clean()
        if self.errors or not self.instance.pk:
            return
        try:
            self.instance.refuse_change(digest=self._digest())
        except FileInUse as error:
            self.add_error(None, f"{error.message}{error.hint}")

    def _digest(self) -> str:
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return str(self.instance.sha256)
        file.seek(0)
        digest = hashlib.sha256(file.read()).hexdigest()
        file.seek(0)
        return digest
