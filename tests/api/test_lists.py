"""Lists of beneficiaries, from the outside."""

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner
from uuid_utils.compat import uuid7

from api.cli import app
from tests.api.conftest import Cast, House

SHARED: Final = Path(__file__).parents[3] / "shared" / "data" / "rdv-insertion"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS: Final = ["Civilité", "Prénom bénéficiaire", "Nom bénéficiaire", "Adresses Mails", "N° Téléphones", "Référent"]


def people(number: int) -> list[list[str]]:
    """Rows about people whom nobody else resembles."""
    mark = uuid7().hex
    return [["Madame", "Awa", "Diallo", f"a{n}.{mark}@example.org", "", "agent@example.org"] for n in range(number)]


def as_csv(*rows: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def upload(house: House, content: bytes, subject: str, acting: str, **query: Any) -> httpx.Response:
    headers = house.headers(subject, acting, **{"Content-Type": query.pop("kind", "text/csv")})
    return house.http.post("/v1/imports", params=query, content=content, headers=headers)


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def at_the_command_line(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same installation."""
    monkeypatch.setenv("DATABASE_URL", house.settings.database or "")
    monkeypatch.setenv("DATABASE_SERVICE_URL", house.settings.database_service or "")
    monkeypatch.setenv("PARCOURS_KEYS_FILE", str(house.settings.keys_file))


def came(told: Sequence[dict[str, Any]]) -> list[str]:
    return [line["came"] for line in told if "row" in line]


def test_a_list_is_previewed_saved_and_sent_again(house: House, cast: Cast) -> None:
    content = as_csv(HEADINGS, *people(3))
    previewed, saved, again = (
        lines(upload(house, content, "odile", cast.council, preview=preview)) for preview in (True, False, False)
    )
    assert (came(previewed), came(saved), came(again)) == (["created"] * 3, ["created"] * 3, ["up_to_date"] * 3)
    columns = {"title": 1, "first_name": 2, "last_name": 3, "email": 4, "phone": 5}
    assert previewed[0] == {"preview": True, "columns": columns, "columns_left_out": [6]}
    assert saved[-1] == {
        "rows": 3, "created": 3, "updated": 0, "up_to_date": 0, "same_as_before": 0, "refused": 0,
    }  # fmt: skip
    person = saved[1]["candidate_id"]
    assert house.get(f"/v1/candidates/{person}", "odile", cast.council).status_code == 200


def test_a_spreadsheet_is_a_list_too(house: House, cast: Cast) -> None:
    book, file = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in (HEADINGS, *people(2)):
        sheet.append(row)
    book.save(file)
    assert came(lines(upload(house, file.getvalue(), "odile", cast.council, kind=XLSX))) == ["created"] * 2


def test_g02_a_row_that_is_refused_says_why_in_the_language_of_the_caller_and_the_others_are_saved(
    house: House, cast: Cast
) -> None:
    """The batch of RDV-insertion refuses all of them; an agent's list never did (rdv-insertion §2.5)."""
    wrong = ["Madame", "Zanzibarine", "Diallo", "zanzibarine", "", ""]
    answer = upload(house, as_csv(HEADINGS, *people(1), wrong), "odile", cast.council)
    assert came(lines(answer)) == ["created", "refused"]
    assert lines(answer)[2] == {
        "row": 3,
        "came": "refused",
        "candidate_id": None,
        "problem": {
            "type": "/problems/candidate/invalid-email",
            "title": "Cette adresse e-mail n\u2019est pas valide.",
            "details": {},
        },
    }
    assert "anzibar" not in answer.text


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        (b"Durand;Paul\n", "text/csv", (422, "columns-missing")),
        (b"", "text/csv", (422, "columns-missing")),
        (b"Nom;Prenom;Tel;Portable\n", "text/csv", (422, "column-twice")),
        (b'Nom;Prenom\n"Durand', "application/json", (415, "not-json")),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_before_anything_is_saved(
    house: House, cast: Cast, content: bytes, kind: str, told: tuple[int, str]
) -> None:
    answer = upload(house, content, "odile", cast.council, kind=kind)
    assert (answer.status_code, answer.json()["type"]) == (told[0], f"/problems/{told[1]}")


def test_only_members_upload_lists_for_an_organisation(house: House, cast: Cast) -> None:
    answer = upload(house, as_csv(HEADINGS, *people(1)), "camille", cast.council)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-a-member")


def test_headings_of_ones_own_are_said_by_the_caller(house: House, cast: Cast) -> None:
    headings = ["Civilité", "Petit nom", "Nom", "Mail", "Tel", "Référent"]
    content = as_csv(headings, *people(1))
    assert upload(house, content, "odile", cast.council).status_code == 422
    assert came(lines(upload(house, content, "odile", cast.council, column="first_name=Petit nom"))) == ["created"]


def test_the_command_line_does_the_same(
    house: House, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(as_csv(HEADINGS, *people(2), ["Dr", "Paul", "", "", "", ""]))
    at_the_command_line(house, monkeypatch)
    asked = ["import", "rdv-insertion", str(file), "--organisation", cast.council, "--agent", "odile"]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert came(told) == ["created", "created", "refused"]
    shown = CliRunner().invoke(app, asked).stdout.splitlines()
    assert shown[1] == "row 4: refused  Une personne a un prénom et un nom.  (left out: title)"


CATEGORY: Final = {"category": "rsa_orientation", "type": "rsa_orientation", "phone": "3949"}
ASKED: Final = {"category": "rsa_orientation", "invite": ["email", "sms"], "slots_available": True}


@pytest.fixture
def council(house: House) -> str:
    """An organisation of odile's that handles the category."""
    made = house.organisation("conseil_departemental", "odile")
    assert house.post(f"/v1/organisations/{made}/configure-category", CATEGORY, "odile", made).status_code == 200
    return made


def test_whoever_is_in_a_list_is_followed_up_and_invited_once(house: House, council: str) -> None:
    content = as_csv(HEADINGS, *people(2))
    previewed, saved, again = (
        lines(upload(house, content, "odile", council, preview=preview, **ASKED)) for preview in (True, False, False)
    )
    no_mobile = {
        "type": "/problems/rsa-appointment/no-mobile-phone",
        "title": "La personne n’a pas de numéro de téléphone mobile.",
        "details": {"refusals": ["NoMobilePhone"]},
    }
    sms = {"channel": "sms", "came": "refused", "problem": no_mobile}
    opened = {"came": "opened", "journey": "rsa-appointment-1"}
    invited = {**opened, "invitations": [{"channel": "email", "came": "invited"}, sms]}
    assert [line["follow_up"] for line in (*previewed[1:-1], *saved[1:-1])] == [invited] * 4
    assert [line["follow_up"] for line in again[1:-1]] == [
        {**opened, "came": "goes_on", "invitations": [{"channel": "email", "came": "already_invited"}, sms]}
    ] * 2
    counted = ("follow_ups_opened", "invited", "not_invited")
    assert [[told[-1][name] for name in counted] for told in (previewed, saved, again)] == [[2, 2, 0]] * 2 + [[0, 0, 0]]
    address = f"/v1/candidates/{saved[1]['candidate_id']}/rsa-appointments/1"
    assert house.get(address, "odile", council).json()["status"] == "invitation_pending"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"invite": "email"}, (409, "rsa-appointment/invalid-category")),
        ({"category": "siae_interview"}, (409, "rsa-appointment/not-your-category")),
        ({**ASKED, "slots_available": None}, (409, "rsa-appointment/slots-not-checked")),
        ({**ASKED, "invite": "postal"}, (422, "malformed")),
        ({**ASKED, "slots_available": "maybe"}, (422, "malformed")),
        ({**ASKED, "category": ""}, (422, "malformed")),
    ],
)
def test_what_cannot_be_for_anybody_is_refused_before_anything_is_saved(
    house: House, council: str, asked: dict[str, Any], told: tuple[int, str]
) -> None:
    given = {name: value for name, value in asked.items() if value is not None}
    answer = upload(house, as_csv(HEADINGS, *people(1)), "odile", council, **given)
    assert (answer.status_code, answer.json()["type"]) == (told[0], f"/problems/{told[1]}")


