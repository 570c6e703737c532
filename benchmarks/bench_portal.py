"""Public pages beside an empty Django view in the same installation: inside one process, and over HTTP by gunicorn.

All times are the processor's, and the alternatives take turns, so that other work on the machine touches them little.

Run: make bench, or .venv/bin/python benchmarks/bench_portal.py
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent
ITEM = "/items/5/"
PAGES = {
    "an item": ITEM,
    "an item in the register": "/items/1/",
    "a column": "/agencies/health/statutory/",
    "an agency": "/agencies/health/",
    "the home page": "/",
    "the policy library": "/policies/",
}
ROUNDS = 40
CALLS = 10
HTTP_ROUNDS = 6
WANTED = 0.5  # of the rate of an empty view: an item whose page is not in the cache


def main() -> None:
    with tempfile.TemporaryDirectory() as var:
        os.environ["GONGKAI_VAR"] = var
        subprocess.run([sys.executable, HERE / "portal_site.py"], check=True, stderr=subprocess.DEVNULL)  # noqa: S603
        in_process()
        over_http()


def in_process() -> None:
    """WSGI calls without a socket: what the pages themselves cost."""
    from portal_site import application  # noqa: PLC0415  # reads GONGKAI_VAR when imported
    from timing import medians, show  # noqa: PLC0415

    fresh = count()

    def get(path: str, **headers: str) -> dict[str, str]:
        answered: list[tuple[str, list[tuple[str, str]]]] = []
        where, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, **headers,
        }  # fmt: skip
        response = application(environ, lambda status, head: answered.append((status, head)))
        b"".join(response)
        response.close()
        assert answered[0][0][:3] in {"200", "304"}, (path, answered)
        return dict(answered[0][1])

    def uncached(path: str) -> Callable[[], object]:
        """An address that was never asked for: nothing of the page is in the cache."""
        return lambda: get(f"{path}?n={next(fresh)}")

    etag = get(ITEM)["ETag"]
    alternatives: dict[str, Callable[[], object]] = {"empty view": lambda: get("/empty/")}
    alternatives["an item, unchanged (304)"] = lambda: get(ITEM, HTTP_IF_NONE_MATCH=etag)
    for name, path in PAGES.items():
        alternatives[f"{name}, cached"] = lambda path=path: get(path)
        alternatives[f"{name}, uncached"] = uncached(path)
    runs = {name: several(call) for name, call in alternatives.items()}
    spent = medians(runs, rounds=ROUNDS, clock=time.thread_time)
    show("In one process, median of the processor's time", spent, per=CALLS, unit="page")


def several(call: Callable[[], object]) -> Callable[[], object]:
    """Some calls in a row: a single one would mostly show what its neighbour left in the processor's cache."""
    return lambda: [call() for _ in range(CALLS)]


def over_http() -> None:
    """What one gunicorn worker spends on an answer, asked over kept connections by wrk."""
    if shutil.which("wrk") is None:
        print("\n!!! SKIPPED: over HTTP — wrk is not installed (Debian package wrk)")
        return
    asked = {"empty view": ("/empty/", False), "an item, cached": (ITEM, False), "an item, uncached": (ITEM, True)}
    spent: dict[str, list[float]] = {name: [] for name in asked}
    with server() as (base, pid), tempfile.TemporaryDirectory() as folder:
        for turn in range(HTTP_ROUNDS + 1):
            for name, (path, fresh) in asked.items():
                before = processor_seconds(pid)
                answers = wrk(base + path, fresh=fresh, folder=Path(folder), turn=turn)
                if turn:  # the first turn warms up
                    spent[name].append((processor_seconds(pid) - before) / answers)
    seconds = {name: statistics.median(each) for name, each in spent.items()}
    print("\nOver HTTP, gunicorn with one worker, the processor's time for an answer")
    for name, value in seconds.items():
        print(f"  {name:<44} {value * 1000:10.3f} ms {seconds['empty view'] / value:9.0%} of the empty view's rate")
    reached = seconds["empty view"] / seconds["an item, uncached"]
    assert reached >= WANTED, f"an uncached item reaches {reached:.0%} of an empty view's rate, wanted {WANTED:.0%}"


def processor_seconds(pid: int) -> float:
    """What the server's one worker has used so far, in the system and in its own code."""
    worker = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0]
    fields = Path(f"/proc/{worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def server() -> Iterator[tuple[str, int]]:
    """gunicorn on a free port, and the number of its process; stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--worker-class=gthread", "--threads=1", "--chdir", str(HERE)]
    command += ["-b", f"127.0.0.1:{port}", "portal_site"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  # arguments of our own
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(base + "/empty/")
        yield base, process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own server
            return
        time.sleep(0.2)
    sys.exit("gunicorn did not start")


def wrk(url: str, *, fresh: bool, folder: Path, turn: int) -> int:
    """Number of answers within a second; `fresh` gives every request an address of its own, so that no page comes
    from the cache."""
    script = folder / "fresh.lua"
    number = f"wrk.path .. '?n={turn}.' .. n"
    script.write_text(f"local n = 0\nrequest = function()\n  n = n + 1\n  return wrk.format('GET', {number})\nend\n")
    command = ["wrk", "-t1", "-c2", "-d1s", *(["-s", str(script)] if fresh else []), url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    assert "Non-2xx" not in told, told
    found = re.search(r"(\d+) requests in", told)
    assert found, told
    return int(found[1])


if __name__ == "__main__":
    main()
