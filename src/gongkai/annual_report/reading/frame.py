"""Where in a document a report begins and ends, and where its six parts are: one `Frame` per report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise

from gongkai.annual_report.model import Heading
from gongkai.annual_report.reading import frame_ends as ends
from gongkai.annual_report.reading.dates import find_date
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.frame_title import Title, find_title, parse_title
from gongkai.annual_report.reading.sections import (
    KEYS,
    LONGEST_HEADING,
    Mark,
    heading_of,
    headings_within,
    ordinal_of,
    renumbered_heading_of,
)

Block = Paragraph | Grid

_INITIALS = frozenset("一二三四五六第总主收政存其")
_RENUMBERED_INITIALS = frozenset("（(123456")
_OPENING_WORDS = re.compile(r"条例|本报告|年度报告|统计期限")
_ENOUGH_TEXT = 30  # characters between the headings of a report; less is a table of contents
_MOST_GLUED = 600  # headings in one paragraph: a hundred reports
_HEAD = 3000  # characters of a paragraph in which a title glued to other text is looked for
_TITLE_REACH = 40  # paragraphs before the first heading in which a title is looked for


@dataclass(slots=True)
class Frame:
    """One report inside a document: blocks `start` to `end`, its title, the headings of its parts."""

    start: int
    end: int
    marks: list[Mark]
    title: Title | None = None
    body: int = 0  # the first block after the title
    glued: bool = False  # whether the title stands in the block `body` itself, before other text


@dataclass(slots=True)
class Narrative:
    """The text of a frame, cut into its parts, and who signed it when."""

    sections: dict[str, str]
    headings: tuple[Heading, ...]
    signed_by: str | None = None
    signed_on: date | None = None
    heads: list[str] = field(default_factory=list)  # agency-like lines between title and preamble


def find_frames(blocks: list[Block]) -> tuple[list[Block], list[Frame]]:
    """One frame per report, and the blocks they refer to: headings glued into a paragraph are parted from it.

    A document without any heading of a part is one frame, from its title on.
    """
    marks = find_marks(blocks)
    if any(_is_glued(mark, blocks) for mark in marks):
        blocks = _parted(blocks, marks)
        marks = find_marks(blocks)
    return blocks, _frames(blocks, _runs(marks, blocks))


def _frames(blocks: Sequence[Block], runs: list[list[Mark]]) -> list[Frame]:
    frames: list[Frame] = []
    for run in runs:
        begin = frames[-1].marks[-1].index + 1 if frames and frames[-1].marks else 0
        frames.append(_frame(blocks, run, begin))
    if not frames:
        return _untitled(blocks)
    for frame, following in pairwise(frames):
        frame.end = following.start
    if len(frames) == 1:  # tables may stand above the first heading that was recognised
        frames[0].start = 0
    return frames


def find_marks(blocks: Sequence[Block]) -> list[Mark]:
    """Headings of parts, in order: whole paragraphs first; inside paragraphs only where some are missing."""
    marks = [mark for index, block in enumerate(blocks) if type(block) is Paragraph for mark in _marks_in(block, index)]
    missing = set(KEYS) - {mark.key for mark in marks}
    if missing:
        marks = _with_glued(marks, blocks)
        missing -= {mark.key for mark in marks}
    if missing:
        marks = _with_renumbered(marks, blocks, missing)
        missing -= {mark.key for mark in marks}
    if missing and len(marks) > 1:
        marks = _with_ordinals(marks, blocks, missing)
    return marks


def cut(frame: Frame, blocks: Sequence[Block], used: set[int], rest: Mapping[int, str]) -> Narrative:
    """The narrative of a frame: `used` blocks left out, `rest` in place of paragraphs that were partly table."""
    parts: dict[str, list[str]] = {"preamble": []}
    headings: list[Heading] = []
    heads: list[str] = []
    marks = {mark.index: mark for mark in frame.marks}
    key = last = "preamble"
    for index in range(frame.body, frame.end):
        block = blocks[index]
        if type(block) is not Paragraph:
            continue
        if index in marks:
            key = marks[index].key
            if key not in parts:
                parts[key] = []
                headings.append(Heading(key, " ".join(block.text.split()), block.place))
        elif index in rest or index not in used:
            text = rest.get(index, block.text)
            if _add(parts, key, text[_end_of_head(text) if frame.glued and index == frame.body else 0 :], heads):
                last = key
    return _narrative(parts, headings, heads, last)


def _marks_in(block: Paragraph, index: int) -> list[Mark]:
    text = block.text
    if text[:1] not in _INITIALS and not block.heading:
        return []
    if len(text) <= LONGEST_HEADING + 20:
        key = heading_of(text)
        if key:
            return [Mark(key, index, 0, len(text), text)]
    marks = list(islice(headings_within(text, index=index), _MOST_GLUED))
    return marks if marks and marks[0].start == 0 else []


def _with_glued(marks: list[Mark], blocks: Sequence[Block]) -> list[Mark]:
    known = {mark.index for mark in marks}
    found = [
        mark
        for index, block in enumerate(blocks)
        if type(block) is Paragraph and index not in known and len(block.text) > 12
        for mark in islice(headings_within(block.text, index=index), _MOST_GLUED)
    ]
    return sorted([*marks, *found], key=lambda mark: (mark.index, mark.start)) if found else marks


def _with_renumbered(marks: list[Mark], blocks: Sequence[Block], missing: set[str]) -> list[Mark]:
    """Also take headings numbered （一） or 1、 in the form's own words, if all stand in the form's order then."""
    found: dict[str, Mark] = {}
    for index, block in enumerate(blocks):
        if type(block) is Paragraph and block.text[:1] in _RENUMBERED_INITIALS:
            key = renumbered_heading_of(block.text)
            if key in missing and key not in found:
                found[key] = Mark(key, index, 0, len(block.text), block.text)
    together = sorted([*marks, *found.values()], key=lambda mark: (mark.index, mark.start))
    positions = [KEYS.index(mark.key) for mark in together]
    return together if positions == sorted(positions) else marks


def _with_ordinals(marks: list[Mark], blocks: Sequence[Block], missing: set[str]) -> list[Mark]:
    """Also take headings of unknown wording, where their number is the missing one between its neighbours."""
    found = []
    for key in sorted(missing, key=KEYS.index):
        position = KEYS.index(key)
        after = [mark.index for mark in marks if KEYS.index(mark.key) < position]
        before = [mark.index for mark in marks if KEYS.index(mark.key) > position]
        begin, end = (max(after) + 1 if after else 0), (min(before) if before else len(blocks))
        for index in range(begin, end):
            block = blocks[index]
            if type(block) is Paragraph and block.text[:1] in _INITIALS and ordinal_of(block.text) == key:
                found.append(Mark(key, index, 0, len(block.text), block.text))
                break
    return sorted([*marks, *found], key=lambda mark: (mark.index, mark.start))


def _runs(marks: list[Mark], blocks: Sequence[Block]) -> list[list[Mark]]:
    """The headings of each report: 一 a second time, or any part a second time below a title, begins another.

    Other parts that come again are the tables of the same report, printed after its text.
    """
    runs: list[list[Mark]] = []
    seen: set[str] = set()
    for mark in marks:
        again = mark.key in seen and len(seen) > 2 and _is_backwards(mark, runs[-1])
        if not runs or (again and (mark.key == KEYS[0] or _has_title(blocks, runs[-1][-1].index, mark.index))):
            runs.append([mark])
            seen = {mark.key}
        else:
            runs[-1].append(mark)
            seen.add(mark.key)
    if len(runs) > 1:
        runs = [run for run in runs if _has_text(run, blocks)] or runs[-1:]
    return runs


def _is_backwards(mark: Mark, run: list[Mark]) -> bool:
    return KEYS.index(mark.key) < KEYS.index(run[-1].key)


def _has_title(blocks: Sequence[Block], start: int, end: int) -> bool:
    return any(isinstance(block, Paragraph) and parse_title(block.text[:100]) for block in blocks[start:end])


def _has_text(run: list[Mark], blocks: Sequence[Block]) -> bool:
    first, last = run[0], run[-1]
    length = 0
    for block in blocks[first.index : last.index]:
        length += len(block.text) if type(block) is Paragraph else _ENOUGH_TEXT
        if length > _ENOUGH_TEXT + sum(mark.end - mark.start for mark in run[:-1]):
            return True
    return False


def _frame(blocks: Sequence[Block], run: list[Mark], begin: int) -> Frame:
    first = run[0]
    title, start, body = _title_before(blocks, first.index, begin)
    if title:
        return Frame(start, len(blocks), run, title, body)
    found = _glued_title(blocks, first, begin)
    if found:
        return Frame(found[1], len(blocks), run, found[0], found[1], glued=True)
    start = _preamble_start(blocks, first.index, begin)
    return Frame(start, len(blocks), run, None, start)


def _title_before(blocks: Sequence[Block], first: int, begin: int) -> tuple[Title | None, int, int]:
    """The nearest title above the first heading: alone in a paragraph, or over two lines."""
    above = ""
    for index in range(first - 1, max(begin, first - _TITLE_REACH) - 1, -1):
        block = blocks[index]
        if type(block) is not Paragraph or len(block.text) > 80:
            above = ""
            continue
        title = parse_title(block.text)
        if title:
            return _completed(title, blocks, index, begin)
        if above and len(block.text) <= 40 and not ends.is_furniture(block.text):
            joined = parse_title(block.text + above)
            if joined:
                return joined, index, index + 2
        above = block.text
    return None, 0, 0


def _completed(title: Title, blocks: Sequence[Block], index: int, begin: int) -> tuple[Title, int, int]:
    """A title without an agency, completed by the line above it."""
    previous = blocks[index - 1] if index > begin else None
    if title.agency is None and isinstance(previous, Paragraph) and ends.is_unit(previous.text):
        agency = "".join(previous.text.split())
        return Title(f"{previous.text} {title.text}", title.year, agency), index - 1, index + 1
    return title, index, index + 1


def _glued_title(blocks: Sequence[Block], first: Mark, begin: int) -> tuple[Title, int] | None:
    """A title inside one of the paragraphs just above the first heading, before other text."""
    for index in range(max(begin, first.index - 3), first.index):
        block = blocks[index]
        if type(block) is Paragraph:
            text = block.text[:_HEAD]
            found = find_title(text)
            if found and not text[: found[1]][-1:].strip(" \t\u3000>】|"):
                return found[0], index
    return None


def _preamble_start(blocks: Sequence[Block], first: int, begin: int) -> int:
    """Where the sentences begin that lead up to the first heading of a report without a title."""
    start = first
    while start > begin and first - start < 5:
        block = blocks[start - 1]
        if type(block) is not Paragraph or len(block.text) < 25 or ends.is_furniture(block.text):
            break
        start -= 1
    return start


def _untitled(blocks: Sequence[Block]) -> list[Frame]:
    """The frame of a document without headings: it begins after the first title there is."""
    for index, block in enumerate(blocks):
        if type(block) is Paragraph and len(block.text) <= 80:
            title = parse_title(block.text)
            if title:
                title, start, body = _completed(title, blocks, index, 0)
                return [Frame(start, len(blocks), [], title, body)]
    return [Frame(0, len(blocks), [])]


def _end_of_head(text: str) -> int:
    """Where the report's text begins in a paragraph that has the title, and page furniture, glued before it."""
    found = find_title(text[:_HEAD])
    at = found[2] if found else 0
    for token in re.finditer(r"\S+", text[at : at + _HEAD]):
        if len(token[0]) > 24 or "。" in token[0] or not (ends.is_furniture(token[0]) or len(token[0]) < 12):
            return at + token.start()
    return at


