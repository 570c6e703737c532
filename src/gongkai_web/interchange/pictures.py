"""Pictures: whole, of moderate size, and without what the camera wrote beside the picture (place, owner, serial)."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai_web.interchange.errors import UploadRefused

EXTENSIONS = frozenset({"jpg", "jpeg", "png", "gif", "webp"})
MOST_PIXELS = 64_000_000
_QUALITY = 92
_REWRITTEN = {"JPEG", "WEBP", "PNG"}
_TELLTALE = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")


def cleaned_picture(data: bytes) -> bytes:
    """The picture without metadata; the very same bytes when it has none.

    Raises: `UploadRefused` when it is damaged or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UploadRefused("FILE-PIXELS", "图片尺寸过大。", f"请缩小到{MOST_PIXELS // 10_000}万像素以内。")
            picture.load()
            if picture.format not in _REWRITTEN or not any(name in picture.info for name in _TELLTALE):
                return data
            return _without_metadata(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UploadRefused("FILE-PICTURE", "图片已损坏，无法打开。", "请用看图软件另存后上传。") from error


def _without_metadata(picture: Image.Image) -> bytes:
    """Turned upright first, for the turn is written in the metadata that goes."""
    upright = ImageOps.exif_transpose(picture)
    for name in _TELLTALE:
        upright.info.pop(name, None)
    kept = {"icc_profile": upright.info["icc_profile"]} if upright.info.get("icc_profile") else {}
    written = io.BytesIO()
    quality = {} if picture.format == "PNG" else {"quality": _QUALITY}
    upright.save(written, picture.format, **kept, **quality)
    return written.getvalue()
