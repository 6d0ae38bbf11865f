"""The lists, line by line, as the texts have them (les-emplois §3.1, §3.2)."""

from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.criteria import EXCLUSIVE, GEIQ, IAE, excluded, selected
from domain.iae.diagnosis import Scheme

C = Criterion

IAE_LIST = """
    rsa            1  under_3_months
    ass            1  under_3_months
    aah            1  under_3_months
    detld          1  under_3_months
    cap_bep        2  under_3_months
    senior         2  any
    jeune          2  any
    ase            2  under_12_months
    deld           2  under_3_months
    th             2  valid_at_recruitment
    pi             2  under_3_months
    psh_pr         2  under_3_months
    ref_da         2  valid_at_delivery
    zrr            2  under_6_months
    qpv            2  under_6_months
    detention_mj   2  under_6_months
    fle            2  under_6_months
    pm             2  under_6_months
"""

GEIQ_LIST = """
    rsa              2    1  minima  RSA
    ass              2    1  minima  ASS
    aah              2    1  minima  AAH
    detld            2    1  ft      DELD24+
    cap_bep          2    2  -       NE3I
    senior           2    2  -       +50
    jeune            2    2  -       -26
    ase              2    2  -       ASE
    deld             2    2  ft      DELD12/24
    th               1+2  2  -       Pers. SH or TH
    pi               2    2  -       PI
    psh_pr           2    2  -       PSH/PR
    ref_da           1+2  2  -       Refug. or RS/PS/DA
    zrr              1+2  2  -       ZRR or QPV/ZRR
    qpv              1+2  2  -       QPV or QPV/ZRR
    detention_mj     1+2  2  -       Detention/MJ or Prison
    fle              2    2  -       FR non maitrisé
    pm               2    2  -       PM
    jeune_sq         1    -  jeune   -26 SQ
    minima           1    -  -       MINSOC
    sans_travail_12  1    -  -       DELD
    de_45            1    -  -       +45
    reconversion     1    -  -       Reconv.
    siae_cui         1    -  -       SIAE/CUI
    rs_ps_da         2    2  -       RS/PS/DA
    autre_minima     0    -  minima  -
    ft               0    -  -       -
    deld_12          0    -  ft      -
"""


def test_the_eighteen_criteria_of_the_iae() -> None:
    expected = [tuple(line.split()) for line in IAE_LIST.strip().splitlines()]
    assert [(each, str(terms.level), terms.freshness) for each, terms in IAE.items()] == expected
    assert len(expected) == 18


def test_each_is_proved_by_a_document() -> None:
    shared = {proof for each, terms in IAE.items() if (proof := terms.proof) and each in {C.SENIOR, C.JEUNE}}
    assert len(shared) == 1
    assert {each: terms.proof.value for each, terms in IAE.items() if each in {C.RSA, C.DELD, C.TH, C.PM}} == {
        C.RSA: "rsa_certificate",
        C.DELD: "france_travail_certificate",
        C.TH: "rqth_decision",
        C.PM: "mobility_diagnosis",
    }


def test_the_twenty_eight_criteria_of_the_geiq() -> None:
    expected = [tuple(line.split(maxsplit=4)) for line in GEIQ_LIST.strip().splitlines()]
    found = [
        (each, terms.annex, str(terms.level or "-"), terms.parent or "-", terms.label or "-")
        for each, terms in GEIQ.items()
    ]
    assert found == expected
    assert len(expected) == len(Criterion) == 28


def test_only_annex_2_has_levels() -> None:
    assert {each for each, terms in GEIQ.items() if terms.level is not None} == {
        each for each, terms in GEIQ.items() if terms.annex in {"2", "1+2"}
    }


def test_the_pairs_of_the_iae() -> None:
    assert EXCLUSIVE[Scheme.IAE] == (frozenset({C.SENIOR, C.JEUNE}), frozenset({C.DETLD, C.DELD}))


def test_the_first_two_that_do_not_go_together_are_named_and_none_if_all_do() -> None:
    assert excluded(Scheme.IAE, (C.DELD, C.DETLD, C.SENIOR, C.JEUNE)) == [C.JEUNE, C.SENIOR]
    assert excluded(Scheme.IAE, (C.DELD, C.SENIOR)) == ()


def test_what_is_of_no_annex_is_not_shown_to_people() -> None:
    chosen = selected(Scheme.GEIQ, (C.DELD_12, C.AUTRE_MINIMA, C.FLE))
    assert chosen == (C.FLE, C.MINIMA, C.AUTRE_MINIMA, C.FT, C.DELD_12)
    assert [each for each in chosen if GEIQ[each].displayed] == [C.FLE, C.MINIMA]


def test_for_the_iae_a_criterion_brings_no_other() -> None:
    assert selected(Scheme.IAE, (C.DETLD, C.RSA, C.RSA)) == (C.RSA, C.DETLD)
