"""Whether a message comes from whoever it says: by the bytes as they came, in the same time whatever is wrong."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping

#: The headers of a request by their names in lower case, its body, and the secrets that are valid now. Without a body,
#: which is read last, whether the headers alone let it be believed.
Check = Callable[[Mapping[str, str], bytes | None, Collection[str]], bool]


def hmac_sha256(header: str) -> Check:
    """A header that holds the hexadecimal HMAC-SHA-256 of the body (rdv-insertion §10.5)."""

    def check(headers: Mapping[str, str], body: bytes | None, secrets: Collection[str]) -> bool:
        if body is None:
            return headers.get(header, "") != ""
        expected = [hmac.digest(secret.encode(), body, hashlib.sha256).hex() for secret in secrets]
        return _is_one_of(headers.get(header, ""), expected)

    return check


def shared_secret(header: str) -> Check:
    """A header that holds a secret of ours (immersion §10.4): who sends it is known, what is sent is not signed."""

    def check(headers: Mapping[str, str], _: bytes | None, secrets: Collection[str]) -> bool:
        return _is_one_of(headers.get(header, ""), secrets)

    return check


def _is_one_of(given: str, expected: Collection[str]) -> bool:
    """Every secret is compared, and each in constant time."""
    found = [hmac.compare_digest(given.encode(), each.encode()) for each in expected]
    return any(found)
