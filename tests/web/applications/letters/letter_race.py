"""Run by the tests in processes of its own: `letter_race.py sign|numbers|serve officer signer letters…`.

Every letter named is acted on in a thread of its own, all at once; what each came to is printed as a JSON line.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import connections  # noqa: E402  # after the set-up
from django.utils import timezone  # noqa: E402

from gongkai.applications.service import Channel, Service  # noqa: E402
from gongkai.errors import GongkaiError  # noqa: E402
from gongkai_web.accounts.models import User  # noqa: E402
from gongkai_web.applications.models import Letter  # noqa: E402
from gongkai_web.applications.services import letters  # noqa: E402


def main(act: str, officer: str, signer: str, *keys: str) -> None:
    """Print `ready`, wait for a line, then act."""
    handler, head = User.objects.get(username=officer), User.objects.get(username=signer)

    def run(key: str) -> str:
        try:
            letter = Letter.objects.get(pk=int(key))
            if act == "serve":
                letters.serve(letter, Service(Channel.IN_PERSON, timezone.localdate()), by=handler)
                return str(letter.state)
            return letters.sign(letter, by=head).number
        except GongkaiError as error:
            return error.code
        finally:
            connections.close_all()

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(len(keys)) as pool:
        for found in pool.map(run, keys):
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
