"""By which ways a person can be written to (rdv-insertion §5.3)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from domain.followed import Followed
from domain.formats import email, phone
from domain.rsa.categories import Channel

#: Mobile numbers of FR, GP, GF, MQ, RE and YT, in E.164.
_MOBILE: Final = re.compile(r"\+(?:33[67]|59069[01]|594694|59669[67]|26269[23]|262639)[0-9]+")
#: A street, a postcode of five digits and a town.
_ADDRESS: Final = re.compile(r"\S.*?[\s,]+[0-9]{5}[\s,]+\S.*", re.DOTALL)


def has_mobile(person: Followed) -> bool:
    """Whether a text message reaches the person."""
    number = phone.parse(person.phone) if person.phone else None
    return number is not None and _MOBILE.fullmatch(number) is not None


def has_email(person: Followed) -> bool:
    """Whether an e-mail reaches the person."""
    return person.email is not None and email.parse(person.email) is not None


def has_address(person: Followed) -> bool:
    """Whether a letter reaches the person."""
    return person.address is not None and _ADDRESS.fullmatch(person.address.strip()) is not None


REACHED_BY: Final[Mapping[Channel, Callable[[Followed], bool]]] = {
    Channel.SMS: has_mobile,
    Channel.EMAIL: has_email,
    Channel.POSTAL: has_address,
}
#: What is sent without anybody's hand.
BY_ITSELF: Final = (Channel.SMS, Channel.EMAIL)
