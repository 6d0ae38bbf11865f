import pytest

from domain.formats import department, email, phone, siret


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 (0)6.12.34.56.78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("04-75-79-26-26", "+33475792626"),
        ("0590123456", "+590590123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0694123456", "+594694123456"),
        ("0596123456", "+596596123456"),
        ("0692123456", "+262692123456"),
        ("0639123456", "+262639123456"),
        ("+262 639 12 34 56", "+262639123456"),
        ("+33692123456", "+262692123456"),
    ],
)
def test_a_number_of_france_or_overseas_is_stored_in_e164(written: str, stored: str) -> None:
    assert phone.parse(written) == stored
    assert phone.parse(stored) == stored


@pytest.mark.parametrize(
    "written", ["3949", "061234567", "06123456789", "+4915112345678", "+590612345678", "0012345678", "six", ""]
)
def test_other_numbers_are_refused(written: str) -> None:
    assert phone.parse(written) is None


@pytest.mark.parametrize("written", ["ab@ex.fr", "Inès.D@sous.exemple.org", "a+b@x-y.museum"])
def test_an_address_keeps_its_case(written: str) -> None:
    assert email.parse(f" {written} ") == written


@pytest.mark.parametrize(
    "written", ["a@ex.fr", ".ab@ex.fr", "ab@ex..fr", "ab@ex.f", "ab@ex", "ab@.fr", "ab@ex.f2", "a b@ex.fr", "ab@@ex.fr"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    assert email.parse(written) is None


def test_advisers_of_france_travail_are_recognised() -> None:
    assert email.is_france_travail("zoe@FranceTravail.fr")
    assert email.is_france_travail("zoe@pole-emploi.fr")
    assert not email.is_france_travail("zoe@francetravail.fr.example.org")


@pytest.mark.parametrize("number", ["73282932000074", "35600000000048", "35600000049837"])
def test_a_siret_is_stored_without_separators(number: str) -> None:
    assert siret.parse(f"{number[:3]} {number[3:6]}.{number[6:9]} {number[9:]}") == number


@pytest.mark.parametrize(
    "number", ["73282932000079", "35600000049838", "7328293200007", "12345678901234", "a" * 14, ""]
)
def test_a_siret_with_a_wrong_key_is_refused(number: str) -> None:
    assert siret.parse(number) is None


def test_there_are_101_departements_and_the_collectivities() -> None:
    collectivities = {"975", "977", "978", "984", "986", "987", "988", "989"}
    assert len(department.DEPARTMENTS - collectivities) == 101
    assert {"01", "2A", "2B", "95", "971", "976"} <= department.DEPARTMENTS
    assert department.DEPARTMENTS.isdisjoint({"1", "20", "96", "00"})


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("1 rue de la Paix 26000 Valence", "26"),
        ("12345 avenue du Lac 01000 Bourg", "01"),
        ("20000 Ajaccio", "2A"),
        ("20137 Porto-Vecchio", "2A"),
        ("20200 Bastia", "2B"),
        ("97410 Saint-Pierre", "974"),
        ("98800 Nouméa", "988"),
        ("00100 Nulle part", None),
        ("1 rue de la Paix", None),
    ],
)
def test_the_last_postcode_of_an_address_tells_the_departement(address: str, code: str | None) -> None:
    assert department.of_address(address) == code
