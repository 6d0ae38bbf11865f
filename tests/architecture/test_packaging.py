"""The generic top-level names are ours alone."""

from importlib.metadata import distributions

OURS = {"domain", "application", "infrastructure", "projections", "api"}


def test_no_dependency_brings_a_package_with_one_of_our_names() -> None:
    owners = {
        (distribution.metadata["Name"], file.parts[0])
        for distribution in distributions()
        for file in distribution.files or ()
        if file.parts[0] in OURS and file.suffix == ".py"
    }
    assert {owner for owner in owners if owner[0] != "parcours"} == set()
