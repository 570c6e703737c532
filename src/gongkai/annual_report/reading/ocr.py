"""Scans: recognised characters and the ruled lines of an image, laid out like the page of a PDF.

Needs the extra `ocr`. The models lie in the wheel of rapidocr: nothing is fetched. Every value read this way is marked
by `Document.ocr`, because a recognised 1 may be a printed 7.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gongkai.annual_report.reading.document import Document
from gongkai.annual_report.reading.pdf_flow import flow
from gongkai.annual_report.reading.pdf_geometry import Char, PageContent, Rule
from gongkai.errors import UnreadableReportError

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_PAGE_WIDTH = 595.0  # points: an image is taken as a page of A4, whatever its resolution
_SCALE = 2.2  # pixels per point when a page is drawn: 158 dpi
_MOST_PIXELS = 60_000_000
_MOST_FRAMES = 30
_SHORTEST_RULE = 18.0  # points; longer than any stroke of a character
_INK = 160  # grey value below which a pixel is printed


def is_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def not_installed() -> UnreadableReportError:
    return UnreadableReportError(
        "ocr-not-installed",
        "文件是扫描件或图片，需要文字识别",
        '请先安装识别组件：pip install "gongkai[ocr]"，再重新读取',
    )


def read_image(data: bytes, *, media_type: str) -> Document:
    """The text and tables of an image; the pages of a TIFF in order.

    Raises: UnreadableReportError: `ocr-not-installed`, `broken-file`, `too-large`.
    """
    if not is_installed():
        raise not_installed()
    pages = [_recognise(pixels, number=n) for n, pixels in enumerate(_frames(data), start=1)]
    return Document(flow(pages), media_type, {"images": str(len(pages))}, ocr=True)


def recognise_page(page: pdfium.PdfPage, *, number: int) -> PageContent:
    """The characters and ruled lines of a PDF page that is only an image."""
    bitmap = page.render(scale=min(_SCALE, (_MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5))
    pixels = bitmap.to_numpy()
    return _recognise(pixels[:, :, :3] if pixels.ndim == 3 else pixels, number=number)


def _frames(data: bytes) -> Iterator[Pixels]:
    """The images in a file, as blue-green-red pixels."""
    import numpy as np  # noqa: PLC0415 — comes with the extra
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _MOST_PIXELS:
                raise _too_large()
            for n, frame in enumerate(ImageSequence.Iterator(image)):
                if n >= _MOST_FRAMES:
                    raise _too_large()
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                yield np.ascontiguousarray(np.asarray(upright)[:, :, ::-1])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large() from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError):  # what decoders raise
        raise UnreadableReportError("broken-file", "图片已损坏，无法打开", "请重新下载或重新扫描") from None


def _too_large() -> UnreadableReportError:
    return UnreadableReportError("too-large", "图片过大，未识别", "请降低分辨率（200 dpi 即可）或分页后再读取")


@cache
def _engine() -> Any:
    import onnxruntime  # noqa: PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415

    onnxruntime.set_default_logger_severity(4)
    return RapidOCR(params={"Global.log_level": "error"})


def _recognise(pixels: Pixels, *, number: int) -> PageContent:
    height, width = pixels.shape[:2]
    scale = _PAGE_WIDTH / max(width, 1)
    result = _engine()(pixels, return_word_box=True)
    words = getattr(result, "word_results", None) or ()
    chars = [char for line in words for word in line for char in _chars(word, scale)]
    content = PageContent(number, width * scale, height * scale, chars)
    content.horizontal = _rules(pixels, scale, vertical=False)
    content.vertical = _rules(pixels, scale, vertical=True)
    return content


def _chars(word: Any, scale: float) -> Iterator[Char]:
    """The characters of a recognised word: its box is shared out among them."""
    text, _, corners = word
    if not text or not corners:
        return
    xs, ys = [float(x) * scale for x, _ in corners], [float(y) * scale for _, y in corners]
    left, step = min(xs), (max(xs) - min(xs)) / len(text)
    for i, character in enumerate(text):
        if not character.isspace():
            yield Char(left + i * step, min(ys), left + (i + 1) * step, max(ys), character)


def _rules(pixels: Pixels, scale: float, *, vertical: bool) -> list[Rule]:
    """The ruled lines of an image: what is left when everything shorter than a rule is worn away."""
    import cv2  # noqa: PLC0415 — comes with the extra

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 and pixels.shape[2] == 3 else pixels
    ink = cv2.threshold(grey, _INK, 255, cv2.THRESH_BINARY_INV)[1]
    length = max(int(_SHORTEST_RULE / scale), 3)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (1, length) if vertical else (length, 1))
    worn = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    joined = cv2.dilate(worn, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    rules: list[Rule] = []
    for x, y, w, h, _area in stats[1:count].tolist():
        thickness, start, extent = (w, y, h) if vertical else (h, x, w)
        if thickness * scale < 8 and extent >= length:
            at = (x + w / 2 if vertical else y + h / 2) * scale
            rules.append(Rule(at, start * scale, (start + extent) * scale))
    return rules
