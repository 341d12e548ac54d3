"""Runs histories of the storm in parallel processes.

    python3 build_scripts/dev.py storm [--histories N] [--seed S] [--processes P]
    python3 build_scripts/dev.py storm --seed S --tell | --mutants

History number n has the seed S + n. Every seed that fails is printed; with `--tell`
one history is told from its beginning.
"""

import argparse
import gc
import logging
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Iterator
from multiprocessing.util import Finalize
from typing import Final

from field_app.texts import set_language
from tests.storm.history import Storm, a_storm

CHUNK: Final = 25
"""Histories that a process takes at a time."""


def _wished(arguments: list[str]) -> argparse.Namespace:
    """Return what is to be run."""
    parser = argparse.ArgumentParser(prog="dev.py storm", description=__doc__)
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--tell", action="store_true", help="print the whole story of the first")
    parser.add_argument("--mutants", action="store_true", help="list the broken variants")
    return parser.parse_args(arguments)


def _prepare() -> None:
    """Keep the histories away from this computer's keyring, and speak one language."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    set_language("en")
    logging.getLogger("field_app").setLevel(logging.CRITICAL)


_storms: list[Storm] = []
"""The one of this process."""


def _begin() -> None:
    """Make this process ready for histories."""
    _prepare()
    storm = Storm()
    _storms.append(storm)
    Finalize(storm, storm.closes, exitpriority=1)
    gc.collect()
    gc.freeze()  # what every history uses is not looked through again and again


def run_some(seeds: range) -> list[tuple[int, str]]:
    """Run histories in this process and return the seeds that failed, each with why."""
    failed = []
    for seed in seeds:
        try:
            _storms[0].history(seed)
        except Exception:  # noqa: BLE001 - whatever it is, the seed is reported and the rest runs
            failed.append((seed, traceback.format_exc()))
    return failed


def _run_all(seeds: range, processes: int) -> Iterator[list[tuple[int, str]]]:
    """Run histories in parallel processes."""
    chunks = [seeds[n : n + CHUNK] for n in range(0, len(seeds), CHUNK)]
    with multiprocessing.get_context("spawn").Pool(processes, _begin) as pool:
        yield from pool.imap_unordered(run_some, chunks)
        pool.close()
        pool.join()


def _tell(seed: int) -> int:
    """Print the whole story of one history."""
    _prepare()
    with a_storm() as storm:
        try:
            story = storm.history(seed, tell=print)
        except Exception:  # noqa: BLE001 - printed as it is
            traceback.print_exc()
            return 1
    print(f"every promise held; fingerprint {story.fingerprint[:16]}")
    return 0


def _list_mutants() -> int:
    """Print the broken variants that the storm catches."""
    from tests.storm.mutants import MUTANTS

    for name, mutant in MUTANTS.items():
        print(f"{name}: {mutant.words}")
    return 0


def main(arguments: list[str]) -> int:
    """Run what is wished and return the exit code: 1 when a history failed."""
    wish = _wished(arguments)
    if wish.mutants:
        return _list_mutants()
    if wish.tell:
        return _tell(wish.seed)
    seeds = range(wish.seed, wish.seed + wish.histories)
    print(f"{wish.histories} histories, seeds {seeds.start} to {seeds.stop - 1}", flush=True)
    began = time.perf_counter()
    failed = [pair for some in _run_all(seeds, wish.processes) for pair in some]
    took = time.perf_counter() - began
    for seed, words in sorted(failed):
        print(f"\nseed {seed}\n{words}")
    print(f"{len(seeds) / took:.1f} histories/s, {took:.0f} s, {wish.processes} processes")
    names = ", ".join(str(seed) for seed, _ in sorted(failed))
    print(f"{len(failed)} failed: {names}" if failed else "every promise held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
