"""Wagtail's forms for uploading files, with the checks of this product (`WAGTAILDOCS_DOCUMENT_FORM_BASE`)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm

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
