"""All rules are loaded whenever files are, and nothing is valid without them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from estate.model.base import Model
from estate.model.estate import Estate
from estate.model.rules import RulesMissing, Violation, broken_rules, rule, rules
from tests.source import ROOT, classes

WITHOUT_RULES = """
from estate.model.environment import Environment
Environment.model_validate({"environment": "dev", "state": {"local": {}}})
"""
WITH_THE_LOADER = """
import sys
import estate.reading.loader
print(*sorted(name for name in sys.modules if name.startswith("estate.rules")))
"""


def run(programme: str) -> subprocess.CompletedProcess[str]:
    """Run a programme in an interpreter that has loaded nothing yet."""
    command = [sys.executable, "-c", programme]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_whoever_reads_files_has_every_rule() -> None:
    """A new file of rules needs no entry in any list to be obeyed."""
    files = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / "estate" / "rules").rglob("*.py")]
    expected = {".".join(path.parts).removesuffix(".__init__") for path in files}

    loaded = run(WITH_THE_LOADER)

    assert set(loaded.stdout.split()) == expected


def test_nothing_is_valid_without_its_rules() -> None:
    """A programme that forgets them fails, instead of letting everything through."""
    refused = run(WITHOUT_RULES)

    assert refused.returncode == 1
    assert "RulesMissing: Environment is judged by rules that are not loaded" in refused.stderr


def test_missing_rules_are_no_mistake_of_the_input() -> None:
    """Pydantic makes a validation error of every ValueError, which a caller may take for a person's."""
    assert not issubclass(RulesMissing, ValueError)


def test_a_rule_is_on_a_class_that_waits_for_its_rules() -> None:
    """Otherwise the class would pass wherever the rule is not loaded."""

    class Alone(Model):
        """Nobody else judges it."""

    with pytest.raises(TypeError, match="Alone must say judged_from_outside"):
        rule(on=Alone)(lambda _: iter(()))


def test_classes_wait_for_rules_that_there_are() -> None:
    """Each class that says it is judged from outside is, and by its own name."""
    judged = {one.judges for one in rules().values() if one.check.__module__.startswith("estate.rules")}

    assert judged == {one for one in classes("estate") if "judged_from_outside" in vars(one)} - {Model}


def test_rules_of_a_base_class_come_first_and_all_are_run() -> None:
    """Of a class and what it is made from, each in order of definition."""

    class Base(Model):
        """Has a rule."""

        @rule
        def _first(self) -> Iterator[Violation]:
            """It is broken."""
            yield Violation(("a",), "first")

    class Derived(Base):
        """Has one more."""

        @rule
        def _second(self) -> Iterator[Violation]:
            """It is broken too."""
            yield Violation(("b",), "second", ("c",), ("d",))

    found = broken_rules(Derived.model_construct())

    assert found == [Violation(("a",), "first"), Violation(("b",), "second", ("c",), ("d",))]
    assert found[1].absent == (("c",), ("d",))


def test_the_whole_estate_is_judged_from_outside() -> None:
    """It is no pydantic model, and obeys the same."""
    assert Estate.judged_from_outside
