"""Progress on the terminal: each step by name, with the seconds it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 44
started = time.monotonic()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Show a step while it is being done and its time when it is."""
    print(f"  {name} ".ljust(WIDTH, "."), end=" ", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print("not finished", flush=True)
        raise
    print(f"{time.monotonic() - begun:5.1f} s", flush=True)


def since_start() -> float:
    """Seconds since this program was started."""
    return time.monotonic() - started