def _is_glued(mark: Mark, blocks: Sequence[Block]) -> bool:
    block = blocks[mark.index]
    return isinstance(block, Paragraph) and (mark.start > 0 or mark.end < len(block.text))


def _parted(blocks: Sequence[Block], marks: list[Mark]) -> list[Block]:
    """The blocks, with each heading a paragraph of its own."""
    by_index: dict[int, list[Mark]] = {}
    for mark in marks:
        by_index.setdefault(mark.index, []).append(mark)
    parted: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and index in by_index:
            parted += _pieces(block, by_index[index])
        else:
            parted.append(block)
    return parted


def _pieces(block: Paragraph, marks: list[Mark]) -> list[Paragraph]:
    pieces: list[Paragraph] = []
    at = 0
    for mark in marks:
        pieces.append(Paragraph(block.text[at : mark.start].strip(), block.place))
        pieces.append(Paragraph(block.text[mark.start : mark.end], block.place, block.heading))
        at = mark.end
    pieces.append(Paragraph(block.text[at:].strip(), block.place))
    return [piece for piece in pieces if piece.text]


def _add(parts: dict[str, list[str]], key: str, text: str, heads: list[str]) -> bool:
    """Add a paragraph to a part, or to the `heads` above the preamble; returns whether the part has it."""
    text = text.strip()
    if not text:
        return False
    if key == "preamble":
        if ends.is_furniture(text) or heading_of(text) or "".join(text.split()) == "目录":
            return False
        if len(text) <= 32 and (ends.is_unit(text) or text[0] in "（("):
            heads.append(text)
            return False
    parts[key].append(text)
    return True


