"""Erasing from the command line, as whoever keeps an installation does it."""

import json
from collections.abc import Sequence

import pytest
from typer.testing import CliRunner, Result
from uuid_utils.compat import uuid7

from api.cli import app, main
from tests.api.conftest import Cast, House

pytestmark = pytest.mark.usefixtures("installed")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: Sequence[str]) -> str:
    """What a verb that ends in failure says."""
    monkeypatch.setattr("sys.argv", ["parcours", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_a_person_is_erased_and_the_history_goes_on_counting(house: House, cast: Cast) -> None:
    person = house.candidate("camille", cast.agency, first_name="Zanzibarine")
    done = run("erase", person)
    assert (done.exit_code, done.output.strip()) == (0, "1 dossiers erased")
    assert run("erase", person).output.strip() == "0 dossiers erased"
    history = run("replay", person, "--json")
    assert "Zanzibarine" not in history.output
    assert [line["event"] for line in json.loads(history.stdout)] == ["candidate.Registered"]


def test_nobody_is_erased_under_an_identifier_of_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(monkeypatch, capsys, ["erase", str(uuid7())]) == "parcours: there is no such dossier\n"


def test_an_identifier_is_one() -> None:
    wrong = run("erase", "Zanzibarine")
    assert (wrong.exit_code, "valid UUID" in wrong.output) == (2, True)


def test_retention_can_be_looked_at_first(house: House, cast: Cast) -> None:
    house.candidate("camille", cast.agency)
    assert json.loads(run("retain", "--preview", "--json").stdout) == {"let_go": {}, "erased": 0}
    assert run("retain").output.strip().splitlines()[-1] == "0 dossiers erased"
