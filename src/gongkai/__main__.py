"""`python -m gongkai` is the command `gongkai`, for where its script is not on the path."""

from __future__ import annotations

import sys

from gongkai.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
