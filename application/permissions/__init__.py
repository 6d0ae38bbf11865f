"""Who may do what, as data: one table per journey."""

from typing import Final

from application.permissions.candidate import PERMISSIONS as CANDIDATE
from application.permissions.discussion import PERMISSIONS as DISCUSSION
from application.permissions.grant import Permissions
from application.permissions.immersion import PERMISSIONS as IMMERSION
from application.permissions.job_application import PERMISSIONS as JOB_APPLICATION
from application.permissions.organisation import PERMISSIONS as ORGANISATION
from application.permissions.orientation import PERMISSIONS as ORIENTATION

#: Every command of every journey, and its grants.
PERMISSIONS: Final[Permissions] = {
    **CANDIDATE,
    **ORGANISATION,
    **ORIENTATION,
    **JOB_APPLICATION,
    **DISCUSSION,
    **IMMERSION,
}
