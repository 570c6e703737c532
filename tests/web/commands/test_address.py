"""Where the server listens."""

from __future__ import annotations

import socket

import pytest

from gongkai_web.commands.address import Address, BindError


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("8080", "127.0.0.1", 8080),
        ("gov.example:80", "gov.example", 80),
        ("[::1]:8000", "::1", 8000),
        (":9000", "127.0.0.1", 9000),
    ],
)
def test_an_address_is_read_in_every_usual_form(text: str, host: str, port: int) -> None:
    assert Address.parse(text) == Address(host, port)


@pytest.mark.parametrize("text", ["", "localhost", "localhost:", "a:0", "a:65536", "a:８０", "a:-1"])
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BindError) as refused:
        Address.parse(text)
    assert "127.0.0.1:8000" in refused.value.hint


def test_what_listens_everywhere_is_called_on_this_machine() -> None:
    assert Address("0.0.0.0", 8000).url == "http://127.0.0.1:8000"  # noqa: S104  # what the test is about


def test_a_taken_port_is_refused_before_anything_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BindError) as refused:
            Address("127.0.0.1", taken.getsockname()[1]).require_free()
    assert refused.value.code == "BIND-TAKEN"
    assert "--bind" in refused.value.hint
