"""What is confidential to whom, journey by journey, as data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from application.permissions.grant import PROFESSIONALS, Grant, Reach
from application.permissions.reading import ITS_OWN_SIDES, THE_PERSON, Clause, Readers, Reading, on_side
from domain.candidate import hidden_from
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
        **dict.fromkeys(("followers", "referents", "archived_by", "tags", "account"), _ACCOMPANY),
    },
    lines={
        "organisation": _ACCOMPANY,
        **dict.fromkeys(("OrganisationJoined", "OrganisationLeft", "ReferentAssigned", "ReferentRemoved"), _ACCOMPANY),
        **dict.fromkeys(
            ("Archived", "Unarchived", "TagAssigned", "TagRemoved", "AccountLinked", "SocialSituationDescribed"),
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
    "job-application": JOB_APPLICATION,
    "orientation": ORIENTATION,
    "rsa-appointment": RSA_APPOINTMENT,
    "accompaniment": ACCOMPANIMENT,
}
