"""What a page shows: figures that everybody may see, in rows, with what each of them says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from api.figures import Answer, Written, revisions
from api.indicators import answered, knowledge
from api.pages.charts import HEIGHT, Chart, Column, Value, chart
from api.pages.choice import BACK, DIVIDED_BY, EVERYWHERE, PERIODS, Choice, months_to
from api.pages.wording import Wording
from api.service import Service
from domain.calendar import add_days, paris_start
from domain.formats.region import region_of
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import Definition, Measure
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import Lines
from projections.indicators.publication import is_complete
from projections.indicators.why import why


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure, and what it has become since where another day is looked at."""

    month: date | None
    modality: str
    figure: Written
    now: Written | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a number."""
        return bool(self.figure["status"] == "published")

    @property
    def weight(self) -> float:
        """What a figure that is shown is compared by."""
        return float(self.figure.get("share", self.figure.get("count", 0)))

    def line(self, number: int) -> float:
        """How long the bar of one of its lines is, in percents of everybody."""
        return round(100 * number / (self.figure.get("denominator") or self.figure.get("count") or 1), 2)

    def part(self, of: Sequence["Row"]) -> float:
        """How long its bar is, in percents: of everybody for a share, of the longest one for a number."""
        most = 1 if "share" in self.figure else max(row.weight for row in of) or 1
        return round(100 * self.weight / most, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Figures with the question that they answer: the table, the chart and the file are made of the same rows."""

    answer: Answer
    rows: Sequence[Row]

    @property
    def asked(self) -> Question:
        """What was asked."""
        return self.answer.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """One look at one indicator."""

    service: Service
    definition: Definition
    choice: Choice
    now: datetime

    @property
    def yesterday(self) -> date:
        """The last day of which everything is known."""
        return knowledge(self.now, exact=False).day

    @property
    def day(self) -> date:
        """The day at the end of which things were known."""
        return self.choice.on(self.yesterday)

    @property
    def is_past(self) -> bool:
        """Whether more may be known now than was then."""
        return self.day < self.yesterday

    @property
    def months(self) -> Months:
        """The months that are looked at."""
        return months_to(self.day, self.period)

    @property
    def period(self) -> int:
        """How many these are: what looks a year ahead would show nothing in twelve."""
        if self.choice.period is not None:
            return int(self.choice.period)
        asked = self._question(Dimension.NONE, None)
        complete = (number for number in PERIODS if is_complete(months_to(self.day, number).first, asked))
        return next(complete, PERIODS[0])

    @property
    def close(self) -> date:
        """The month that is looked at closely: that of the address if it is shown, or the last one that is complete."""
        months = list(self.months)
        asked = [month for month in months if f"{month:%Y-%m}" == self.choice.month]
        question = self._question(Dimension.NONE, self.months)
        complete = [month for month in months if is_complete(month, question)]
        return (asked or complete[-1:] or months[:1])[0]

    def by_month(self) -> Panel | None:
        """The territory, month by month; None of what has no months."""
        if self.definition.measures == (Measure.STOCK,):
            return None
        return self._of_territory(self._panel(self.choice.dimension, self.months, revised=True))

    def on_the_day(self) -> Panel | None:
        """The territory on the day; None of what is not counted on a day."""
        return self.of_the_day() if Measure.STOCK in self.definition.measures else None

    def of_the_day(self) -> Panel:
        """The territory on the day."""
        return self._of_territory(self._panel(self.choice.dimension, None, revised=True))

    def divided(self) -> Panel:
        """One figure divided: that of the day where there is one, that of the month that is looked at otherwise."""
        months = None if Measure.STOCK in self.definition.measures else Months(self.close, self.close)
        panel = self._panel(self.by, months, revised=False)
        if self.by is not Dimension.DEPARTMENT or self.choice.territory == EVERYWHERE:
            return panel
        region = region_of(self.choice.modality) if self.choice.dimension is self.by else self.choice.modality
        return _only(panel, lambda modality: region_of(modality) == region)

    def causes(self) -> Lines | None:
        """What changed the month that is looked at; None where a figure is not shown both times, or has no months."""
        if not self.is_past or self.definition.measures == (Measure.STOCK,):
            return None
        then = self._question(self.choice.dimension, Months(self.close, self.close))
        with self.service.pool.connection() as connection:
            return why(connection, then, self._later(then)).get((self.close, self.choice.modality))

    @property
    def periods(self) -> Sequence[int]:
        """How many months may be looked at."""
        return PERIODS

    @property
    def dimensions(self) -> Sequence[Dimension]:
        """By what the pages may divide it."""
        return [by for by in DIVIDED_BY if by in self.definition.dimensions]

    @property
    def back(self) -> int:
        """Where the slider stands: whole months before the last day that is over, 0 or less."""
        between = (self.day.year - self.yesterday.year) * 12 + self.day.month - self.yesterday.month
        return max(-BACK, between)

    @property
    def by(self) -> Dimension:
        """What divides; the région where the indicator is not divided by what the address says."""
        return self.choice.by if self.choice.by in self.definition.dimensions else Dimension.REGION

    def _question(self, by: Dimension, months: Months | None) -> Question:
        return Question(definition=self.definition, known=known(self.day), by=by, months=months)

    def _later(self, then: Question) -> Question:
        """The same days, as they are known now."""
        return replace(then, known=replace(known(self.yesterday), on=self.day))

    def _panel(self, by: Dimension, months: Months | None, *, revised: bool) -> Panel:
        then = self._question(by, months)
        later = self._later(then) if revised and self.is_past else None
        answer = answered(self.service, then, later, exact=False)
        return Panel(answer=answer, rows=_rows(answer))

    def _of_territory(self, panel: Panel) -> Panel:
        return _only(panel, lambda modality: modality == self.choice.modality)


