"""Bytes become text whatever the file says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.encoding import decode

TEXT = "政府信息公开工作年度报告，喆〇"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_encodings_are_recognised(encoding: str) -> None:
    text = TEXT.replace("喆", "") if encoding == "gbk" else TEXT
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert not decoded.lost


def test_utf16_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_a_declared_charset_is_honoured_when_it_fits() -> None:
    assert decode("政府資訊公開".encode("big5"), declared="Big5").text == "政府資訊公開"


def test_a_wrong_declaration_does_not_harm() -> None:
    assert decode(TEXT.encode(), declared="gb2312").text == TEXT
    assert decode(TEXT.encode("gb18030"), declared="utf-8").text == TEXT
    assert decode(TEXT.encode("gb18030"), declared="no-such-charset").text == TEXT


def test_a_cut_file_loses_only_its_end_and_says_so() -> None:
    decoded = decode(TEXT.encode()[:-1])
    assert decoded.lost
    assert decoded.text.startswith("政府信息公开工作年度报告")


@settings(deadline=None)  # the first look-up of a codec imports it
@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=10)))
def test_no_bytes_raise(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared=declared).text, str)
