"""Whoever asks for help is told how the verb is called, and with an example."""

import sys
from collections.abc import Iterator, Sequence

import pytest
from typer.main import get_command

from api.cli import app, main


def verbs(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every verb and every group of verbs, as typed after `parcours`."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from verbs(below, (*path, name))


VERBS = sorted(verbs(get_command(app)))


def helped(verb: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["/somewhere/api/cli.py", *verb, "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_is_called_by_its_name_and_has_an_example(
    verb: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = " ".join(helped(verb, monkeypatch, capsys).split())
    assert said.startswith(" ".join(["Usage: parcours", *verb]))
    example = said.partition("Example:")[2]
    assert f"parcours {' '.join(verb)}".strip() in example


def test_there_are_verbs() -> None:
    assert {("demo",), ("serve",), ("import", "les-emplois"), ("keys", "create")} <= set(VERBS)
