"""The risk data file: what it says, and what is said of one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import addresses, read_stack
from operations.review.attributes import matches_any
from operations.review.risks import DEFAULT, Event, default_risks, load_risks
from operations.review.schemas import FOLDER, schemas, write
from tests.operations.review.reviewed import change, found, plan


def test_schemas_are_current() -> None:
    """`make snapshots` renews them."""
    write()

    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")} == schemas()


def test_file_follows_its_schema() -> None:
    """An editor accepts what is loaded."""
    schema = json.loads((FOLDER / "risks.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)

    assert list(validator.iter_errors(yaml.safe_load(DEFAULT.read_text("utf-8")))) == []


def test_every_text_reads_as_a_clause() -> None:
    """Reasons and advice are put together with other words."""
    risks = default_risks()
    verdicts = [
        *risks.rules.values(),
        *risks.updates.values(),
        *risks.grants.values(),
        *risks.taken.values(),
        *risks.redundancy.values(),
        *risks.otherwise.values(),
    ]

    texts = [text for verdict in verdicts for text in (verdict.reason, verdict.advice)]

    assert [text for text in texts if text.endswith(".") or text != text.strip()] == []


def test_what_destroys_is_judged_without_a_rule() -> None:
    """Whatever a security engineer takes out, destroying stays high."""
    otherwise = default_risks().otherwise

    assert {otherwise[event].level.value for event in (Event.DELETE, Event.REPLACE)} == {"high"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("level: critical", "level: terrible", "level", id="level"),
        pytest.param("when: [delete, replace]", "when: [vanish]", "when", id="event"),
        pytest.param("  key-destroyed:", "  Key Destroyed:", "rules", id="name of a rule"),
        pytest.param("types: [aws_kms_alias]", "type: [aws_kms_alias]", "types", id="mistyped key"),
        pytest.param("least: 2", "least: 1", "least", id="number"),
    ],
)
def test_mistake_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Like a mistake in an environment file."""
    path = tmp_path / "risks.yaml"
    path.write_text(DEFAULT.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(InvalidInput) as refused:
        load_risks(path)

    assert all(problem.line for problem in refused.value.problems)
    assert words in str(refused.value)


def test_own_rule_counts(tmp_path: Path) -> None:
    """A rule written into the file finds what it says."""
    rule = "  own-rule:\n    types: [acme_thing]\n    when: [update]\n    level: critical\n    reason: r\n    advice: a\n"
    path = tmp_path / "risks.yaml"
    path.write_text(DEFAULT.read_text("utf-8").replace("rules:\n", f"rules:\n{rule}", 1), "utf-8")

    assert found(plan(change("acme_thing.a", "update", {"x": 1}, {"x": 2})), load_risks(path)) == {
        "own-rule": "critical"
    }


def test_destroying_is_judged_for_every_type_of_this_repository(real_output: Path) -> None:
    """Whoever brings a new type says what goes with it; of any other it is high, and says nothing."""
    rules = [
        rule for rule in default_risks().rules.values() if Event.DELETE in rule.when and rule.types != ("*",)
    ]
    types = {
        address.partition(".")[0]
        for stack in (real_output / "stacks").iterdir()
        for address in addresses(read_stack(real_output, stack.name))
    }

    assert sorted(one for one in types if not any(matches_any(one, rule.types) for rule in rules)) == []
