"""The rules for trees: what the file says, and what is said of one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from estate.reading.problems import InvalidInput
from operations.review.risks import default_risks
from operations.review.schemas import FOLDER
from operations.review.trees.risks import FILE, load_tree_risks, tree_risks, with_trees


def test_file_follows_its_schema() -> None:
    """An editor accepts what is loaded."""
    schema = json.loads((FOLDER / "tree_risks.json").read_text("utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(FILE.read_text("utf-8")))) == []


def test_no_rule_takes_the_place_of_another() -> None:
    """Both files are judged together, and an acknowledgement names one rule."""
    trees, plans = tree_risks(), default_risks()
    both = with_trees(plans)

    assert len(both.rules) == len(trees.rules) + len(plans.rules)
    assert len(both.updates) == len(trees.updates) + len(plans.updates)
    assert len(both.grants) == len(trees.grants) + len(plans.grants)


def test_every_text_reads_as_a_clause() -> None:
    """Reasons and advice are put together with other words."""
    risks = tree_risks()
    verdicts = [
        *risks.rules.values(),
        *risks.updates.values(),
        *risks.grants.values(),
        risks.not_rendered,
        risks.stranger,
        risks.unreadable,
        risks.folder_gone,
    ]

    texts = [text for verdict in verdicts for text in (verdict.reason, verdict.advice)]

    assert [text for text in texts if text.endswith(".") or text != text.strip()] == []


def test_a_mistake_is_refused_with_its_line(tmp_path: Path) -> None:
    """Like a mistake in an environment file."""
    path = tmp_path / "risks.yaml"
    path.write_text(FILE.read_text("utf-8").replace("level: critical", "level: terrible", 1), "utf-8")

    with pytest.raises(InvalidInput, match=r"risks.yaml:[0-9]+.*rules.workloads-destroyed.level"):
        load_tree_risks(path)
