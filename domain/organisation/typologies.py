"""The 92 typologies of structures that offer services (dora §3.2), in lower case."""

from typing import Final

TYPOLOGIES: Final = frozenset(
    """
    aci aciphc afpa ai ase asso asso_chomeur autre avip bib caarud cada caf cap_emploi cava cc ccas ccons cd
    cdas cfp chrs chu cias cidff citmet cmp cms cpam cph cs csapa csc deets dept diplp e2c ea eatt ei eiti enm
    epci epi epide epn es ess etabl_pri etabl_pub etat etti evs fablab fais ft geiq huda la_poste mda mde mdef
    mdph mds mjc ml mq msa msap muni oacas odc of oil opcs pad pension pi pij_bij pimms pjj plie pref prevention
    reg ressourcerie rfs rs_fjt scp spip tiers_lieux udaf
    """.split()  # noqa: SIM905 - ninety-two quoted words are no easier to compare with the source
)
