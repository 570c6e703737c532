"""Times alternatives in turn within one process, so that a drift of the machine's speed touches all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(
    alternatives: Mapping[str, Callable[[], object]], *, rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median seconds of one call of each alternative over `rounds` rounds, after one warm-up round.

    `time.thread_time` as the clock counts the processor's time alone, for a machine that has other work.
    """
    samples: dict[str, list[float]] = {name: [] for name in alternatives}
    gc.collect()
    for round_number in range(rounds + 1):
        for name, call in alternatives.items():
            started = clock()
            call()
            elapsed = clock() - started
            if round_number:
                samples[name].append(elapsed)
    return {name: statistics.median(times) for name, times in samples.items()}


def show(title: str, seconds: Mapping[str, float], *, per: int = 1, unit: str = "call") -> None:
    """Print a table: milliseconds for each alternative and its ratio to the first one."""
    first = next(iter(seconds.values()))
    print(f"\n{title}")
    for name, value in seconds.items():
        print(f"  {name:<44} {value / per * 1000:10.3f} ms/{unit} {value / first:9.2f}×")