def known(day: date) -> Knowledge:
    """What was known at the end of a day, of what had happened by then."""
    return Knowledge(paris_start(add_days(day, 1)), on=day)


def _rows(answer: Answer) -> Sequence[Row]:
    later = {(each["month"], each["modality"]): each for each in revisions(answer.figures, answer.known_now or ())}
    return [
        Row(
            month=figure["month"],
            modality=figure["modality"],
            figure=figure,
            now=later.get((figure["month"], figure["modality"])),
        )
        for figure in answer.figures
    ]


def _only(panel: Panel, keep: Callable[[str], bool]) -> Panel:
    """What the address does not ask for is neither shown nor downloaded."""
    figures = [figure for figure in panel.answer.figures if keep(figure["modality"])]
    later = panel.answer.known_now and [figure for figure in panel.answer.known_now if keep(figure["modality"])]
    answer = replace(panel.answer, figures=figures, known_now=later)
    return Panel(answer=answer, rows=_rows(answer))


def drawn(rows: Sequence[Row], wording: Wording, height: int = HEIGHT) -> Chart:
    """Months as a chart: shares on a scale of percents, counts on one of their own."""
    columns = [
        Column(
            label=wording.short(row.month) if row.month else "",
            year=str(row.month.year) if row.month and (place == 0 or row.month.month == 1) else "",
            then=_value(row, row.figure, wording),
            now=_value(row, row.now, wording) if row.now else None,
            why=_why(row.figure),
        )
        for place, row in enumerate(rows)
    ]
    return chart(columns, height)


def _value(row: Row, figure: Written, wording: Wording) -> Value | None:
    if figure["status"] != "published":
        return None
    amount = 100 * figure["share"] if "share" in figure else figure["count"]
    month = wording.month(row.month) if row.month else ""
    value = wording.value(figure)
    return Value(amount=amount, said=wording.say("mark", month=month, value=value), short=value)


def _why(figure: Written) -> str:
    return str(figure.get("why", figure["status"])) if figure["status"] != "published" else ""
