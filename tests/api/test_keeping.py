"""What waits for a projection to be mended, as whoever keeps an installation sees it."""

import json

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from infrastructure.postgres import connect
from tests.api.conftest import House

pytestmark = pytest.mark.usefixtures("installed")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_dossier_that_waits_is_shown_and_told_again_once_the_projection_is_mended(house: House) -> None:
    ml, company = house.organisation("ml", "leila"), house.organisation("aci", "nadia")
    root = house.candidate("leila", ml)
    house.catch_up()
    with connect(house.core.access.owner) as owner:
        owner.execute(b"alter table milestones.milestone add constraint broken check (false) not valid")
        try:
            body = {"company": company, "message": "Zanzibarine voudrait essayer"}
            assert house.post(f"/v1/candidates/{root}/job-applications", body, "leila", ml).status_code == 201
            house.catch_up()
            shown = run("db", "parked", "--json")
            assert run("db", "retry").output.strip() == "0 dossiers wait no more, 1 still do"
        finally:
            owner.execute(b"alter table milestones.milestone drop constraint broken")
    (line,) = [json.loads(line) for line in shown.stdout.splitlines()]
    assert (line["projection"], line["root"], line["error"]) == ("milestones", f"candidate/{root}", "CheckViolation")
    assert "Zanzibarine" not in shown.output
    assert f"root=candidate/{root} " in run("db", "parked").output
    assert run("db", "retry").output.strip() == "1 dossiers wait no more, 0 still do"
    assert run("db", "parked").output == ""
