"""A list of beneficiaries from the command line, with progress."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress
from uuid_utils.compat import uuid7

from api.importing import bring_up_to_date
from api.lines import answers
from api.lists import Terms, saving
from api.settings import Settings
from api.wiring import Core, prepare
from application.imports.lists.following import FollowUpCame
from application.imports.lists.list import opened
from domain.vocabulary import Actor, Role, Subject
from infrastructure.spreadsheets import read_list

CLIENT: Final = "rdv-insertion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file, whose list it is, and how it is read."""

    file: Path
    agent: Subject
    terms: Terms


def import_list(settings: Settings, upload: Upload, progress: Progress) -> Iterator[Mapping[str, Any]]:
    """Save a list on the installation's database; answers what is said of it, line by line, as the work goes on.

    Afterwards the projections are brought up to date.
    """
    agent = Actor(subject=upload.agent, client=CLIENT, role=Role.MEMBER)
    with Core.opened(settings) as core, upload.file.open("rb") as file:
        if settings.database is None:
            prepare(core.access)
        work = saving(core.desk, agent, upload.terms, str(uuid7()), uuid7)
        beneficiaries = opened(read_list(file), upload.terms.columns)
        yield from progress.track(answers(work, beneficiaries, "fr"), description="rows", total=None)
        if not upload.terms.preview:
            bring_up_to_date(core, progress)


def print_line(console: Console, line: Mapping[str, Any]) -> None:
    """A line for people: rows about which there is nothing to say are counted only."""
    if "row" not in line:
        console.print("  ".join(f"{name}: {value}" for name, value in line.items()))
        return
    left_out = ", ".join(line.get("left_out", ()))
    said = [*_reasons(line), *([f"(left out: {left_out})"] if left_out else [])]
    if said:
        console.print(f"row {line['row']}: {line['came']}  {'  '.join(said)}")


def _reasons(line: Mapping[str, Any]) -> Iterator[str]:
    """Why a row, its follow-up or an invitation is not what was asked for."""
    if "problem" in line:
        yield line["problem"]["title"]
    follow_up = line.get("follow_up", {})
    if "problem" in follow_up:
        yield f"not followed up: {follow_up['problem']['title']}"
    elif follow_up.get("came") == FollowUpCame.CLOSED:
        yield f"{follow_up['journey']} is closed"
    for each in follow_up.get("invitations", ()):
        if "problem" in each:
            yield f"not invited by {each['channel']}: {each['problem']['title']}"
