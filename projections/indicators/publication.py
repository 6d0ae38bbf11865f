"""What is shown of figures: everything to those who may see persons, what secrecy lets through to everybody else."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, assert_never

from psycopg import Connection

from domain.calendar import add_days, add_months, paris_day, paris_start
from domain.candidate.codes import Title
from domain.formats.department import DEPARTMENTS
from domain.formats.region import region_of
from domain.organisation.kinds import COMPANIES, Kind, families
from projections.indicators.asking import Knowledge, Question
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import OTHERS, Lines, Secret, left_out, partition, quantiles, share_lines
from projections.indicators.figures import Count, Figure, NotAvailable, Share, Times, Why
from projections.indicators.measuring import measured
from projections.indicators.secrecy import NOTHING, POLICY, Cell, Policy, hidden_linked, rounded
from projections.indicators.terms import CohortOfCases, WithoutSolution
from projections.indicators.without_solution import ALL
from projections.milestones.projection import UNKNOWN

_Table = Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure as it is shown."""

    month: date | None
    modality: str
    result: Share | Count | NotAvailable | Secret
    #: None where it is not shown.
    waiting: int | None
    exclusions: Lines
    lines: Lines
    times: Times | NotAvailable | Secret | None


def as_it_is(figure: Figure) -> Published:
    """Nothing hidden: for those who may see the persons themselves."""
    lines = {} if isinstance(figure.result, NotAvailable) else figure.result.lines
    return Published(
        month=figure.month,
        modality=figure.modality,
        result=figure.result,
        waiting=figure.waiting,
        exclusions=figure.exclusions,
        lines=lines,
        times=figure.times,
    )


def settled(at: datetime) -> Knowledge:
    """What analysts know at an instant: what the day before ended with, so that no instant tells events apart."""
    today = paris_day(at)
    return Knowledge(paris_start(today), on=add_days(today, -1))


def shown(connection: Connection[Any], asked: Question) -> Sequence[Published]:
    """The answer to whoever may not see persons."""
    asked = replace(asked, of_kinds=asked.by in NAMED)
    return discreetly(asked, measured(connection, asked))


def discreetly(asked: Question, figures: Sequence[Figure], policy: Policy = POLICY) -> Sequence[Published]:
    """What analysts see: whole months only, every modality of a closed list, and nothing that tells of a few."""
    return [
        published for month in asked.months or [None] for published in _month(month, asked, _of(month, figures), policy)
    ]


def _of(month: date | None, figures: Sequence[Figure]) -> Mapping[str, Figure]:
    return {figure.modality: figure for figure in figures if figure.month == month}


def is_complete(month: date, asked: Question) -> bool:
    """Whether everybody who may enter in the month has been followed for the whole window."""
    return matures_on(month, asked) <= asked.known.day


def matures_on(month: date, asked: Question) -> date:
    """The day from which the whole month is known, as far as it is told in time."""
    last = add_days(add_months(month, 1), -1)
    terms = asked.definition.terms
    return add_days(last, terms.window_days) if isinstance(terms, WithoutSolution | CohortOfCases) else last


def _month(month: date | None, asked: Question, figures: _Table, policy: Policy) -> Sequence[Published]:
    """A month that is not over yet has no figures, whoever is in it; neither has what nobody tells."""
    names = _closed_list(asked)
    why = _why_not(month, asked, figures)
    if why is not None:
        return [_blank(month, name, NotAvailable(why)) for name in names or (OTHERS,)]
    hiding = _hiding(asked, {name: _cell(figure) for name, figure in figures.items()}, policy)
    shown = sorted(figures.keys() - hiding)
    secret = [name for name in names or (OTHERS,) if name not in shown]
    whole = asked.by is Dimension.NONE
    called = name_of if asked.by in NAMED else str
    found = [_shown(replace(figures[name], modality=called(name)), asked, policy, whole=whole) for name in shown]
    found += [_blank(month, name, Secret.SECRET) for name in secret]
    return sorted(found, key=lambda published: published.modality)


def _why_not(month: date | None, asked: Question, figures: Mapping[str, Figure]) -> Why | None:
    if month is not None and not is_complete(month, asked):
        return Why.IMMATURE
    untold = NotAvailable(Why.NOT_RECORDED)
    return Why.NOT_RECORDED if any(figure.result == untold for figure in figures.values()) else None


