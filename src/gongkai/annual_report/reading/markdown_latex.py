r"""LaTeX in recognised pages: `$27$` in a cell, and tables in `\begin{tabular}`, as the pipe rows they stand for."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\$\s*([+\-]?[\d,.\s/%\\]{1,40}?)\s*\$|\\\(\s*([+\-]?[\d,.\s/%\\]{1,40}?)\s*\\\)")
_BEGIN = re.compile(r"\\begin\{(?:tabular[x*]?|array|longtable)\}")
_END = re.compile(r"\\end\{(?:tabular[x*]?|array|longtable)\}")
_FRAME = re.compile(
    r"\\(?:begin|end)\{[a-z*]+\}(?:\[[^\[\]]{0,20}\])?(?:\{[^{}]{0,80}\}){0,2}|\\(?:hline|centering|toprule|midrule|bottomrule)\b"
    r"|\\c(?:line|midrule)\{[^{}]{0,20}\}"
)
_SPAN = re.compile(r"\\multi(?:row|column)\{[^{}]{1,9}\}\{[^{}]{0,40}\}\{([^{}]{0,200})\}")
_DRESSED = re.compile(
    r"\\(?:text(?:bf|it|rm)?|mathrm|mathbf|makecell|shortstack|caption)(?:\[[a-z]\])?\{([^{}]{0,200})\}"
)
_MOST_LINES = 400  # of one table


def without_latex(text: str) -> str:
    r"""The text with LaTeX numbers and tables as Markdown has them; lines stay lines.

    >>> without_latex("| 规章 | $0$ |")
    '| 规章 | 0 |'
    """
    if "$" in text or "\\(" in text:
        text = _NUMBER.sub(lambda found: (found[1] or found[2]).replace("\\", ""), text)
    if "\\begin{" not in text:
        return text
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        after = _end_of_table(lines, at) if _BEGIN.search(lines[at]) else at
        if after > at:
            lines[at:after] = _piped(lines[at:after])
        elif lines[at].lstrip().startswith(("\\begin{", "\\end{", "\\caption", "\\centering")):
            lines[at] = _plain(lines[at])
        at = max(after, at + 1)
    return "\n".join(lines)


def _end_of_table(lines: list[str], start: int) -> int:
    """The index of the line after the table that begins on line `start`; `start` itself where it does not end."""
    for at in range(start, min(start + _MOST_LINES, len(lines))):
        if _END.search(lines[at]):
            return at + 1
    return start


def _piped(lines: list[str]) -> list[str]:
    """The rows of a table, each on the line on which it begins."""
    rows = [""] * len(lines)
    begun: int | None = None
    for at, line in enumerate(lines):
        for n, part in enumerate(_plain(line).split("\\\\")):
            if n:
                begun = None
            if part.strip():
                begun = at if begun is None else begun
                rows[begun] += f"{' ' if rows[begun] else ''}{part.strip()}"
    return [f"| {row.replace('&', ' | ')} |" if "&" in row else row for row in rows]


def _plain(line: str) -> str:
    for pattern in (_SPAN, _DRESSED):
        line = pattern.sub(r"\1", line)
    return _FRAME.sub("", line).replace("\\%", "%").replace("\\&", "＆").replace("\\_", "_")
