"""Keyed digests: equal values are found again, and nobody without the secret can guess them."""

import hashlib
import hmac


class KeyedDigests:
    """`application.ports.Digests` by HMAC-SHA-256. The secret never changes: what is stored was made with it."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: 32 random bytes (`Keyring.digest_secret`)."""
        self._secret = secret

    def digest(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits. Two purposes never give the same digest for the same value."""
        if "\0" in purpose:
            raise ValueError("a purpose is a short code")
        return hmac.digest(self._secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hex()