def test_the_command_line_invites_too(
    house: House, council: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(as_csv(HEADINGS, *people(2)))
    at_the_command_line(house, monkeypatch)
    asked = ["import", "rdv-insertion", str(file), "--organisation", council, "--agent", "odile"]
    invite = ["--category", "rsa_orientation", "--invite", "sms", "--invite", "email", "--slots-available"]
    shown = CliRunner().invoke(app, [*asked, *invite]).stdout.splitlines()
    why = "not invited by sms: La personne n’a pas de numéro de téléphone mobile."
    assert shown[1:-1] == [f"row {row}: created  {why}" for row in (2, 3)]
    assert shown[-1].endswith("refused: 0  follow_ups_opened: 2  invited: 2  not_invited: 0")


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the lists of RDV-insertion are not beside the project")
def test_the_list_of_a_departement_is_saved(house: House) -> None:
    council = house.organisation("conseil_departemental", "odile", departments=["95"])
    content = (SHARED / "fichier_usager_600_lignes.csv").read_bytes()
    started = perf_counter()
    first = lines(upload(house, content, "odile", council))
    seconds = perf_counter() - started
    again = lines(upload(house, content, "odile", council))
    assert len(came(first)) == 600
    assert Counter(came(again)) == {"up_to_date": Counter(came(first))["created"] + Counter(came(first))["updated"]}
    assert seconds < 60
    book = (SHARED / "fichier_allocataires_drome.xlsx").read_bytes()
    told = lines(upload(house, book, "odile", council, kind=XLSX))
    assert came(told)
