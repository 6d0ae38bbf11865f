import os
from pathlib import Path

import pytest

from application.notifications.ports import CarrierAway
from domain.vocabulary import OrganisationId, Subject
from infrastructure.address_book import AddressFile, BookRefused, NoAddresses

NADIA, LUC = Subject("nadia"), Subject("luc")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "addresses.json"
    file.write_text('{"nadia": "nadia@example.org"}', encoding="utf-8")
    return file


def test_a_professional_of_the_file_has_an_address_and_others_have_none(file: Path) -> None:
    book = AddressFile(file)
    assert (book.of(NADIA), book.of(LUC)) == ("nadia@example.org", None)
    assert NoAddresses().of(NADIA) is None


def test_a_mailbox_is_of_one_category_of_one_organisation(file: Path) -> None:
    file.write_text('{"o1/rsa_orientation": "agenda@example.org", "o1": "o1@example.org"}', encoding="utf-8")
    book, (o1, o2) = AddressFile(file), map(OrganisationId, ("o1", "o2"))
    asked = [(o1, "rsa_orientation"), (o1, "rsa_spie"), (o2, "rsa_orientation")]
    assert [book.mailbox(*each) for each in asked] == ["agenda@example.org", None, None]
    assert NoAddresses().mailbox(o1, "rsa_orientation") is None


def test_a_file_that_has_changed_is_read_again(file: Path) -> None:
    book = AddressFile(file)
    file.write_text('{"luc": "luc@example.org"}', encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert (book.of(NADIA), book.of(LUC)) == (None, "luc@example.org")


@pytest.mark.parametrize("text", ["", "[]", '{"nadia": 1}', "nadia@example.org"])
def test_a_file_that_is_not_what_it_should_be_is_refused_without_what_is_in_it(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BookRefused) as refused:
        AddressFile(file)
    assert "nadia" not in str(refused.value)


def test_a_file_that_has_gone_is_nobodys_fault(file: Path) -> None:
    book = AddressFile(file)
    file.unlink()
    with pytest.raises(CarrierAway, match="address_book"):
        book.of(NADIA)
    with pytest.raises(BookRefused):
        AddressFile(file)


def test_addresses_are_not_printed(file: Path) -> None:
    assert "example.org" not in repr(AddressFile(file))
