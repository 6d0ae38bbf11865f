"""What helps to make an eligibility diagnosis: the criteria, and those that a dossier suggests."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.answers import json_answer
from api.auth import require
from api.perimeter import open_dossier
from api.queries import Reads
from api.reading import AcceptLanguage
from api.service import Service
from api.words import language, words
from application.desk import UnknownJourney
from application.suggesting import suggestions
from domain.eligibility_check import eligibility_check_journey
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.criteria import EXCLUSIVE, GEIQ, IAE
from domain.iae.companies import is_siae
from domain.iae.diagnosis import Scheme
from domain.vocabulary import RootKind
from infrastructure.identity.principal import Principal, Scope

Caller = Annotated[Principal, require(Scope.COMMAND)]


def eligibility_router(service: Service) -> APIRouter:
    """The routes beside the diagnoses themselves."""
    router = APIRouter(tags=[eligibility_check_journey.plural])

    @router.get("/v1/eligibility-criteria", summary="The criteria of the IAE and of the GEIQ, and what each is worth")
    def read_criteria(_: Caller, accept_language: AcceptLanguage = None) -> Response:
        lang = language(accept_language)
        body = {scheme.value: _list(scheme, lang) for scheme in Scheme}
        return json_answer(body, headers={"Content-Language": lang})

    @router.get(
        "/v1/candidates/{root}/eligibility-suggestions", summary="The criteria of the IAE that a dossier suggests"
    )
    def read_suggestions(who: Reads, root: UUID, accept_language: AcceptLanguage = None) -> Response:
        opened = open_dossier(service, who, f"candidate/{root}")
        view, lang = opened.view, language(accept_language)
        person = view.standing.cases[RootKind.CANDIDATE]
        if not view.reads(RootKind.CANDIDATE) or "situation" in view.withheld(RootKind.CANDIDATE, person):
            raise UnknownJourney(str(root))
        acting = view.viewer.acting
        company = acting.id if acting and is_siae(acting.kinds) else None
        found = suggestions(view.standing, opened.history, company, service.clock.now())
        body = {
            "criteria": [_iae(criterion, lang) for criterion in found.criteria],
            "described_at": found.described_at,
            "to_check": found.to_check,
            "prefill": found.prefill,
        }
        return json_answer(body, headers={"Content-Language": lang})

    return router


def _list(scheme: Scheme, lang: str) -> Mapping[str, Any]:
    told = _iae if scheme is Scheme.IAE else _geiq
    listed: Sequence[Criterion] = tuple(IAE if scheme is Scheme.IAE else GEIQ)
    return {
        "criteria": [told(criterion, lang) for criterion in listed],
        "exclusive": [sorted(pair) for pair in EXCLUSIVE[scheme]],
    }


def _iae(criterion: Criterion, lang: str) -> Mapping[str, Any]:
    terms = IAE[criterion]
    return {
        "criterion": criterion,
        "label": _label(criterion, lang),
        "level": terms.level,
        "proof": terms.proof,
        "freshness": terms.freshness,
    }


def _geiq(criterion: Criterion, lang: str) -> Mapping[str, Any]:
    terms = GEIQ[criterion]
    return {
        "criterion": criterion,
        "label": _label(criterion, lang),
        "annex": terms.annex,
        "level": terms.level,
        "parent": terms.parent,
        "label_code": terms.label,
        "displayed": terms.displayed,
    }


def _label(criterion: Criterion, lang: str) -> str:
    return words(eligibility_check_journey.name).code(criterion, lang)
