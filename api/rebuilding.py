"""Rebuilding projections from the command line."""

from functools import partial

from rich.progress import Progress

from api.settings import NotConfigured, Settings
from api.wiring import PROJECTIONS, Core, worker
from infrastructure.postgres import connect
from projections.rebuild import Rebuild, Rebuilt


def rebuild(settings: Settings, name: str, workers: int, progress: Progress) -> dict[str, Rebuilt]:
    """Rebuild one projection, or all of them one after the other. Raises `NotConfigured` for an unknown name."""
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
                workers=workers,
            )
            done[projection.name] = rebuilding.run(
                progress=lambda told, to_tell, task=task: progress.update(task, completed=told, total=to_tell)  # type: ignore[misc]
            )
    return done
