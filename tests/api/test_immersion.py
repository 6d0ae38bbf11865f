"""A convention over HTTP: a witness tells what people did, the agency decides, each reads what is theirs."""

from api.bodies import Body
from api.openapi import SAMPLES
from domain.immersion import immersion_journey
from domain.immersion.commands import Submit
from tests.api.conftest import Cast, House, Json


def test_a_witness_submits_and_signs_the_agency_validates_and_reads(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    agency = house.organisation("agency_mission_locale", "dominique")
    witness = {"Authorization": f"Bearer {house.token('signatures', 'immersion-facilitee')}"}
    conventions = f"/v1/candidates/{candidate}/immersions"
    body: Json = {**Body(immersion_journey, Submit).example(SAMPLES), "agency": agency}

    made = house.http.post(conventions, json=body, headers=witness)
    assert (made.status_code, made.json()["stage"], made.json()["state"]) == (201, "ready_to_sign", None)
    refused = house.post(f"{conventions}/1/sign", {"person": "beneficiary"}, "dominique", agency)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-your-role")
    for person in ("beneficiary", "establishment_representative"):
        signed = house.http.post(f"{conventions}/1/sign", json={"person": person}, headers=witness)
        assert signed.status_code == 200, signed.text
    again = house.http.post(f"{conventions}/1/sign", json={"person": "beneficiary"}, headers=witness)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/immersion/wrong-stage")
    decided = house.post(f"{conventions}/1/validate", {}, "dominique", agency)
    assert (decided.status_code, decided.json()["stage"]) == (200, "validated")

    read = house.get(f"{conventions}/1", "dominique", agency).json()
    assert read["state"]["terms"]["tutor"]["email"] == "l.petit@boulangerie.example"
    assert house.http.get(f"{conventions}/1", headers=witness).status_code == 404
