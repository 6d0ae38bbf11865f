"""Closed lists of the RSA appointment journey."""

from enum import StrEnum


class Stage(StrEnum):
    """What a follow-up accepts. What people see of it is its `Status`, which time changes."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    CLOSED = "closed"
    #: Nothing ever happened in it, and no organisation of the person handles its category any more.
    WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """Where a follow-up stands at an instant (rdv-insertion §4.2): derived, never recorded."""

    NOT_INVITED = "not_invited"
    INVITATION_PENDING = "invitation_pending"
    INVITATION_EXPIRED = "invitation_expired"
    RDV_PENDING = "rdv_pending"
    RDV_NEEDS_STATUS_UPDATE = "rdv_needs_status_update"
    RDV_NOSHOW = "rdv_noshow"
    RDV_REVOKED = "rdv_revoked"
    RDV_EXCUSED = "rdv_excused"
    RDV_SEEN = "rdv_seen"
    CLOSED = "closed"


class InvitationOrigin(StrEnum):
    """From where an invitation was sent (rdv-insertion §5.1)."""

    USER_LIST_UPLOAD = "user_list_upload"
    USERS_INDEX_PAGE = "users_index_page"
    USER_FOLLOW_UPS_PAGE = "user_follow_ups_page"
    API = "api"
    #: By Parcours itself, three days after somebody invited.
    REMINDER = "reminder"


class ExpiryCause(StrEnum):
    """Why invitations end before their day (rdv-insertion §5.4)."""

    BOOKED = "booked"
    CLOSED = "closed"
    ARCHIVED = "archived"


class MessageKind(StrEnum):
    """What a delivery report is about."""

    INVITATION = "invitation"
    NOTIFICATION = "notification"


class DeliveryReport(StrEnum):
    """What the provider says became of a message (rdv-insertion §5.6)."""

    DELIVERED = "delivered"
    SOFT_BOUNCE = "soft_bounce"
    HARD_BOUNCE = "hard_bounce"
    BLOCKED = "blocked"
    INVALID_EMAIL = "invalid_email"
    ERROR = "error"
    #: Anything else it says (`opened`, `request`): only its date counts.
    OTHER = "other"


class ParticipationStatus(StrEnum):
    """What became of the person's seat in an appointment (rdv-insertion §6.4)."""

    UNKNOWN = "unknown"
    SEEN = "seen"
    EXCUSED = "excused"
    REVOKED = "revoked"
    NOSHOW = "noshow"


class Location(StrEnum):
    """Where an appointment takes place (rdv-insertion §3.2)."""

    PUBLIC_OFFICE = "public_office"
    PHONE = "phone"
    HOME = "home"
    VISIO = "visio"


class BookedBy(StrEnum):
    """Who took the seat (rdv-insertion §6.1). Taken in autonomy: by the user."""

    AGENT = "agent"
    USER = "user"
    PRESCRIBER = "prescriber"


class NotificationKind(StrEnum):
    """What a summoned person is told (rdv-insertion §6.5)."""

    CREATED = "created"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
