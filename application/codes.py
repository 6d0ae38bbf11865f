"""By what an invited person comes back without an account: a code, derived and never stored (rdv-insertion §5.1)."""

from base64 import b32encode
from collections.abc import Iterator
from typing import Final

from application.dossiers import Standing
from application.ports import Digests
from domain.identifiers import Identifier
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.state import Invitation

#: Eighty bits, in hexadecimal digits: nobody finds a code by trying.
BITS: Final = 80 // 4
#: How many people read aloud, or type, at a time.
GROUP: Final = 4
#: Letters and digits that nobody takes for one another (Crockford), in the place of those of RFC 4648.
_PLAIN: Final = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
#: What people write in the place of one of these, and what they mean.
_MEANT: Final = str.maketrans("OIL", "011", " -")
_DERIVED: Final = "invitation/derived"


def code_of(digests: Digests, root: str, journey: str, number: int) -> str:
    """The code of an invitation: whoever has not the installation's secret cannot guess it."""
    bits = bytes.fromhex(digests.digest(_DERIVED, f"{root}/{journey}#{number}")[:BITS])
    return b32encode(bits).translate(_PLAIN).decode()


def shown(code: str) -> str:
    """A code as it is sent: `7K2M-0QXB-99TD-3ENC`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(written: str) -> str:
    """What somebody meant who wrote a code by hand."""
    return written.upper().translate(_MEANT)


def by_code(code: str) -> Identifier:
    """By what the dossier of an invitation is found: the keyed digest of this is all that is stored."""
    return Identifier(scope="invitation", kind="code", value=code)


def invitations(standing: Standing) -> Iterator[tuple[str, Invitation]]:
    """Every invitation of a dossier, with the follow-up that it is of."""
    for journey, case in standing.dossier().of(RsaAppointment).items():
        for invitation in case.invitations:
            yield journey, invitation


def new_codes(digests: Digests, root: str, before: Standing, after: Standing) -> frozenset[Identifier]:
    """The codes of the invitations that a dossier has since: those of before are found already."""
    known = {(journey, each.number) for journey, each in invitations(before)}
    return frozenset(
        by_code(code_of(digests, root, journey, each.number))
        for journey, each in invitations(after)
        if (journey, each.number) not in known
    )
