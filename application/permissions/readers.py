"""What is confidential to whom, journey by journey, as data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, get_args

from application.permissions.grant import PROFESSIONALS, Grant, Reach
from application.permissions.reading import ITS_OWN_SIDES, THE_PERSON, Clause, Readers, Reading, on_side
from domain.candidate import hidden_from
from domain.eligibility_check import EligibilityCheck
from domain.hiring.events import RecordEvent, UpdateEvent
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.job_application import JobApplication, shown_to_receiver
from domain.orientation import Orientation
from domain.orientation.codes import Stage
from domain.vocabulary import Family, Party

_SENDER: Final = on_side(Party.SENDER)
_RECEIVER: Final = on_side(Party.RECEIVER)
_FOLLOWERS: Final = on_side(Party.FOLLOWER)


def _acquainted(*families: Family) -> Readers:
    """Whoever gets to know the person through a journey of theirs."""
    return Readers(grants=(Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset(families)),))


_ACCOMPANY: Final[Clause] = (_FOLLOWERS, THE_PERSON)
#: A company completes the numbers of the person it hires; a structure that offers a service needs none (dora §5.8).
_NUMBERS: Final[Clause] = (*_ACCOMPANY, _acquainted(Family.SIAE, Family.GEIQ, Family.EMPLOYER, Family.PRESCRIBER))
#: What eligibility is judged on is for those who judge it (les-emplois §1.7).
_SITUATION: Final[Clause] = (*_ACCOMPANY, _acquainted(Family.SIAE, Family.GEIQ, Family.PRESCRIBER))

CANDIDATE: Final = Reading(
    journey=(*_ACCOMPANY, _acquainted()),
    fields={
        **dict.fromkeys(("nir", "france_travail_id", "caf_number", "department_internal_id"), _NUMBERS),
        "situation": _SITUATION,
        # Who accompanies somebody tells why: an RSA service, an association for former prisoners.
        **dict.fromkeys(("followers", "referents", "archived_by", "tags", "references", "account"), _ACCOMPANY),
    },
    lines={
        "organisation": _ACCOMPANY,
        **dict.fromkeys(("OrganisationJoined", "OrganisationLeft", "ReferentAssigned", "ReferentRemoved"), _ACCOMPANY),
        **dict.fromkeys(
            (
                "Archived",
                "Unarchived",
                "TagAssigned",
                "TagRemoved",
                "ReferenceLinked",
                "ReferenceUnlinked",
                "AccountLinked",
                "SocialSituationDescribed",
            ),
            _ACCOMPANY,
        ),
    },
    hidden_from=hidden_from,
)


def _refusal_shared(case: JobApplication, _: datetime) -> bool:
    return case.refusal_shared


#: An authorised prescriber that follows the person sees what others sent (les-emplois §1.7); an employer never does.
_PRESCRIBERS_WHO_FOLLOW: Final = Readers(
    grants=(
        Grant(
            roles=PROFESSIONALS,
            families=frozenset({Family.PRESCRIBER}),
            authorised=True,
            reach=Reach.JOURNEY,
            parties=frozenset({Party.FOLLOWER}),
        ),
    )
)
_ONLY_THE_COMPANY: Final[Clause] = (_RECEIVER,)
_PROFESSIONALS: Final[Clause] = (_SENDER, _RECEIVER, _PRESCRIBERS_WHO_FOLLOW)
_REASON: Final[Clause] = (*_PROFESSIONALS, replace(THE_PERSON, when=_refusal_shared))
_COMPANY_WHILE_SHOWN: Final = replace(_RECEIVER, when=shown_to_receiver)

JOB_APPLICATION: Final = Reading(
    journey=(_SENDER, _COMPANY_WHILE_SHOWN, _PRESCRIBERS_WHO_FOLLOW, THE_PERSON),
    acquaints=(_SENDER, _COMPANY_WHILE_SHOWN),
    fields={
        "comments": _ONLY_THE_COMPANY,
        "last_comment": _ONLY_THE_COMPANY,
        "answer_to_prescriber": _PROFESSIONALS,
        "refusal_reason": _REASON,
    },
    lines={"Commented": _ONLY_THE_COMPANY, "CommentDeleted": _ONLY_THE_COMPANY, "Refused.reason": _REASON},
)


def _accepted(case: Orientation, _: datetime) -> bool:
    return case.stage in {Stage.ACCEPTED, Stage.STARTED}


def _not_turned_away(case: Orientation, _: datetime) -> bool:
    return case.stage not in {Stage.REFUSED, Stage.EXPIRED}


_DETAILS: Final[Clause] = (_SENDER, replace(_RECEIVER, when=_not_turned_away), THE_PERSON)

ORIENTATION: Final = Reading(
    journey=ITS_OWN_SIDES,
    # The person's own record would give the details away.
    acquaints=(_SENDER, replace(_RECEIVER, when=_not_turned_away)),
    fields={
        **dict.fromkeys(
            (
                "sent.beneficiary_last_name",
                "sent.beneficiary_first_name",
                "sent.beneficiary_phone",
                "sent.beneficiary_email",
                "sent.beneficiary_other_contact",
                "sent.contact_preferences",
                "sent.available_on",
                "sent.referent_last_name",
                "sent.referent_first_name",
                "sent.referent_email",
                "sent.referent_phone",
                "sent.situation",
                "sent.situation_other",
                "sent.requirements",
                "sent.reasons",
            ),
            _DETAILS,
        ),
        "sent.france_travail_number": (_SENDER, replace(_RECEIVER, when=_accepted), THE_PERSON),
    },
)

#: The person, the company, and the authorised prescribers who follow the person: the tab of contracts (§1.7).
HIRING: Final = Reading(
    journey=(_RECEIVER, _PRESCRIBERS_WHO_FOLLOW, THE_PERSON),
    acquaints=(_RECEIVER,),
    # What is exchanged with the ASP is between the company and the ASP.
    fields={"record": _ONLY_THE_COMPANY, "exchanged": _ONLY_THE_COMPANY},
    lines={kind.__name__: _ONLY_THE_COMPANY for kind in (*get_args(RecordEvent), *get_args(UpdateEvent))},
)

_AUTHOR: Final = on_side(Party.AUTHOR)


def _judging(*families: Family, authorised: bool = False) -> tuple[Grant, ...]:
    """Organisations of some kinds that take part in the dossier, or follow the person."""
    known = Grant(roles=PROFESSIONALS, families=frozenset(families), authorised=authorised, reach=Reach.DOSSIER)
    return known, replace(known, reach=Reach.JOURNEY, parties=frozenset({Party.FOLLOWER}))


def _prescribers(check: EligibilityCheck, _: datetime) -> bool:
    return check.author_kind is AuthorKind.PRESCRIBER


def _prescribers_for_the_iae(check: EligibilityCheck, at: datetime) -> bool:
    return _prescribers(check, at) and check.scheme is Scheme.IAE


def _prescribers_for_geiq(check: EligibilityCheck, at: datetime) -> bool:
    return _prescribers(check, at) and check.scheme is Scheme.GEIQ


def _known_to_the_person(check: EligibilityCheck, _: datetime) -> bool:
    """A SIAE's diagnosis is the person's to see only once it led to a PASS (les-emplois §3.1)."""
    return check.author_kind is not AuthorKind.EMPLOYER or check.pass_iae is not None


_AUTHORISED: Final = Readers(grants=_judging(Family.PRESCRIBER, authorised=True), when=_prescribers)
#: Who was hired on it elsewhere is no company's business: an employer does not read the person's other applications.
_USES: Final[Clause] = (_AUTHOR, _AUTHORISED, THE_PERSON)

#: A prescriber's counts, and is seen, everywhere that it could be used; a company's only there (les-emplois §3).
ELIGIBILITY_CHECK: Final = Reading(
    journey=(
        _AUTHOR,
        _AUTHORISED,
        Readers(grants=_judging(Family.SIAE), when=_prescribers_for_the_iae),
        Readers(grants=_judging(Family.GEIQ), when=_prescribers_for_geiq),
        replace(THE_PERSON, when=_known_to_the_person),
    ),
    acquaints=(_AUTHOR,),
    fields={"hires": _USES, "pass_iae": _USES},
    lines=dict.fromkeys(("HireRecorded", "HireReleased", "PassRecorded"), _USES),
)

#: The companies that hired under the PASS, and who is or was asked to prolong it.
_CONCERNED: Final = on_side(Party.RECEIVER, Party.ARBITER)
_PRESCRIBERS: Final = Readers(
    grants=(Grant(roles=PROFESSIONALS, families=frozenset({Family.PRESCRIBER}), authorised=True, reach=Reach.DOSSIER),)
)
#: Health, detention, disability: why a PASS was paused or prolonged is not for a company that has hired nobody yet.
_REASONS: Final[Clause] = (_CONCERNED, _PRESCRIBERS, THE_PERSON)
_REQUESTS: Final[Clause] = (_CONCERNED, THE_PERSON)

PASS_IAE: Final = Reading(
    # A company that received an application has to know whether there is a PASS (les-emplois §1.7).
    journey=(_CONCERNED, _acquainted(Family.SIAE, Family.GEIQ, Family.EMPLOYER), _PRESCRIBERS, THE_PERSON),
    acquaints=(_CONCERNED,),
    fields={"suspensions": _REASONS, "prolongations": _REASONS, "requests": _REQUESTS},
    lines={
        **dict.fromkeys(("SuspensionDeclared.reason", "SuspensionChanged.reason", "Prolonged.reason"), _REASONS),
        **dict.fromkeys(("ProlongationRequested", "PrescriberReminded", "ProlongationRequestDeleted"), _REQUESTS),
        **dict.fromkeys(("ProlongationGranted", "ProlongationDenied"), _REQUESTS),
    },
)

_THE_AGENCIES: Final[Clause] = (on_side(Party.RECEIVER, Party.VALIDATOR), THE_PERSON)
_ITS_SIDES: Final[Clause] = (on_side(Party.SENDER, Party.RECEIVER, Party.VALIDATOR), THE_PERSON)

IMMERSION: Final = Reading(
    journey=_ITS_SIDES,
    fields=dict.fromkeys(
        (
            "assessment",
            "terms.beneficiary.emergency_contact",
            "terms.beneficiary.emergency_phone",
            "terms.beneficiary.emergency_email",
            "terms.beneficiary.financial_help",
        ),
        _THE_AGENCIES,
    ),
    lines=dict.fromkeys(("AssessmentCreated", "AssessmentSigned", "AssessmentDeleted"), _THE_AGENCIES),
)

DISCUSSION: Final = Reading(
    journey=ITS_OWN_SIDES,
    # What the person and the establishment write to each other is not for who brought them together.
    fields={"exchanges": (THE_PERSON,)},
    lines={"Written": (THE_PERSON,)},
)

#: Whoever follows RSA beneficiaries and this person; others see only what they sent or receive (rdv-insertion §1.4).
_RSA_WHO_FOLLOW: Final = Readers(
    grants=(
        Grant(
            roles=PROFESSIONALS,
            families=frozenset({Family.RSA}),
            reach=Reach.JOURNEY,
            parties=frozenset({Party.FOLLOWER}),
        ),
    )
)

RSA_APPOINTMENT: Final = Reading(
    journey=(_SENDER, _RECEIVER, _RSA_WHO_FOLLOW, THE_PERSON),
    acquaints=(_SENDER, _RECEIVER),
)
ACCOMPANIMENT: Final = Reading(
    journey=(_RECEIVER, _RSA_WHO_FOLLOW, THE_PERSON),
    acquaints=(_RECEIVER,),
)

#: By the name of the journey; `Reading()` for those that have nothing to say.
READERS: Final[Mapping[str, Reading]] = {
    "candidate": CANDIDATE,
    "eligibility-check": ELIGIBILITY_CHECK,
    "hiring": HIRING,
    "job-application": JOB_APPLICATION,
    "orientation": ORIENTATION,
    "pass-iae": PASS_IAE,
    "discussion": DISCUSSION,
    "immersion": IMMERSION,
    "rsa-appointment": RSA_APPOINTMENT,
    "accompaniment": ACCOMPANIMENT,
}
