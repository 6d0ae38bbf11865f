"""Publishing as open data, and making a publication again from what its manifest says."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from api import VERSION
from api.changelog import changelog
from api.indicators import knowledge
from api.publication import digest_of_words, vocabulary, wording
from api.settings import Settings
from api.wiring import Core
from application.publication import Basis, Publication
from domain.catalogue import CATALOGUE
from infrastructure.postgres import connect
from infrastructure.publishing.checking import Check, checked
from infrastructure.publishing.package import MANIFEST, Files, basis_of, files_of
from infrastructure.publishing.releases import Release, Releases
from projections.indicators.definition import DEFINITIONS
from projections.publishing.making import made


class NotInTheLog(RuntimeError):
    """The log does not go as far as a publication is asked for; the message says why."""


def publish(
    settings: Settings,
    folder: Path,
    as_of: datetime | None,
    months: int,
    definitions: Iterable[tuple[str, int]] = DEFINITIONS,
) -> Release:
    """Add a release to a folder: what analysts knew at an instant, or when the last event was recorded.

    Of some versions of some indicators if they are named, of all of them otherwise. Raises `NotOurs`, `NotInTheLog`.
    """
    with Core.opened(settings) as core:
        return add_release(core, folder, as_of, months, definitions)


def add_release(
    core: Core, folder: Path, as_of: datetime | None, months: int, definitions: Iterable[tuple[str, int]]
) -> Release:
    """The same, of an installation that is open."""
    at = _settled(core, as_of)
    positions = core.store.positions_at(at)
    publication = _made(core, Basis(at=at, positions=positions, months=months, definitions=tuple(definitions)))
    return Releases(folder, changelog).add(publication.data_date.isoformat(), _files(publication))


def recompute(settings: Settings, release: Path) -> Check:
    """Make a release again from the log, and say of each of its files whether it is the same.

    Figures go through the secrecy policy of today: where the release was made by another one, the answer says so.
    `release`: its folder, or its manifest alone. Raises `NotAManifest`, `NotInTheLog`, `UnknownDefinition`.
    """
    manifest = release / MANIFEST if release.is_dir() else release
    basis = basis_of(manifest.read_bytes())
    with Core.opened(settings) as core:
        heads = core.store.heads()
        if basis.positions.keys() != heads.keys():
            raise NotInTheLog("this was published from a log with other partitions")
        if any(position > heads[partition] for partition, position in basis.positions.items()):
            raise NotInTheLog(
                "the log ends before the positions of the manifest: it is another log, or a part of it was lost"
            )
        publication = _made(core, basis)
    return checked(manifest, _files(publication))


def _settled(core: Core, as_of: datetime | None) -> datetime:
    """Up to when analysts know what was recorded, at an instant."""
    at = core.store.last_recorded() if as_of is None else as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    now = core.clock.now()
    if at is None:
        raise NotInTheLog("nothing is recorded yet")
    if as_of is not None and at > now:
        raise NotInTheLog("nobody knows yet what will be recorded by then")
    return knowledge(now, at, exact=False).at


def _made(core: Core, basis: Basis) -> Publication:
    with connect(core.access.owner) as owner:
        publication = made(owner, core.log, CATALOGUE, basis)
    told = replace(publication, tables=(*publication.tables, vocabulary()))
    return replace(told, made_by={**told.made_by, "words": digest_of_words(told), "parcours": VERSION})


def _files(publication: Publication) -> Files:
    return files_of(publication, wording(publication))
