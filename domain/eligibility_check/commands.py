"""What can be asked of a diagnosis."""

from datetime import date
from typing import Annotated

from domain.eligibility_check.codes import Answer, Criterion
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class DiagnoseForIae:
    """Say that the person qualifies for the IAE: an authorised prescriber for every SIAE, or a SIAE for itself."""

    criteria: tuple[Criterion, ...] = ()


@message
class RenewForIae:
    """Make a new diagnosis in the place of a prescriber's one that has not expired."""

    #: The former one, as `eligibility-check-1`.
    diagnosis: str
    criteria: tuple[Criterion, ...] = ()


@message
class DiagnoseForGeiq:
    """Say that the person qualifies for the contracts of a GEIQ: an authorised prescriber, or a GEIQ for itself."""

    criteria: tuple[Criterion, ...] = ()


@message
class RecordDiagnosis:
    """Record a diagnosis that another system holds, as it stands there."""

    scheme: Scheme
    author_kind: AuthorKind
    #: None if they are no longer known.
    organisation: OrganisationId | None = None
    author: Subject | None = None
    made_on: date
    #: The first day on which it no longer counts.
    expires_on: date
    criteria: tuple[Criterion, ...] = ()


@message
class UpdateForGeiq:
    """Replace the criteria of a diagnosis for a GEIQ, which counts six months more from today."""

    criteria: tuple[Criterion, ...]


@message
class Supersede:
    """Another diagnosis takes the place of this one, which counts no longer from today on."""

    #: As `eligibility-check-2`.
    by: str


@message
class Expire:
    """The day has come from which the diagnosis no longer counts."""


@message
class RecordHire:
    """Somebody is hired on the strength of this diagnosis, or the day of their hire moved."""

    #: As `job-application-3`.
    application: str
    starts_on: date


@message
class ReleaseFromHire:
    """That hire does not take place."""

    application: str


@message
class RecordPass:
    """The diagnosis led to a PASS IAE."""

    #: As `pass-iae-1`.
    pass_iae: str


@message
class RequestCertification:
    """Ask the certifying services about every criterion that they have not certified yet."""


@message
class RecordAnswer:
    """What a certifying service answered about a criterion."""

    criterion: Criterion
    answer: Answer
    #: An ISO day: since when the person benefits. Known if and only if they do.
    since: Annotated[str | None, Personal] = None
    #: In seconds: when the service wants to be asked again. Known if and only if it is asked too much.
    retry_after: int | None = None


MakingCommand = DiagnoseForIae | RenewForIae | DiagnoseForGeiq | RecordDiagnosis
LastingCommand = UpdateForGeiq | Supersede | Expire
UsingCommand = RecordHire | ReleaseFromHire | RecordPass
CertifyingCommand = RequestCertification | RecordAnswer

EligibilityCheckCommand = MakingCommand | LastingCommand | UsingCommand | CertifyingCommand
