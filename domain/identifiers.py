"""What tells a root from every other: held by one root at a time, in a scope."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A value that at most one root of a scope may have. The desk holds its keyed digest, never the value."""

    #: `candidate:26` (a département), `candidate:unknown`, `organisation`.
    scope: str
    kind: str
    #: Clear text, often personal: never printed.
    value: str = field(repr=False)
