"""Where the server listens: `host:port`."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from gongkai.errors import GongkaiError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # recognised, never a default
_HIGHEST_PORT = 65535


class BindError(GongkaiError):
    """The address cannot be understood or somebody else listens there."""


@dataclass(frozen=True)
class Address:
    """A host name or address and a port.

    >>> Address.parse("8080"), Address.parse("[::1]:8000").url
    (Address(host='127.0.0.1', port=8080), 'http://[::1]:8000')
    """

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `host:port`, `port` or `[ipv6]:port`. Raises: `BindError`."""
        host, _, port = text.strip().rpartition(":")
        if not port.isascii() or not port.isdigit() or not 0 < int(port) <= _HIGHEST_PORT:
            raise BindError("BIND", f"监听地址“{text}”无法识别。", "请写成 127.0.0.1:8000 的形式，端口为1至65535。")
        return cls(host.strip("[]") or "127.0.0.1", int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def reachable(self) -> Address:
        """How one reaches it from this machine: `0.0.0.0` is no address to call."""
        return Address(_EVERYWHERE.get(self.host, self.host), self.port)

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        return f"http://{self.reachable}"

    def require_free(self) -> None:
        """Raises: `BindError` when somebody listens there already or the host is not this machine's."""
        try:
            family = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0][0]
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((self.host, self.port))
        except OSError as error:
            raise BindError(
                "BIND-TAKEN", f"不能在 {self} 监听：{error.strerror or error}。", "请用 --bind 换一个端口或地址。"
            ) from error

    def answers(self) -> bool:
        """Does a web server answer there? A listening socket alone does not: its workers may still be starting."""
        reachable = self.reachable
        connection = HTTPConnection(reachable.host, reachable.port, timeout=1)
        try:
            connection.request("GET", "/robots.txt")
            return connection.getresponse().status > 0
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
