"""Scans: recognised characters and the ruled lines of an image, laid out like the page of a PDF.

Needs the extra `ocr`. The models lie in the wheel of rapidocr: nothing is fetched. Every value read this way is marked
by `Document.ocr`, because a recognised 1 may be a printed 7.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from statistics import median
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
_THICKEST_RULE = 8.0  # points, also for a line that is a little askew
_LONG_RULE = 120.0  # points; long enough to tell a slope
_LINES_FOR_SLOPE = 9
_LEVEL = 0.001  # slope: half a point over the width of a page
_STEEPEST = 0.1
_NEIGHBOURS = 31  # pixels around a pixel that it is compared with: thin lines come out pale, paper uneven
_DARKER = 13  # grey values by which ink is darker


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
    pixels = _straightened(pixels, scale)
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
    """The ruled lines of an image, in points."""
    rules: list[Rule] = []
    for x, y, w, h in _rule_boxes(pixels, scale, vertical=vertical)[0]:
        thickness, start, extent = (w, y, h) if vertical else (h, x, w)
        if thickness * scale < _THICKEST_RULE:
            at = (x + w / 2 if vertical else y + h / 2) * scale
            rules.append(Rule(at, start * scale, (start + extent) * scale))
    return rules


def _rule_boxes(pixels: Pixels, scale: float, *, vertical: bool) -> tuple[list[tuple[int, int, int, int]], Any]:
    """The boxes (x, y, width, height) of what is left when everything shorter than a rule is worn away, and a map
    that gives every pixel the number (from 1) of its box.

    The ink is thickened across the rule first, because a line that is askew steps from one row of pixels to the next.
    """
    import cv2  # noqa: PLC0415 — comes with the extra

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 and pixels.shape[2] == 3 else pixels
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _NEIGHBOURS, _DARKER)
    across, along = (3, 1) if vertical else (1, 3), max(int(_SHORTEST_RULE / scale), 3) | 1
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, across))
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (1, along) if vertical else (along, 1))
    worn = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
    labels, stats = cv2.connectedComponentsWithStats(worn, connectivity=8)[1:3]
    return [(x, y, w, h) for x, y, w, h, _ in stats[1:].tolist()], labels


def _straightened(pixels: Pixels, scale: float) -> Pixels:
    """The image turned so that its longest ruled lines lie level; scanners and cameras are seldom straight."""
    import cv2  # noqa: PLC0415 — comes with the extra
    import numpy as np  # noqa: PLC0415

    boxes, labels = _rule_boxes(pixels, scale, vertical=False)
    longest = sorted(range(len(boxes)), key=lambda k: -boxes[k][2])[:_LINES_FOR_SLOPE]
    slopes = []
    for k in longest:
        x, y, w, h = boxes[k]
        if w * scale > _LONG_RULE:
            ys, xs = np.nonzero(labels[y : y + h, x : x + w] == k + 1)
            slopes.append(float(np.polyfit(xs, ys, 1)[0]))
    slope = median(slopes) if slopes else 0.0
    if not _LEVEL < abs(slope) < _STEEPEST:
        return pixels
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(math.atan(slope)), 1.0)
    straight: Pixels = cv2.warpAffine(
        pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )  # type: ignore[assignment]  # pixels keep their type
    return straight
