"""The views of analysts from the command line, with the `psql` that comes with the packages."""

import os
import subprocess
from collections.abc import Sequence

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.settings import Settings
from api.wiring import reached
from infrastructure.embedded import BINARIES


def psql(settings: Settings, arguments: Sequence[str]) -> int:
    """Run `psql` as an analyst, with these arguments; answers how it ended.

    A password goes through the environment: others on the machine see what a process is called with.
    """
    with reached(settings) as where:
        parts = conninfo_to_dict(where.analyst)
        password = parts.pop("password", None)
        secret = {} if password is None else {"PGPASSWORD": str(password)}
        line = [str(BINARIES / "psql"), "-d", make_conninfo("", **parts), *arguments]
        return subprocess.run(line, env={**os.environ, **secret}, check=False).returncode  # noqa: S603 - no shell
