"""Events of any class, drawn from its types: what the record must give back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Annotated, Any, Final, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.vocabulary import Personal

#: What PostgreSQL's jsonb can hold: any text without NUL and without half of a pair.
TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ZONES: Final = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-3))])
LEAVES: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    # The first and the last day have no instant in every zone.
    datetime: st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES),  # noqa: DTZ001 - drawn
    NoneType: st.none(),
}


@dataclass(frozen=True)
class Drawing:
    """How values are drawn."""

    personal: st.SearchStrategy[str] = TEXTS
    #: Whether None and emptiness are drawn too.
    gaps: bool = True

    def events(self, cls: type[Any]) -> st.SearchStrategy[Any]:
        hints = get_type_hints(cls, include_extras=True)
        return st.builds(cls, **{field.name: self.values(hints[field.name]) for field in fields(cls)})

    def values(self, hint: Any) -> st.SearchStrategy[Any]:
        if get_origin(hint) is Annotated:
            return self._texts(hint) if Personal in hint.__metadata__ else self.values(get_args(hint)[0])
        if isinstance(hint, NewType):
            return self.values(hint.__supertype__)
        if get_origin(hint) in (Union, UnionType):
            return st.one_of([self.values(arm) for arm in get_args(hint) if self.gaps or arm is not NoneType])
        if get_origin(hint) is not None:
            return self._many(get_origin(hint), get_args(hint))
        if isinstance(hint, type) and is_dataclass(hint):
            return self.events(hint)
        return LEAVES[hint] if hint in LEAVES else st.sampled_from(list(hint))

    def _texts(self, hint: Any) -> st.SearchStrategy[Any]:
        return st.none() | self.personal if self.gaps and get_args(hint)[0] is not str else self.personal

    def _many(self, origin: Any, arguments: Any) -> st.SearchStrategy[Any]:
        least = 0 if self.gaps else 1
        if origin is tuple:
            return st.lists(self.values(arguments[0]), min_size=least, max_size=3).map(tuple)
        if origin is frozenset:
            return st.frozensets(self.values(arguments[0]), min_size=least, max_size=3)
        assert origin is Mapping
        return st.dictionaries(self.values(arguments[0]), self.values(arguments[1]), min_size=least, max_size=3)


def masked(value: Any, text: str) -> Any:
    """The same, with `text` in the place of every personal text."""
    if isinstance(value, tuple):
        return tuple(masked(each, text) for each in value)
    if isinstance(value, dict):
        return {key: masked(each, text) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    hints = get_type_hints(type(value), include_extras=True)
    return replace(value, **{f.name: _masked(getattr(value, f.name), hints[f.name], text) for f in fields(value)})


def _masked(value: Any, hint: Any, text: str) -> Any:
    if get_origin(hint) is Annotated and Personal in hint.__metadata__:
        return None if value is None else text
    return masked(value, text)
