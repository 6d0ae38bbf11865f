"""What divides figures."""

from enum import StrEnum


class Dimension(StrEnum):
    """What figures may be divided by: each a partition of the entries, as they were on the day of entry."""

    NONE = "none"
    DEPARTMENT = "department"
    REGION = "region"
    TITLE = "title"
    AGE_BAND = "age_band"
    #: The highest level of the administrative criteria of the person.
    CRITERIA = "criteria"
    #: The organisation that registered or oriented the person, that sent or answered.
    ORGANISATION = "organisation"
    ORGANISATION_KINDS = "organisation_kinds"
    ORGANISATION_FAMILIES = "organisation_families"
    AUTHORISED = "authorised"
    #: The organisation to which the person was sent.
    RECEIVER = "receiver"
    RECEIVER_KINDS = "receiver_kinds"
    #: How it came about: in what capacity somebody sent, in what form an invitation went out.
    CHANNEL = "channel"
    #: By which door the fact came into the record.
    ORIGIN = "origin"
