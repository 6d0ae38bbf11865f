"""What came of an import: one line per file, one per state, and every record about which there is something to say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from application.imports.carrying import Carrier, Found
from application.imports.findings import Finding, Nature
from application.imports.les_emplois.dump import IMPORTED, REFERRED_TO, Dump


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """The records of one kind in one file: `read` is the sum of what follows it."""

    file: str
    model: str
    read: int
    imported: int
    already_there: int
    not_imported: int
    #: Told with other records: professionals, services, job descriptions, reference lists.
    told_with_others: int
    #: Of a kind that a later version reads.
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """The records of one kind that the dump says are in a state, and those that are in that state in Parcours."""

    model: str
    state: str
    in_dump: int
    in_record: int
    #: Records of the dump that are not in that state in Parcours, each with its reason among the findings.
    explained: int
    #: Records in that state in Parcours that the dump says are in another.
    from_elsewhere: int

    @property
    def difference(self) -> int:
        """What nothing explains: 0, or something is wrong."""
        return self.in_record - self.from_elsewhere + self.explained - self.in_dump


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that is not as the dump says."""

    file: str
    model: str
    key: str
    in_dump: str
    in_record: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The whole report. Holds codes, keys and counts: no personal data."""

    files: tuple[FileLine, ...]
    states: tuple[StateLine, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    #: By kind, the fields that say something and have no place in Parcours, with the number of records.
    left_unread: Mapping[str, Mapping[str, int]]

    def as_json(self) -> dict[str, Any]:
        """The same, for scripts."""
        lines = [{**asdict(line), "difference": line.difference} for line in self.states]
        return {**asdict(self), "files": [asdict(line) for line in self.files], "states": lines}

    @property
    def reconciled(self) -> bool:
        """Whether every record of the dump is where it should be, or has its reason."""
        return not any(line.difference for line in self.states)


def summarise(dump: Dump, carrier: Carrier, found: Sequence[Found]) -> Summary:
    """The report of an import that has been carried out."""
    findings = tuple(sorted(carrier.findings.found))
    return Summary(
        files=_files(dump, carrier, findings),
        states=(*_states(found), *_unfit(found, findings)),
        differences=tuple(_difference(each) for each in found if each.state != each.expected.state),
        findings=findings,
        left_unread=dump.left_unread(),
    )


def _files(dump: Dump, carrier: Carrier, findings: Sequence[Finding]) -> tuple[FileLine, ...]:
    refused = {each.source for each in findings if each.nature is Nature.NOT_IMPORTED}
    missing = Counter((source.file, source.model) for source in refused)
    fresh = Counter((source.file, source.model) for source in carrier.fresh)
    settled = Counter((source.file, source.model) for source in carrier.settled - carrier.fresh)
    return tuple(
        _line(place, read, Counts(missing[place], fresh[place], settled[place]))
        for place, read in sorted(dump.counts.items())
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records of one kind in one file."""

    not_imported: int
    fresh: int
    settled: int


def _line(place: tuple[str, str], read: int, counts: Counts) -> FileLine:
    file, model = place
    rest = read - counts.fresh - counts.settled - min(counts.not_imported, read)
    read_now = model in IMPORTED or model in REFERRED_TO or not model
    return FileLine(
        file=file,
        model=model,
        read=read,
        imported=counts.fresh,
        already_there=counts.settled,
        not_imported=counts.not_imported,
        told_with_others=rest if read_now else 0,
        later=0 if read_now else rest,
    )


def _states(found: Sequence[Found]) -> tuple[StateLine, ...]:
    expected = Counter((each.expected.source.model, each.expected.state) for each in found)
    recorded = Counter((each.expected.source.model, each.state) for each in found if each.state)
    same = Counter((each.expected.source.model, each.state) for each in found if each.state == each.expected.state)
    explained = Counter(
        (each.expected.source.model, each.expected.state)
        for each in found
        if each.state != each.expected.state and each.because
    )
    places = sorted({*expected, *recorded}, key=lambda place: (IMPORTED.index(place[0]), str(place[1])))
    return tuple(
        StateLine(
            model=model,
            state=str(state),
            in_dump=expected[model, str(state)],
            in_record=recorded[model, state],
            explained=explained[model, str(state)],
            from_elsewhere=recorded[model, state] - same[model, state],
        )
        for model, state in places
    )


def _unfit(found: Sequence[Found], findings: Sequence[Finding]) -> Sequence[StateLine]:
    """What is so wrong that it has no state: in no line but its own."""
    told = {each.expected.source for each in found}
    untold = {each.source for each in findings if each.nature is Nature.NOT_IMPORTED and each.source.key} - told
    counts = Counter(source.model for source in untold)
    return [
        StateLine(
            model=model, state="not_told", in_dump=counts[model], in_record=0, explained=counts[model], from_elsewhere=0
        )
        for model in IMPORTED
        if counts[model]
    ]


def _difference(found: Found) -> Difference:
    source = found.expected.source
    return Difference(
        file=source.file,
        model=source.model,
        key=source.key,
        in_dump=found.expected.state,
        in_record=found.state or "",
        reasons=tuple(sorted({each.reason for each in found.because})),
    )
