"""One page of a PDF as characters and ruled lines. Talks to PDFium directly: a page has thousands of objects.

Source: PDFium public headers fpdf_text.h, fpdf_edit.h.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from functools import cache
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
_CLOSE = 0.3  # of the height: cells of a table stand further apart
_INVISIBLE = frozenset((0xA0, 0x3000, 0xAD, 0xFEFF, 0xFFFE, 0x200B))

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def read_page(page: pdfium.PdfPage, *, number: int) -> PageContent:
    """The characters and ruled lines of `page`, turned as a reader sees them."""
    width, height = page.get_size()
    turn = page.get_rotation() // 90
    if turn % 2:
        width, height = height, width
    content = PageContent(number, width, height, _chars(page, height))
    origin_x, origin_y = page.get_cropbox()[:2]
    highest = height + origin_y
    for left, bottom, right, top in _rulings(page):
        _add_rule(content, (left - origin_x, highest - top, right - origin_x, highest - bottom))
    return _turned(content, turn) if turn else content


def _turned(content: PageContent, turn: int) -> PageContent:
    """The page after `turn` quarter turns clockwise."""
    width, height = content.width, content.height

    def turned(left: float, top: float, right: float, bottom: float) -> Box:
        if turn == 1:
            return height - bottom, left, height - top, right
        if turn == 2:
            return width - right, height - bottom, width - left, height - top
        return top, width - right, bottom, width - left

    size = (height, width) if turn % 2 else (width, height)
    result = PageContent(content.number, *size, [Char(*turned(*char[:4]), char.text) for char in content.chars])
    for rule in content.horizontal:
        _add_rule(result, turned(rule.start, rule.at, rule.end, rule.at))
    for rule in content.vertical:
        _add_rule(result, turned(rule.at, rule.start, rule.at, rule.end))
    return result


def has_images(page: pdfium.PdfPage) -> int:
    """How many images the page shows."""
    return sum(1 for _ in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _chars(page: pdfium.PdfPage, height: float) -> list[Char]:
    """The characters, each with a box that sits on its baseline: fonts of one line differ in height.

    PDFium is asked as little as possible: a call for each character is most of what reading a page costs. A character
    has the baseline of the one before it where its box has the same top and bottom, or follows close by on that line.
    """
    text_page = page.get_textpage()
    raw, address = text_page.raw, ctypes.cast(text_page.raw, ctypes.c_void_p).value
    rect = c.FS_RECTF()
    box_of, box = _loose_box(), ctypes.addressof(rect)
    sides: Callable[[], list[float]] = memoryview(rect).cast("B").cast("f").tolist  # type: ignore[assignment]  # floats: format f
    origin_x, origin_y = page.get_cropbox()[:2]
    highest = height + origin_y
    upright = page.get_rotation() == 0
    known = _printed_characters()
    chars: list[Char] = []
    last_top = last_bottom = last_right = baseline = math.nan
    for i, code in enumerate(_codes(text_page)):
        character = known[code]
        if not character or not box_of(address, i, box):
            continue
        left, upper, right, lower = sides()
        if upper != last_top or lower != last_bottom:
            last_top, last_bottom = upper, lower
            follows = -1 < left - last_right < _CLOSE * (upper - lower) and lower <= baseline <= upper
            if not follows:
                baseline = _baseline(raw, i) if upright else math.nan
        last_right = right
        top, bottom, size = highest - upper, highest - lower, upper - lower
        if size >= _TALL:
            left, lower, right, upper = _ink(raw, i)
            top, bottom = highest - upper, highest - lower
        elif baseline == baseline:  # noqa: PLR0124 — not nan
            base = highest - baseline
            wide = 0.8 * (right - left)  # of some fonts the box is the ink: 一 is flat
            if wide > size:  # noqa: PLR1730 — a call less for each character
                size = wide
            if top - size < base < bottom + size:
                top, bottom = base - 0.8 * size, base + 0.2 * size
        chars.append(_char(Char, (left - origin_x, top, right - origin_x, bottom, character)))
    return chars


@cache
def _loose_box() -> Callable[[int | None, int, int], int]:
    """FPDFText_GetLooseCharBox for plain addresses: checking the types of pointers takes as long as the call itself."""
    prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    return prototype(ctypes.cast(c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)


_char = tuple.__new__  # half of what `Char(…)` takes


def _codes(text_page: pdfium.PdfTextPage) -> list[int]:
    """The UTF-16 code of every character of a page: all at once, where PDFium has one code for each."""
    count = min(text_page.count_chars(), _MOST_CHARS)
    codes = (ctypes.c_ushort * (count + 1))()
    if c.FPDFText_GetText(text_page.raw, 0, count, codes) == count + 1 and 0 not in codes[:count]:
        return list(codes[:count])
    return [c.FPDFText_GetUnicode(text_page.raw, i) for i in range(count)]


def _baseline(text_page: c.FPDF_TEXTPAGE, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    return y.value if c.FPDFText_GetCharOrigin(text_page, index, x, y) else math.nan


class _Printed(dict[int, str]):
    """Code point → the character as it is read; "" for white space and what PDFium gives for no character.

    A character beyond the first plane comes as two halves: the first stands for it as U+FFFD, the second for nothing.
    """

    def __missing__(self, code: int) -> str:
        if 0xD800 <= code < 0xE000:
            character = "\ufffd" if code < 0xDC00 else ""
        else:
            visible = 0x20 < code <= 0x10FFFF and code not in _INVISIBLE
            character = plain_character(chr(code)) if visible else ""
        self[code] = character
        return character


@cache
def _printed_characters() -> _Printed:
    return _Printed()


def _ink(text_page: c.FPDF_TEXTPAGE, index: int) -> Box:
    """The box of the ink alone: of a font for vertical writing, PDFium's line box lies far beside the character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _rulings(page: pdfium.PdfPage) -> Iterator[Box]:
    """The boxes of all straight strokes and thin filled boxes on the page: left, bottom, right, top."""
    raw = page.raw
    count = min(c.FPDFPage_CountObjects(raw), _MOST_OBJECTS)
    objects = (c.FPDFPage_GetObject(raw, i) for i in range(count))
    return _paths(objects, _IDENTITY, 0)


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
