"""Lists as people keep them: CSV in whatever dialect, or a spreadsheet; read row by row."""

import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, is_zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from application.imports.lists.columns import NotAList

#: What a spreadsheet may unfold to, in bytes: a small file can hide a very large one.
LARGEST_UNFOLDED: Final = 512 * 1024 * 1024
#: How much of a CSV file is looked at to tell its separator.
_SAMPLE: Final = 4096
_SEPARATORS: Final = ";,\t|"

#: What comes of a file that is no spreadsheet, or whose parts are damaged, encrypted or no XML.
BROKEN: Final = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    RuntimeError,
    EOFError,
    zlib.error,
)

Cells = Sequence[str]


def read_list(file: BinaryIO) -> Iterator[tuple[int, Cells]]:
    """The rows that say something, each with its number (from 1) and its cells as text; days in ISO form.

    Raises `NotAList`, also while it is read. A spreadsheet's first sheet counts.
    """
    rows = _spreadsheet(file) if is_zipfile(file) else _csv(file)
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _csv(file: BinaryIO) -> Iterator[Cells]:
    file.seek(0)
    encoding = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        sample = text.read(_SAMPLE)
        separator = max(_SEPARATORS, key=sample.partition("\n")[0].count)
        text.seek(0)
        yield from csv.reader(text, delimiter=separator, strict=True)
    except (csv.Error, UnicodeDecodeError):
        raise NotAList from None
    finally:
        text.detach()


def _encoding(file: BinaryIO) -> str:
    """UTF-8, with or without its mark; else what spreadsheets of France write on Windows."""
    decoder = io.TextIOWrapper(file, encoding="utf-8-sig")
    try:
        while decoder.read(1 << 20):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        decoder.detach()
    return "utf-8-sig"


def _spreadsheet(file: BinaryIO) -> Iterator[Cells]:
    try:
        with ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNFOLDED:
                raise NotAList
        book = load_workbook(file, read_only=True, data_only=True)
        sheet: Any = book.worksheets[0]
        for cells in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in cells]
    except BROKEN:
        raise NotAList from None


def _text(cell: object) -> str:
    """As people read it: a whole number without a fraction, a day in ISO form."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
