"""Who may do what, as data: one table per journey."""

from typing import Final

from application.permissions.candidate import PERMISSIONS as CANDIDATE
from application.permissions.discussion import PERMISSIONS as DISCUSSION
from application.permissions.eligibility_check import PERMISSIONS as ELIGIBILITY_CHECK
from application.permissions.grant import Permissions
from application.permissions.hiring import PERMISSIONS as HIRING
from application.permissions.immersion import PERMISSIONS as IMMERSION
from application.permissions.job_application import PERMISSIONS as JOB_APPLICATION
from application.permissions.organisation import PERMISSIONS as ORGANISATION
from application.permissions.orientation import PERMISSIONS as ORIENTATION
from application.permissions.pass_iae import PERMISSIONS as PASS_IAE

#: Every command of every journey, and its grants.
PERMISSIONS: Final[Permissions] = {
    **CANDIDATE,
    **ORGANISATION,
    **ORIENTATION,
    **ELIGIBILITY_CHECK,
    **JOB_APPLICATION,
    **HIRING,
    **PASS_IAE,
    **DISCUSSION,
    **IMMERSION,
}
