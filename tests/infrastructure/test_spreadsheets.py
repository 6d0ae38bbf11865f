import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from application.imports.lists.columns import NotAList
from infrastructure import spreadsheets
from infrastructure.spreadsheets import read_list

Lines = Sequence[tuple[int, Sequence[str]]]


def read(content: bytes) -> Lines:
    return list(read_list(io.BytesIO(content)))


def book(*rows: Sequence[Any]) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_in_any_dialect(separator: str, encoding: str) -> None:
    text = f"Prénom{separator}Nom\r\nInès{separator}Dupont\r\n"
    assert read(text.encode(encoding)) == [(1, ["Prénom", "Nom"]), (2, ["Inès", "Dupont"])]


def test_cells_may_be_quoted_and_hold_separators_and_line_breaks() -> None:
    assert read(b'Nom;Adresse\n"Le ""Grand""";"1 rue; b\n26000 Valence"\n') == [
        (1, ["Nom", "Adresse"]),
        (2, ['Le "Grand"', "1 rue; b\n26000 Valence"]),
    ]


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    assert read(b"Nom;Prenom\n;\n  ;  \nDurand;Paul\n") == [(1, ["Nom", "Prenom"]), (4, ["Durand", "Paul"])]


def test_a_spreadsheet_is_read_as_people_see_it() -> None:
    content = book(
        ["Nom", "Né", "CAF", "Note"],
        ["Fois", datetime.fromisoformat("1980-01-31"), 123456.0, None],
        [date(2000, 2, 29), 1.5, True, ""],
    )
    assert read(content) == [
        (1, ["Nom", "Né", "CAF", "Note"]),
        (2, ["Fois", "1980-01-31", "123456", ""]),
        (3, ["2000-02-29", "1.5", "True", ""]),
    ]


def zipped(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def with_sheet(text: str) -> bytes:
    """A real spreadsheet whose sheet is something else."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["Nom"]))) as whole, zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, text if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    return file.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))


@pytest.mark.parametrize(
    "content",
    [
        zipped(a="b"),
        b'Nom;Prenom\n"Durand;Paul',
        book()[:-30],
        with_sheet("<worksheet"),
        with_sheet(f"<!DOCTYPE w [{LAUGHS}]><worksheet>&l11;</worksheet>"),
    ],
    ids=["no workbook", "open quote", "cut off", "no XML", "entities without end"],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(NotAList):
        read(content)


def test_a_small_file_that_hides_a_large_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "LARGEST_UNFOLDED", 1000)
    with pytest.raises(NotAList):
        read(book(["Nom"] * 100))


def test_an_empty_file_has_no_rows() -> None:
    assert read(b"") == []
