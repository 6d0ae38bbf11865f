"""The command line: everything that is done to an installation, each verb with its example."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from api.settings import Settings
from application.imports.lists.ways import Way
from application.publication import MOST_MONTHS
from domain.vocabulary import OrganisationId, Subject

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Parcours, the case-management core of French inclusion services.\n\nExample: parcours demo",
)
keys_app = typer.Typer(
    no_args_is_help=True, help="The keys that wrap the candidates' keys.\n\nExample: parcours keys create"
)
db_app = typer.Typer(no_args_is_help=True, help="The database.\n\nExample: parcours db status")
import_app = typer.Typer(
    no_args_is_help=True, help="Data of the existing services.\n\nExample: parcours import les-emplois dump/"
)
export_app = typer.Typer(
    no_args_is_help=True, help="The record, for those who study it.\n\nExample: parcours export ocel courses.json"
)
app.add_typer(keys_app, name="keys")
app.add_typer(db_app, name="db")
app.add_typer(import_app, name="import")
hooks_app = typer.Typer(no_args_is_help=True, help="What other services tell.\n\nExample: parcours hooks waiting")
app.add_typer(hooks_app, name="hooks")
app.add_typer(export_app, name="export")

#: People read standard output; what is said about the work goes to standard error.
said: Final = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]
Port = Annotated[
    int, typer.Option(min=1, max=65535, help="Where to listen, on 127.0.0.1 unless --host says otherwise.")
]


def main() -> None:
    """Run a verb; what the installation lacks is told in a sentence."""
    from api.failing import MENDABLE, sentence

    try:
        app(prog_name="parcours")
    except MENDABLE as error:
        said.print(f"parcours: {sentence(error)}")
        sys.exit(1)


def bar() -> Progress:
    """A progress bar on standard error."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=said)


@app.command()
def demo(port: Port = 8000) -> None:
    """Start a demonstration with data of its own, a development issuer, and everything in one place.

    Example: parcours demo --port 8080
    """
    from api.demo.running import run

    run(Settings.from_environment(), port, bar())


@app.command()
def simulate(
    dossiers: Annotated[int, typer.Option(min=1, max=10_000_000, help="How many people are registered.")] = 1_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same lives.")] = 1,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which the three years end; today.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes.")] = 2,
) -> None:
    """Fill an empty log with three years of invented dossiers, all of them told through the rules.

    Interrupted, it goes on where it was when it is run again; `parcours work` then tells the projections, and
    `parcours demo` serves it as a demonstration.

    Example: parcours simulate --dossiers 10000 --seed 7 --until 2026-11-25
    """
    from api.simulation.running import Asked
    from api.simulation.running import simulate as run

    asked = Asked(dossiers=dossiers, seed=seed, until=until.date() if until else None, workers=workers)
    with bar() as progress:
        done = run(Settings.from_environment(), asked, progress)
    said.print(f"{done.events} events written; {done.before} dossiers were there already")


@app.command()
def serve(
    port: Port = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes.")] = 1,
) -> None:
    """Serve the API. Needs PARCOURS_ISSUERS_FILE, keys, and a database that `parcours db migrate` has prepared.

    Example: PARCOURS_ISSUERS_FILE=issuers.toml parcours serve --port 8000
    """
    from api.serving import serve as run

    run(Settings.from_environment(), host, port, workers)


@app.command()
def work() -> None:
    """Follow the log: projections, deadlines, moderation, and mail if PARCOURS_SMTP is set. Start as many as you like.

    Example: parcours work
    """
    from api.serving import work as run

    run(Settings.from_environment())


@app.command()
def replay(
    candidate: Annotated[str, typer.Argument(help="The candidate's identifier.")],
    as_of: Annotated[
        datetime | None, typer.Option(help="As it was known at this instant (UTC if it says no offset).")
    ] = None,
    version: Annotated[int | None, typer.Option(min=1, help="Up to this version of the dossier.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV.")] = False,
    as_json: AsJson = False,
) -> None:
    """Replay a dossier event by event, from the record alone.

    Example: parcours replay 0197f3c2-6c1e-7a55-9a5c-0d6c1f0f2b11 --csv > history.csv
    """
    from api.replaying import print_history

    form = "csv" if csv else "json" if as_json else "text"
    if not print_history(Settings.from_environment(), candidate, (as_of, version), form):
        said.print("parcours: there is no such dossier")
        raise typer.Exit(1)