def _closed_list(asked: Question) -> Sequence[str]:
    """The modalities that are shown whether anybody is in them or not; none where nobody can list them."""
    listed: Mapping[Dimension, Sequence[str]] = {
        Dimension.NONE: (ALL,),
        Dimension.DEPARTMENT: sorted((*DEPARTMENTS, UNKNOWN)),
        Dimension.REGION: sorted({*map(region_of, DEPARTMENTS), UNKNOWN}),
        Dimension.TITLE: sorted((*Title, UNKNOWN)),
        Dimension.AGE_BAND: (*asked.definition.terms.age_bands, UNKNOWN),
        Dimension.AUTHORISED: ("authorised", "not_authorised", UNKNOWN),
    }
    return listed.get(asked.by, ())


def _hiding(asked: Question, cells: Mapping[str, Cell], policy: Policy) -> frozenset[str]:
    """The modalities to hide of a table, together with those of the table that it adds up to."""
    table = {**dict.fromkeys(_closed_list(asked), NOTHING), **cells}
    never = _never_named(table) if asked.by in NAMED else frozenset()
    return hidden_linked(table, WHOLES.get(asked.by, ()), policy, never)


def _never_named(organisations: Collection[str]) -> frozenset[str]:
    """Companies, whose own figures these would be; and what has several kinds, since only its name is shown."""
    times = Counter(map(name_of, organisations))
    return frozenset(name for name in organisations if times[name_of(name)] > 1 or is_company(kinds_of(name)))


def is_company(kinds: str) -> bool:
    """Whether organisations of a modality of kinds are companies."""
    return not COMPANIES.isdisjoint(kinds.split("+"))


def kinds_of(organisation: str) -> str:
    """The modality of kinds of an organisation that is named with them."""
    return organisation.partition("/")[0]


def name_of(organisation: str) -> str:
    """The organisation that is named with its kinds."""
    return organisation.partition("/")[2]


def families_of(kinds: str) -> str:
    """The modality of the families that organisations of a modality of kinds are in."""
    return kinds if kinds == UNKNOWN else "+".join(families(map(Kind, kinds.split("+"))))


#: The dimensions that name organisations: here always with their kinds.
NAMED: Final = frozenset({Dimension.ORGANISATION, Dimension.RECEIVER})
#: The dimensions whose modalities add up to those of others, and to which of them, the nearest one first.
WHOLES: Final[Mapping[Dimension, tuple[Callable[[str], str], ...]]] = {
    Dimension.DEPARTMENT: (region_of,),
    Dimension.ORGANISATION_KINDS: (families_of,),
    Dimension.ORGANISATION: (kinds_of, families_of),
    Dimension.RECEIVER: (kinds_of,),
}


def _cell(figure: Figure) -> Cell:
    match figure.result:
        case Share(numerator=numerator, denominator=denominator):
            return Cell(total=denominator, part=numerator, companies=figure.companies)
        case Count(number=number):
            return Cell(total=number, companies=figure.companies)
        case NotAvailable():
            return NOTHING
        case _:
            assert_never(figure.result)


def _blank(month: date | None, modality: str, result: NotAvailable | Secret) -> Published:
    return Published(month=month, modality=modality, result=result, waiting=None, exclusions={}, lines={}, times=None)


def _shown(figure: Figure, asked: Question, policy: Policy, *, whole: bool) -> Published:
    result: Share | Count | NotAvailable = figure.result
    lines: Lines = {}
    match figure.result:
        case Share(numerator=numerator, denominator=denominator):
            lines = share_lines(figure.result, asked.definition.terms, policy) if whole else {}
            result = Share(numerator=rounded(numerator, policy), denominator=rounded(denominator, policy), lines={})
        case Count(number=number):
            lines = partition(figure.result.lines, policy) if whole else {}
            result = Count(number=rounded(number, policy), lines={})
        case NotAvailable():
            pass
        case _:
            assert_never(figure.result)
    return Published(
        month=figure.month,
        modality=figure.modality,
        result=result,
        waiting=None,
        exclusions=left_out(figure.exclusions, asked.definition.terms, policy) if whole else {},
        lines=lines,
        times=quantiles(figure, policy),
    )
