"""What an import has to say about single records: in codes and keys, never in the words of the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.journey import Refusal


class Nature(StrEnum):
    """What a finding means for its record."""

    #: Nothing of it is in Parcours.
    NOT_IMPORTED = "not_imported"
    #: It is in Parcours, but not in the state that the dump says.
    STATE_NOT_REACHED = "state_not_reached"
    #: It is in Parcours without this field.
    FIELD_LEFT_OUT = "field_left_out"
    #: It is in Parcours although a rule would refuse it today.
    AGAINST_A_RULE = "against_a_rule"
    #: It is in Parcours with something that the dump does not say, or by a rule of Parcours.
    SUPPOSED = "supposed"
    #: It is in Parcours as the dump says, which contradicts itself.
    CONTRADICTION = "contradiction"
    #: The dump names it without holding it: it is in Parcours as something of which only the reference is known.
    KNOWN_BY_REFERENCE = "known_by_reference"


class Why(StrEnum):
    """Why, where it is no refusal of a rule."""

    NO_FILE = "no_file"
    UNREADABLE_FILE = "unreadable_file"
    NOT_A_RECORD = "not_a_record"
    DUPLICATE_KEY = "duplicate_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_CODE = "unknown_code"
    NOT_IN_THE_DUMP = "not_in_the_dump"
    NOT_A_JOB_SEEKER = "not_a_job_seeker"
    DOSSIER_NOT_IMPORTED = "dossier_not_imported"
    NO_ORGANISATION = "no_organisation"
    NO_PRIOR_ACTION = "no_prior_action"
    NOT_OF_THIS_STATE = "not_of_this_state"
    DATE_UNKNOWN = "date_unknown"
    DATE_BY_RULE = "date_by_rule"
    HIRE_UNKNOWN = "hire_unknown"
    SIZE_UNKNOWN = "size_unknown"
    FIRST_MEMBER = "first_member"
    HIRED_BEFORE = "hired_before"
    OTHER_NOT_IMPORTED = "other_not_imported"
    BEFORE_CREATION = "before_creation"
    NEVER_AUTHORISED = "never_authorised"
    NO_PLACE = "no_place"


SENTENCES: Final[Mapping[str, str]] = {
    Why.NO_FILE: "No file of the dump holds this kind of record.",
    Why.UNREADABLE_FILE: "The file is not a JSON list.",
    Why.NOT_A_RECORD: "This is not a record: it needs a model, a key and fields.",
    Why.DUPLICATE_KEY: "Another record of this kind has the same key: the first one counts.",
    Why.MISSING: "The field is empty or missing.",
    Why.WRONG_TYPE: "The field is not of the kind of value expected.",
    Why.UNKNOWN_CODE: "The code is in no known list.",
    Why.NOT_IN_THE_DUMP: "The record that this field refers to is not in the dump.",
    Why.NOT_A_JOB_SEEKER: "The user is not a job seeker.",
    Why.DOSSIER_NOT_IMPORTED: "The dossier or the organisation it belongs to could not be imported.",
    Why.NO_ORGANISATION: "It names no organisation, and Parcours knows no referent or sender without one.",
    Why.NO_PRIOR_ACTION: "The dump does not hold the prior action that leads to this state.",
    Why.NOT_OF_THIS_STATE: "Only another state has this field: what is left of an earlier one is not told.",
    Why.DATE_UNKNOWN: "The dump does not say when: the date is the earliest that it does not exclude.",
    Why.DATE_BY_RULE: "The dump does not say when: the date is that of the rule, 30 days after it was sent.",
    Why.HIRE_UNKNOWN: "No hire in the dump explains it.",
    Why.SIZE_UNKNOWN: "The dump does not say how big the document is: the size is 0.",
    Why.FIRST_MEMBER: "The first member administers: the dump names no administrator.",
    Why.HIRED_BEFORE: "The hire was agreed on before its PASS IAE was issued for another one: they are not linked.",
    Why.OTHER_NOT_IMPORTED: "The record that this field refers to could not be imported.",
    Why.BEFORE_CREATION: "It happened before the record was created, if both dates are right.",
    Why.NEVER_AUTHORISED: "Organisations of this kind are not authorised: there is no decision to record.",
    Why.NO_PLACE: "Parcours has no place for it.",
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where something was read. Keys are the dump's own."""

    file: str
    model: str
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to know about one record. Holds no personal data."""

    nature: Nature
    source: Source
    field: str
    #: A `Why`, or the name of the refusal.
    reason: str
    sentence: str


class Unfit(Exception):
    """A field cannot be read."""

    def __init__(self, field: str, why: Why) -> None:
        """`field`: its name in the dump."""
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class Findings:
    """What has been found so far."""

    found: dict[Finding, None] = field(default_factory=dict)

    def note(self, nature: Nature, source: Source, why: Why, field: str = "") -> None:
        """Say something that no rule says."""
        self.found[Finding(nature, source, field, why.value, SENTENCES[why])] = None

    def refused(self, nature: Nature, source: Source, refusal: type[Refusal], field: str = "") -> None:
        """Say what a rule says."""
        self.found[Finding(nature, source, field, refusal.__name__, refusal.sentence())] = None

    def unfit(self, nature: Nature, source: Source, error: Unfit | Refusal, field: str = "") -> None:
        """Say why a field cannot be used."""
        if isinstance(error, Unfit):
            self.note(nature, source, error.why, error.field)
        else:
            self.refused(nature, source, type(error), field)