@app.command()
def erase(
    candidate: Annotated[UUID, typer.Argument(help="The candidate's identifier.")],
) -> None:
    """Erase a person for ever, with every duplicate merged into their dossier: only what is not personal can be read.

    The history goes on counting. Asked twice, it changes nothing more.
    Example: parcours erase 0197f3c2-6c1e-7a55-9a5c-0d6c1f0f2b11
    """
    from api.erasing import erase_person

    erased = erase_person(Settings.from_environment(), str(candidate))
    said.print(f"{erased} dossiers erased")


@app.command()
def retain(
    preview: Annotated[bool, typer.Option("--preview", help="Say what would be done; do nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let organisations go of people to whom nothing has happened for too long, and erase whoever nobody follows.

    `parcours work` does it every night. An organisation says for how many months it follows people (`set-retention`).
    Example: parcours retain --preview
    """
    from api.erasing import retain_all

    found = retain_all(Settings.from_environment(), preview=preview)
    if as_json:
        print(json.dumps({"let_go": found.let_go, "erased": found.erased}))  # noqa: T201 - its answer
    else:
        for organisation, count in found.let_go.items():
            said.print(f"{organisation}: {count} people")
        said.print(f"{found.erased} dossiers {'would be ' if preview else ''}erased")


@app.command()
def rebuild(
    projection: Annotated[str, typer.Argument(help="Which one, or `all`.")] = "all",
    workers: Annotated[int, typer.Option(min=1, max=16, help="How many at once, each on partitions of its own.")] = 2,
) -> None:
    """Build projections again beside those people read, compare, and switch in an instant.

    Example: parcours rebuild milestones
    """
    from api.rebuilding import rebuild as run

    with bar() as progress:
        done = run(Settings.from_environment(), projection, workers, progress)
    for name, rebuilt in done.items():
        said.print(f"{name}: rebuilt, {len(rebuilt.differences)} tables differed from those read before")


@app.command(context_settings={"ignore_unknown_options": True})
def psql(
    arguments: Annotated[list[str] | None, typer.Argument(help="What psql is given; a prompt if nothing.")] = None,
) -> None:
    """Ask the published figures in SQL, as the role of analysts, with the psql that comes with the packages.

    Views and columns are described at /dictionary, and in psql itself. `parcours work` fills them once a day.
    Example: parcours psql -c "select indicator, month, share from figure where status = 'published'"
    """
    from api.psql import psql as run

    raise typer.Exit(run(Settings.from_environment(), arguments or []))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The folder of the releases; it is made if it does not exist.")],
    as_of: Annotated[
        datetime | None,
        typer.Option(help="What was known at this instant (UTC if it says no offset), else when the last event was."),
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=MOST_MONTHS, help="How many whole months of figures.")] = 36,
    as_json: AsJson = False,
) -> None:
    """Publish indicators, structures and services as open data: a release, whole or not at all.

    It holds no person. The same log gives the same bytes, which are not published twice.
    Example: parcours publish open-data/
    """
    from api.publishing import publish as run

    release = run(Settings.from_environment(), folder, as_of, months)
    if as_json:
        print(json.dumps({"release": str(release.path), "new": release.new}))  # noqa: T201 - its answer
    else:
        said.print(f"{release.path}: {'published' if release.new else 'was published before, and is the same'}")


@app.command()
def recompute(
    release: Annotated[Path, typer.Argument(exists=True, help="The folder of a release, or its manifest.")],
    as_json: AsJson = False,
) -> None:
    """Make a release again from the log, as far as it went then, and say which files are the same, bit for bit.

    First what it was made by that is another one now: the secrecy policy, the words, a version. `other words` and
    `other bytes` hold the same figures; the exit code is 1 if anything else is not the same.
    Example: parcours recompute open-data/2026-11-24
    """
    from api.publishing import recompute as run

    check = run(Settings.from_environment(), release)
    if as_json:
        print(json.dumps({"made_by": check.made_by, "files": check.files}))  # noqa: T201 - its answer
    else:
        for what, (then, now) in check.made_by.items():
            said.print(f"made by other {what}: {json.dumps(then)}, now {json.dumps(now)}")
        for name, came in check.files.items():
            said.print(f"{came:11} {name}")
    if not check.holds:
        raise typer.Exit(1)


@app.command()
def notify(
    via: Annotated[str, typer.Option(help="`smtp`, or `console` to print what would be sent.")] = "smtp",
    again: Annotated[bool, typer.Option("--again", help="Also what was undeliverable or given up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Deliver the notifications that are due, each once, and say how many are in which state.

    What the console prints counts as delivered. `parcours work` tells the record to the outbox, and delivers by itself
    where PARCOURS_SMTP is set.
    Example: parcours notify --via console
    """
    from api.notifying import notify as run

    if via not in {"smtp", "console"}:
        raise typer.BadParameter("smtp or console", param_hint="--via")
    came, counts = run(Settings.from_environment(), via, again=again)
    if as_json:
        print(json.dumps({"came": came, "deliveries": counts}))  # noqa: T201 - its answer
    else:
        for state, reasons in counts.items():
            for reason, count in reasons.items():
                said.print(f"{state}{f' ({reason})' if reason else ''}: {count}")


@app.command()
def token(
    subject: Annotated[str, typer.Argument(help="Who: a professional of the demonstration, such as `camille`.")],
    client: Annotated[str, typer.Option(help="Which application is calling.")] = "demo",
    scope: Annotated[
        list[str] | None, typer.Option(help="A scope, several times; all the client's if not given.")
    ] = None,
) -> None:
    """Sign an access token of the development issuer. Only a service in demo mode believes it.

    Example: parcours token camille --client les-emplois
    """
    from api.demo.running import issue

    print(issue(Settings.from_environment(), subject, client, scope or []))  # noqa: T201 - its answer


@import_app.command("les-emplois")
def import_les_emplois(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder of the dump.")],
    as_json: AsJson = False,
) -> None:
    """Import a dump of Les emplois de l'inclusion: twice changes nothing, interrupted and run again completes.

    Example: parcours import les-emplois dump/
    """
    from api.importing import import_dump

    with bar() as progress:
        report = import_dump(Settings.from_environment(), folder, progress)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))  # noqa: T201 - its answer
    else:
        report.print(Console(highlight=False, soft_wrap=True))


@import_app.command("rdv-insertion")
def import_rdv_insertion(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file or a spreadsheet (.xlsx).")],
    organisation: Annotated[UUID, typer.Option(help="The organisation that will follow everybody in the list.")],
    agent: Annotated[str, typer.Option(help="The member of the organisation whose list it is.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would come of each row; record nothing.")
    ] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="`first_name=Prénom usuel`: a heading that is not a usual one.")
    ] = None,
    department: Annotated[
        str | None, typer.Option(help="Whose internal identifiers these are, if the organisation covers several.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Open everybody's follow-up in this category.")] = None,
    invite: Annotated[
        list[Way] | None, typer.Option(help="Invite everybody to an appointment of the category, by this way.")
    ] = None,
    slots_available: Annotated[
        bool | None, typer.Option(help="You looked whether the agendas have a free slot: needed to invite.")
    ] = None,
    bookable_with_referents: Annotated[
        bool, typer.Option("--bookable-with-referents", help="The agendas have a reason for meeting a referent.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Save a list of beneficiaries: twice changes nothing, interrupted and run again completes.

    Example: parcours import rdv-insertion liste.csv --organisation 0197f3c2-6c1e-7a55-9a5c-0d6c1f0f2b11 --agent odile

    Example: the same with --category rsa_orientation --invite sms --invite email --slots-available
    """
    from api.listing import Upload, import_list, print_line
    from api.lists import Terms, columns_of, following_of

    terms = Terms(
        organisation=OrganisationId(str(organisation)),
        columns=columns_of(column or []),
        department=department,
        preview=preview,
        following=following_of(
            category, invite or [], slots_available=slots_available, with_referents=bookable_with_referents
        ),
    )
    upload = Upload(file=file, agent=Subject(agent), terms=terms)
    console = Console(highlight=False, soft_wrap=True)
    with bar() as progress:
        for line in import_list(Settings.from_environment(), upload, progress):
            if as_json:
                print(json.dumps(line, ensure_ascii=False))  # noqa: T201 - its answer
            else:
                print_line(console, line)


@hooks_app.command("waiting")
def hooks_waiting(as_json: AsJson = False) -> None:
    """Say which messages of other services are not recorded yet, and why: never what is in them.

    Example: parcours hooks waiting --json
    """
    from api.inbox import waiting

    for line in waiting(Settings.from_environment()):
        _print_fields(line, as_json=as_json)


@hooks_app.command("again")
def hooks_again() -> None:
    """Try all that waits again, at once.

    Example: parcours hooks again
    """
    from api.inbox import again

    said.print(f"{again(Settings.from_environment())} messages are tried again")


@hooks_app.command("leave-out")
def hooks_leave_out(
    service: Annotated[str, typer.Argument(help="`rdv-solidarites` or `immersion-facilitee`.")],
    message: Annotated[str, typer.Argument(help="Its name, as `parcours hooks waiting` says it.")],
) -> None:
    """Forget a message that waits, once somebody has seen to what it says.

    Example: parcours hooks leave-out rdv-solidarites 5f1c…
    """
    from api.inbox import leave_out

    if not leave_out(Settings.from_environment(), service, message):
        said.print("parcours: no message of that name waits")
        raise typer.Exit(1)


@hooks_app.command("reread")
def hooks_reread(
    service: Annotated[str, typer.Argument(help="`rdv-solidarites` or `immersion-facilitee`.")],
    file: Annotated[Path, typer.Argument(help="What its API answered; `-` for standard input.")] = Path("-"),
) -> None:
    """Take what a service lists as if it had told it now: what webhooks have missed is recorded, the rest is known.

    Example: curl -H "$headers" https://rdv.example/api/v1/organisations/52/rdvs | parcours hooks reread rdv-solidarites
    """
    from api.inbox import reread

    said.print(f"{reread(Settings.from_environment(), service, file)} messages are kept")


@export_app.command("ocel")
def export_ocel(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to; replaced once the new one is complete.")],
) -> None:
    """Write what happened to everybody as an object-centric event log (OCEL 2.0, JSON), for process mining.

    Names, texts, codes and times of day are left out, and people have pseudonyms of this export alone. A course is
    personal data all the same: this is no open data, and only its owner may read the file.
    Example: parcours export ocel courses.json
    """
    from api.exporting import export_ocel as run

    with bar() as progress:
        dossiers, events = run(Settings.from_environment(), file, progress)
    said.print(f"{events} events of {dossiers} people in {file}: pseudonymous, personal data still, no open data")


@keys_app.command("create")
def create_keys() -> None:
    """Make a first key file, that only its owner may read. Without it no dossier can be read: keep a copy elsewhere.

    Example: PARCOURS_KEYS_FILE=/etc/parcours/keys.json parcours keys create
    """
    from infrastructure.keyring import Keyring

    path = Settings.from_environment().keys_file
    path.parent.mkdir(parents=True, exist_ok=True)
    Keyring.create(path)
    said.print(f"keys are in {path}")


@keys_app.command("rotate")
def rotate_keys() -> None:
    """Make a new key-encryption key, wrap every candidate's key under it, and retire the old ones.

    The service goes on meanwhile. Interrupted, it goes on where it was when it is run again with --resume.
    Example: parcours keys rotate
    """
    from api.keeping import rotate

    with bar() as progress:
        said.print(f"{rotate(Settings.from_environment(), progress)} keys wrapped again")


@db_app.command("migrate")
def migrate_database() -> None:
    """Bring the schema and the projections' tables up to date. Safe from several processes at once.

    Example: DATABASE_URL=postgresql://owner@db/parcours parcours db migrate
    """
    from api.keeping import migrate

    applied = migrate(Settings.from_environment())
    said.print(f"{len(applied)} migrations applied" + "".join(f"\n  {name}" for name in applied))


@db_app.command("status")
def status(as_json: AsJson = False) -> None:
    """Say how far the log and the projections are, and how many dossiers wait for a projection to be mended.

    Example: parcours db status --json
    """
    from api.keeping import status_of

    found = status_of(Settings.from_environment())
    if as_json:
        print(json.dumps(found, default=str))  # noqa: T201 - its answer
    else:
        for name, value in found.items():
            said.print(f"{name}: {value}")


@db_app.command("parked")
def parked_dossiers(as_json: AsJson = False) -> None:
    """Say which dossiers wait for a projection to be mended, and at what it stumbled: never what is in them.

    Everybody else's dossiers go on meanwhile. The first hundred, the longest first.

    Example: parcours db parked --json
    """
    from api.keeping import waiting

    for each in waiting(Settings.from_environment()):
        _print_fields(asdict(each), as_json=as_json)


@db_app.command("retry")
def retry_parked() -> None:
    """Tell the dossiers that wait to their projections again, once these are mended.

    Example: parcours db retry
    """
    from api.keeping import retry

    told, left = retry(Settings.from_environment())
    said.print(f"{told} dossiers wait no more, {left} still do")


def _print_fields(line: Mapping[str, object], *, as_json: bool) -> None:
    print(json.dumps(line, default=str) if as_json else " ".join(f"{name}={value}" for name, value in line.items()))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
