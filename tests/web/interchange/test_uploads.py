"""Uploaded files: what is refused, and why."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest
from PIL import Image

from gongkai_web.interchange import archives
from gongkai_web.interchange.archives import open_archive
from gongkai_web.interchange.errors import ArchiveRefused, UploadRefused
from gongkai_web.interchange.uploads import check_upload

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def zipped(files: dict[str, bytes], **how: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def picture(kind: str, **how: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("通知.pdf", PDF),
        ("表.csv", "甲,乙".encode("gb18030")),
        ("图.png", picture("PNG")),
        ("申请表.docx", zipped({"word/document.xml": b"<w/>"})),
        ("附件.zip", zipped({"甲.txt": b"text"})),
        ("说明.html", "<h2>说明</h2>".encode()),
    ],
)
def test_an_ordinary_file_is_taken_as_it_is(name: str, data: bytes) -> None:
    assert check_upload(name, data).data == data


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("程序.exe", b"MZ", "FILE-TYPE"),
        ("图.svg", b"<svg/>", "FILE-TYPE"),
        ("空.pdf", b"", "FILE-EMPTY"),
        ("假.pdf", b"MZ\x90\x00", "FILE-CONTENT"),
        ("假.png", picture("JPEG"), "FILE-CONTENT"),
        ("假.docx", zipped({"a.txt": b"x"}), "FILE-CONTENT"),
        ("假.txt", b"a\x00b", "FILE-CONTENT"),
        ("断.png", picture("PNG")[:60], "FILE-PICTURE"),
        ("断.pdf", b"%PDF-1.4 broken", "FILE-PDF"),
        ("宏.docx", zipped({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "FILE-ACTIVE"),
        ("宏.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "FILE-ACTIVE"),
        ("脚本.html", b"<p onclick='x()'>", "FILE-ACTIVE"),
        ("脚本.html", "<script>".encode("utf-16"), "FILE-ACTIVE"),
        (
            "脚本.pdf",
            PDF.replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x)>>>>"),
            "FILE-ACTIVE",
        ),
        ("实体.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "FILE-ACTIVE"),
        ("程序.zip", zipped({"setup.exe": b"MZ"}), "FILE-ACTIVE"),
        ("对象.rtf", rb"{\rtf1{\object\objdata 00}}", "FILE-ACTIVE"),
    ],
)
def test_what_is_not_what_it_says_or_acts_by_itself_is_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        check_upload(name, data)
    assert refused.value.code == code
    assert refused.value.hint


def test_a_file_over_the_limit_is_refused(settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1 << 20
    with pytest.raises(UploadRefused, match="超过1MB"):
        check_upload("长.txt", b"a" * ((1 << 20) + 1))


def test_a_photograph_loses_the_place_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "camera of somebody"
    taken = check_upload("照片.jpg", picture("JPEG", exif=exif)).data
    with Image.open(io.BytesIO(taken)) as cleaned:
        assert (cleaned.size, dict(cleaned.getexif())) == ((20, 40), {})
    assert b"camera of somebody" not in taken


def test_names_of_chinese_windows_are_read_and_the_outer_folder_is_left_out() -> None:
    data = bytearray(zipped({"AAAA/BBBB.txt": b"text"}))
    gbk = "存量/附件".encode("gbk")
    for name in (b"AAAA/BBBB",):
        data = bytearray(bytes(data).replace(name, gbk))
    assert list(open_archive(io.BytesIO(bytes(data)))) == ["附件.txt"]


@pytest.mark.parametrize("name", ["../甲.txt", "/etc/甲.txt", "C:/甲.txt", "..\\甲.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        open_archive(io.BytesIO(zipped({name: b"text"})))
    assert refused.value.code == "ZIP-PATH"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ArchiveRefused) as refused:
        open_archive(io.BytesIO(zipped({"甲.txt": b"\0" * (20 << 20)})))
    assert refused.value.code == "ZIP-BOMB"


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_announced() -> None:
    data = zipped({"a.txt": b"\0" * 5000})
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data = data[:place] + struct.pack("<I", 10) + data[place + 4 :]
    with pytest.raises(ArchiveRefused):
        open_archive(io.BytesIO(data)).read("a.txt")


def test_too_many_entries_links_and_passwords_are_refused(monkeypatch: Any) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ArchiveRefused, match="是链接"):
        open_archive(file)
    locked = bytearray(zipped({"a.txt": b"text"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiveRefused, match="密码"):
        open_archive(io.BytesIO(bytes(locked)))
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    with pytest.raises(ArchiveRefused, match="最多2个"):
        open_archive(io.BytesIO(zipped({f"{number}.txt": b"" for number in range(3)})))


@pytest.mark.parametrize("junk", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" + b"\x00" * 40])
def test_what_is_no_archive_is_refused_in_words(junk: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        open_archive(io.BytesIO(junk))


def test_a_damaged_entry_is_refused_in_words() -> None:
    data = bytearray(zipped({"甲.txt": b"text " * 400}))
    data[60:70] = b"\xff" * 10
    with pytest.raises(ArchiveRefused):
        open_archive(io.BytesIO(bytes(data))).read("甲.txt")
