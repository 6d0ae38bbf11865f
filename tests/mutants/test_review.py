from pathlib import Path

from tests.mutants.review import Review, Survivor, survivor, survivors_in

RESULTS = """
    domain.pass_iae.rules.x_decide__mutmut_3: survived
    domain.pass_iae.rules.x_decide__mutmut_4: killed
    domain.pass_iae.state.xǁPassIaeǁpending__mutmut_1: no tests
    domain.pass_iae.state.x_gone__mutmut_2: timeout
"""
DIFF = """--- domain/pass_iae/rules.py
+++ domain/pass_iae/rules.py
@@ -1,3 +1,3 @@
 def decide(command, case, context):
-    if case.ends_on >= context.today:
+    if case.ends_on > context.today:
         return []
"""


def test_what_no_test_noticed_has_survived() -> None:
    assert survivors_in(RESULTS) == [
        "domain.pass_iae.rules.x_decide__mutmut_3",
        "domain.pass_iae.state.xǁPassIaeǁpending__mutmut_1",
    ]


def test_a_survivor_is_known_by_its_function_and_its_lines_not_by_its_number() -> None:
    expected = Survivor(
        "domain.pass_iae.rules.decide", "if case.ends_on >= context.today:", "if case.ends_on > context.today:"
    )
    assert survivor("domain.pass_iae.rules.x_decide__mutmut_3", DIFF) == expected
    assert survivor("domain.pass_iae.state.xǁPassIaeǁpending__mutmut_1", "").function == (
        "domain.pass_iae.state.PassIae.pending"
    )


def test_only_what_somebody_has_explained_may_survive(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.toml"
    path.write_text(
        "[[everywhere]]\nbecame = 'assert_never\\(None\\)'\nwhy = 'unreachable'\n"
        "[[everywhere]]\nwas = 'pass|\\.\\.\\.'\nbecame = ''\nwhy = 'nothing'\n"
        "[[here]]\nfunction = 'a.f'\nbecame = 'return 2'\nwhy = 'the same'\n"
        "[[here]]\nfunction = 'a.g'\nbecame = 'return 3'\nwhy = 'the same'\n",
        encoding="utf-8",
    )
    review = Review.read(path)
    alive = [
        Survivor("a.f", "return 1", "return 2"),
        Survivor("b.f", "assert_never(x)", "assert_never(None)"),
        Survivor("b.g", "pass", ""),
    ]
    assert [review.explains(each) for each in alive] == [True, True, True]
    assert not review.explains(Survivor("a.f", "return 1", "return 4"))
    assert not review.explains(Survivor("b.f", "case _: assert_never(x)", ""))
    assert not review.explains(Survivor("a.h", "return 1", "return 2"))
    assert list(review.outdated(alive)) == ["a.g: return 3"]


def test_everything_that_was_reviewed_says_why() -> None:
    review = Review.read()
    assert [each for each in (*review.everywhere, *review.here) if not each.get("why", "").endswith(".")] == []
