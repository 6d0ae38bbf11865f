"""Rebuilding projections from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from threading import Event

from rich.progress import Progress

from api.settings import NotConfigured, Settings
from api.wiring import PROJECTIONS, Core, worker
from infrastructure.postgres import connect
from projections.rebuild import Rebuild, Rebuilt


def rebuild(settings: Settings, name: str, workers: int, progress: Progress) -> dict[str, Rebuilt]:
    """Rebuild one projection, or all of them one after the other, with so many processes.

    Raises `NotConfigured` for an unknown name.
    """
    wanted = [each for each in PROJECTIONS if name in (each.name, "all")]
    if not wanted:
        known = ", ".join(each.name for each in PROJECTIONS)
        raise NotConfigured(f"there is no projection {name}: there are {known}")
    done = {}
    with Core.opened(settings) as core:
        for projection in wanted:
            task = progress.add_task(projection.name, total=None)
            rebuilding = Rebuild(
                projection=projection,
                connect_owner=partial(connect, core.access.owner),
                runner=worker(core),
                workers=1,
                beside=partial(_beside, settings.reaching(core.access), projection.name, workers - 1),
            )
            done[projection.name] = rebuilding.run(
                progress=lambda told, to_tell, task=task: progress.update(task, completed=told, total=to_tell)  # type: ignore[misc]
            )
    return done


@contextmanager
def _beside(settings: Settings, name: str, processes: int) -> Iterator[None]:
    """Processes that tell the new tables meanwhile, killed at the end: what a batch did not commit is told again."""
    context = get_context("spawn")
    others = [context.Process(target=_tell, args=(settings, name), daemon=True) for _ in range(processes)]
    for each in others:
        each.start()
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.join()


def _tell(settings: Settings, name: str) -> None:
    with Core.opened(settings) as core, worker(core) as runner:
        projections = [each for each in PROJECTIONS if each.name == name]
        replace(runner, projections=projections, doorbell=None, building=True).run(Event())