def _narrative(parts: dict[str, list[str]], headings: list[Heading], heads: list[str], last: str) -> Narrative:
    tail = parts[last]
    stop = _end_of_report(tail) if last != "preamble" else len(tail)
    signature = ends.find_signature(tail[:stop])
    signed_by, signed_on = (signature.by, signature.on) if signature else (None, None)
    tail = tail[: signature.start if signature else stop]
    if tail and last != "preamble":
        text = ends.without_glued_furniture(tail[-1])
        text, by, on = ends.glued_signature(text)
        signed_by, signed_on = signed_by or by, signed_on or on
        tail = [*tail[:-1], text]
    parts[last] = tail
    if headings and headings[0].key == "proactive" and "overview" not in parts:
        parts = _with_overview(parts)
    dated = next(filter(None, map(find_date, heads)), None)
    if dated and not signed_on:  # some agencies sign below the title
        signed_on = dated[0]
        signed_by = signed_by or next(("".join(head.split()) for head in heads if ends.is_unit(head)), None)
    if not signed_on and parts["preamble"]:
        text, by, signed_on = ends.glued_head(parts["preamble"][0])
        parts["preamble"], signed_by = [text, *parts["preamble"][1:]], signed_by or by
    sections = {key: "\n".join(texts) for key, texts in parts.items() if texts or key != "preamble"}
    return Narrative(sections, tuple(headings), signed_by, signed_on, heads)


def _with_overview(parts: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parts of a report whose first heading is missing: what follows the opening words is 总体情况."""
    preamble = parts["preamble"]
    first = next((at + 1 for at, text in enumerate(preamble[:2]) if _OPENING_WORDS.search(text)), 0)
    if len(preamble) <= first:
        return parts
    return {"preamble": preamble[:first], "overview": preamble[first:]} | {
        key: texts for key, texts in parts.items() if key != "preamble"
    }


def _end_of_report(paragraphs: Sequence[str]) -> int:
    """The index of the first paragraph of the last part that belongs to the page, not to the report."""
    for at, text in enumerate(paragraphs):
        if at and ends.is_furniture(text):
            return at
    return len(paragraphs)
