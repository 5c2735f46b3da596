"""What can be done in the background: every room registers its own work here, in its module `jobs`.

    from portal.jobs.registry import job, tick

    @job("feeds.pull", every_s=900)
    def pull(run):                      # run: portal.jobs.queue.Run
        for number, source in enumerate(due_sources(), start=1):
            with transaction.atomic():  # a job keeps each of its steps whole; after a crash it is run again
                pull_one(source)
            run.progress(f"{number}")   # also keeps the job ours, and leaves when the runner stops

    @tick("search.outbox")
    def drain():                        # called every 0.2 s by the runner, on one thread
        ...

`load()` imports the module `jobs` of every installed app; the runner calls it, a web process never needs to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from portal.jobs.queue import Run


@dataclass(frozen=True)
class Work:
    """A registered job: its name, the function that does it and, for recurring work, how often (seconds)."""

    name: str
    function: Callable[["Run"], None]
    every_s: int | None = None


_jobs: dict[str, Work] = {}
_ticks: dict[str, Callable[[], Thread | None]] = {}


def job(name: str, every_s: int | None = None):
    """Register the decorated function `function(run)` as the job `name`; with `every_s` it recurs by itself."""

    def register(function):
        known = _jobs.get(name)
        if known and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Two functions want to be the job “{name}”: {known.function!r} and {function!r}.")
        _jobs[name] = Work(name, function, every_s)
        return function

    return register


def tick(name: str):
    """Register the decorated function `function()` to be called five times a second by the runner; keep it short.

    What takes long it begins in a thread, which it returns for whoever makes one round and then stops.
    """

    def register(function):
        _ticks[name] = function
        return function

    return register


def load() -> None:
    """Import the module `jobs` of every installed app, so that its work is known."""
    autodiscover_modules("jobs")


def names() -> tuple[str, ...]:
    """The names of all registered jobs."""
    return tuple(_jobs)


def get(name: str) -> Work:
    """The registered job of that name. Raises KeyError when there is none."""
    return _jobs[name]


def recurring() -> tuple[Work, ...]:
    """The registered jobs that recur by themselves."""
    return tuple(work for work in _jobs.values() if work.every_s)


def ticks() -> dict[str, Callable[[], Thread | None]]:
    """The registered ticks by name."""
    return dict(_ticks)
