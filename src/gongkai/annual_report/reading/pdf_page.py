"""One page of a PDF as characters and ruled lines. Talks to PDFium directly: a page has thousands of objects.

Source: PDFium public headers fpdf_text.h, fpdf_edit.h.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as c

from gongkai.annual_report.reading.pdf_geometry import Box, Char, PageContent, Rule
from gongkai.text.radicals import plain_character

_MOST_CHARS = 40_000  # on one page; a dense page has 2,000
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 4_000
_DEEPEST = 4
_THIN = 3.0  # points: a filled box so thin is a ruled line
_TALL = 40.0  # points: no report is printed so large
_SHORT = 5.0  # points: a line so short rules nothing
_INVISIBLE = frozenset((0, 0x0D, 0x0A, 0x20, 0xA0, 0x3000, 0x09, 0xAD, 0xFEFF, 0xFFFE, 0x200B))

_Flip = Callable[[float, float, float, float], Box]  # left, bottom, right, top of PDF → box of the page as it is seen
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def read_page(page: pdfium.PdfPage, *, number: int) -> PageContent:
    """The characters and ruled lines of `page`, turned as a reader sees them."""
    width, height = page.get_size()
    flip = _flip(page, width, height)
    content = PageContent(number, width, height, list(_chars(page, flip)))
    for box in _rulings(page, flip):
        _add_rule(content, box)
    return content


def has_images(page: pdfium.PdfPage) -> int:
    """How many images the page shows."""
    return sum(1 for _ in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _flip(page: pdfium.PdfPage, width: float, height: float) -> _Flip:
    left, bottom = page.get_cropbox()[:2]
    turn = page.get_rotation() // 90
    if turn == 0:
        return lambda x0, y0, x1, y1: (x0 - left, height - (y1 - bottom), x1 - left, height - (y0 - bottom))
    if turn == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turn == 2:
        return lambda x0, y0, x1, y1: (width - (x1 - left), y0 - bottom, width - (x0 - left), y1 - bottom)
    return lambda x0, y0, x1, y1: (
        width - (y1 - bottom),
        height - (x1 - left),
        width - (y0 - bottom),
        height - (x0 - left),
    )


def _chars(page: pdfium.PdfPage, flip: _Flip) -> Iterator[Char]:
    """The characters, each with a box that sits on its baseline: fonts that are mixed in a line differ in height."""
    text_page = page.get_textpage()
    raw = text_page.raw
    unicode_of, box_of, origin_of = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox, c.FPDFText_GetCharOrigin
    rect, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_reference, x_reference, y_reference = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    for i in range(min(text_page.count_chars(), _MOST_CHARS)):
        code = unicode_of(raw, i)
        if code in _INVISIBLE or not 0x20 < code <= 0x10FFFF or not box_of(raw, i, box_reference):
            continue
        if rect.top - rect.bottom >= _TALL:
            yield Char(*flip(*_ink(raw, i)), plain_character(chr(code)))
            continue
        left, top, right, bottom = flip(rect.left, rect.bottom, rect.right, rect.top)
        if origin_of(raw, i, x_reference, y_reference):
            baseline = flip(x.value, y.value, x.value, y.value)[1]
            size = max(bottom - top, 0.8 * (right - left))  # of some fonts the box is the ink: 一 is flat
            if top - size < baseline < bottom + size:
                top, bottom = baseline - 0.8 * size, baseline + 0.2 * size
        yield Char(left, top, right, bottom, plain_character(chr(code)))


def _ink(text_page: c.FPDF_TEXTPAGE, index: int) -> Box:
    """The box of the ink alone: of a font for vertical writing, PDFium's line box lies far beside the character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _rulings(page: pdfium.PdfPage, flip: _Flip) -> Iterator[Box]:
    """The boxes of all straight strokes and thin filled boxes on the page."""
    raw = page.raw
    count = min(c.FPDFPage_CountObjects(raw), _MOST_OBJECTS)
    objects = (c.FPDFPage_GetObject(raw, i) for i in range(count))
    for box in _paths(objects, _IDENTITY, 0):
        yield flip(*box)


def _paths(objects: Iterator[c.FPDF_PAGEOBJECT], matrix: Matrix, depth: int) -> Iterator[Box]:
    type_of = c.FPDFPageObj_GetType
    for item in objects:
        kind = type_of(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            for box in _strokes(item):
                yield _moved(box, matrix) if matrix is not _IDENTITY else box
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(c.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)
            inner = (c.FPDFFormObj_GetObject(item, i) for i in range(count))
            yield from _paths(inner, _product(_matrix(item), matrix), depth + 1)


def _strokes(path: c.FPDF_PAGEOBJECT) -> Iterator[Box]:
    """The straight lines that a path draws; a filled background draws none."""
    segments = c.FPDFPath_CountSegments(path)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, fill, stroke)
    if segments <= 6:
        left, bottom, right, top = _bounds(path)
        if right - left <= _THIN or top - bottom <= _THIN:
            yield left, bottom, right, top
        elif stroke.value and segments >= 4:
            yield left, bottom, left, top
            yield right, bottom, right, top
            yield left, bottom, right, bottom
            yield left, top, right, top
    elif segments <= _MOST_SEGMENTS:
        yield from _straight_segments(path, segments, filled=not stroke.value)


def _straight_segments(path: c.FPDF_PAGEOBJECT, count: int, *, filled: bool) -> Iterator[Box]:
    """Many lines drawn as one path; each subpath of a filled one is a thin box or no line."""
    matrix = _matrix(path)
    points: list[tuple[float, float]] = []
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(path, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        c.FPDFPathSegment_GetPoint(segment, x, y)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and points:
            yield from _subpath(points, filled=filled)
            points = []
        points.append((matrix[0] * x.value + matrix[2] * y.value + matrix[4],
                       matrix[1] * x.value + matrix[3] * y.value + matrix[5]))  # fmt: skip
    yield from _subpath(points, filled=filled)


def _subpath(points: list[tuple[float, float]], *, filled: bool) -> Iterator[Box]:
    if filled:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= _THIN or max(ys) - min(ys) <= _THIN:
            yield min(xs), min(ys), max(xs), max(ys)
        return
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(xa - xb) <= _THIN or abs(ya - yb) <= _THIN:
            yield min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _bounds(item: c.FPDF_PAGEOBJECT) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _matrix(item: c.FPDF_PAGEOBJECT) -> Matrix:
    m = c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if c.FPDFPageObj_GetMatrix(item, m) else _IDENTITY


def _product(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _moved(box: Box, m: Matrix) -> Box:
    corners = [(m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _add_rule(content: PageContent, box: Box) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if height <= _THIN and width >= _SHORT and width >= height:
        content.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif width <= _THIN and height >= _SHORT:
        content.vertical.append(Rule((left + right) / 2, top, bottom))
