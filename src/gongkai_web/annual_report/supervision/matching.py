"""Which body of the tree a printed name belongs to. A name that fits several belongs to none until a person says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from gongkai_web.accounts.models import Agency

_FILLING = re.compile(r"[\s（）()“”\"'·]")
_LONG_FORMS = (("卫健", "卫生健康"), ("人社", "人力资源和社会保障"), ("发改", "发展和改革"), ("住建", "住房和城乡建设"))
_ENDINGS = re.compile(r"(?:委员会|委|局|厅|办公室|人民政府|政府)$")


class Roll:
    """The bodies whose reports are looked for."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = list(agencies)

    def find(self, printed: str | None) -> Agency | None:
        """The one body that the name fits: exactly, spelled out, or without the region before it."""
        name = _plain(printed or "")
        if not name:
            return None
        if name in self._exact:
            return self._exact[name]
        fitting = {one.pk: one for spelled, one in self._spelled if _fits(_spelled_out(name), spelled)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    @cached_property
    def _exact(self) -> dict[str, Agency]:
        found: dict[str, Agency] = {}
        for one in self.agencies:
            for name in (one.short_name, one.name):
                found[_plain(name)] = one
        return found

    @cached_property
    def _spelled(self) -> list[tuple[str, Agency]]:
        return [(_spelled_out(_plain(one.name)), one) for one in self.agencies]


def _plain(name: str) -> str:
    return _FILLING.sub("", name)


def _spelled_out(name: str) -> str:
    for short, full in _LONG_FORMS:
        name = name.replace(short, full)
    return _ENDINGS.sub("", name)


def _fits(name: str, other: str) -> bool:
    """示例市洛河区卫生健康局 fits 洛河区卫生健康局; 局 alone fits nothing."""
    shorter = min(len(name), len(other))
    return shorter >= 4 and (name.endswith(other) or other.endswith(name))
