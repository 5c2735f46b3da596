"""Registry of background jobs. Each app registers its jobs in its module `jobs`.

    from portal.jobs.registry import job, tick

    @job("feeds.pull", every_s=900)
    def pull(run: Run) -> None:         # portal.jobs.run.Run
        for number, source in enumerate(due_sources(), start=1):
            with transaction.atomic():  # each step whole: after a crash the job is run again
                pull_one(source)
            run.progress(f"{number}")   # renews the lease of the job, and leaves when the runner stops

    @tick("search.outbox")
    def drain() -> None:                # called every 0.2 s by the runner, on one thread
        ...

The runner calls `load()`, which imports the module `jobs` of every installed app; a web process never needs to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import TypeVar

from django.utils.module_loading import autodiscover_modules

from portal.jobs.run import Run

JobFunction = Callable[[Run], None]
TickFunction = Callable[[], Thread | None]
AnyJobFunction = TypeVar("AnyJobFunction", bound=JobFunction)
AnyTickFunction = TypeVar("AnyTickFunction", bound=TickFunction)


@dataclass(frozen=True)
class RegisteredJob:
    """A job: its name, the function that does it and, when it recurs by itself, how often (in seconds)."""

    name: str
    function: JobFunction
    every_s: int | None = None


_jobs: dict[str, RegisteredJob] = {}
_ticks: dict[str, TickFunction] = {}


def job(name: str, every_s: int | None = None) -> Callable[[AnyJobFunction], AnyJobFunction]:
    """Register the decorated function `function(run)` as the job `name`; with `every_s` it recurs by itself."""

    def register(function: AnyJobFunction) -> AnyJobFunction:
        existing = _jobs.get(name)
        if existing and existing.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Two functions want to be the job “{name}”: {existing.function!r} and {function!r}.")
        _jobs[name] = RegisteredJob(name, function, every_s)
        return function

    return register


def tick(name: str) -> Callable[[AnyTickFunction], AnyTickFunction]:
    """Register the decorated function to be called five times a second by the runner; it must be quick.

    It may start a thread for what takes long. It returns that thread, so that `runjobs --once` can wait for it.
    """

    def register(function: AnyTickFunction) -> AnyTickFunction:
        _ticks[name] = function
        return function

    return register


def load() -> None:
    """Import the module `jobs` of every installed app, so that its jobs are registered."""
    autodiscover_modules("jobs")


def names() -> tuple[str, ...]:
    """Return the names of all registered jobs."""
    return tuple(_jobs)


def get(name: str) -> RegisteredJob:
    """Return the registered job of that name. Raises KeyError when there is none."""
    return _jobs[name]


def recurring() -> tuple[RegisteredJob, ...]:
    """Return the registered jobs that recur by themselves."""
    return tuple(registered for registered in _jobs.values() if registered.every_s)


def ticks() -> dict[str, TickFunction]:
    """Return the registered ticks by name."""
    return dict(_ticks)
