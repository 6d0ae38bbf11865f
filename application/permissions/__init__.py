"""Who may do what, as data: one table per journey."""

from typing import Final

from application.permissions.accompaniment import PERMISSIONS as ACCOMPANIMENT
from application.permissions.candidate import PERMISSIONS as CANDIDATE
from application.permissions.grant import Permissions
from application.permissions.job_application import PERMISSIONS as JOB_APPLICATION
from application.permissions.organisation import PERMISSIONS as ORGANISATION
from application.permissions.orientation import PERMISSIONS as ORIENTATION
from application.permissions.rsa_appointment import PERMISSIONS as RSA_APPOINTMENT

#: Every command of every journey, and its grants.
PERMISSIONS: Final[Permissions] = {
    **CANDIDATE,
    **ORGANISATION,
    **ORIENTATION,
    **JOB_APPLICATION,
    **RSA_APPOINTMENT,
    **ACCOMPANIMENT,
}
