"""The rules for what changes in a tree, in the form of the risk data file, and judged together with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from estate.model.base import Model
from estate.reading.loader import validate
from estate.reading.yaml_source import read
from operations.allowances.acknowledgements import FindingId
from operations.review.risks import Grant, GrantResource, Meaning, Patterns, Risks, Rule, Text, Verdict

FILE: Final = Path(__file__).with_name("risks.yaml")


class TreeRisks(Model):
    """Rules about objects of Kubernetes; a type is a kind with its group, such as Role.rbac.authorization.k8s.io."""

    known_types: Patterns
    """Kinds of which somebody judged what a change means; any other is unknown."""
    rules: dict[FindingId, Rule]
    """Risks of one change by itself; every rule that fits counts."""
    updates: dict[FindingId, Meaning]
    """What an update means where no rule says more; the first entry that names the attribute counts, so order matters."""
    grants: dict[FindingId, Grant]
    """New permissions; the first entry that fits counts, so order matters."""
    grant_resources: dict[Text, GrantResource]
    """By kind, where it says who may do what."""
    not_rendered: Verdict
    """A file of the tree is new, changed or gone, and is not what the environment files say."""
    stranger: Verdict
    """A file in a cluster's folder that this project did not write is new or changed."""
    unreadable: Verdict
    """A file in a cluster's folder says nothing that everybody reads in the same way."""
    folder_gone: Verdict
    """The whole folder of a cluster is gone."""


@cache
def tree_risks() -> TreeRisks:
    """The rules of this project."""
    return load_tree_risks(FILE)


def load_tree_risks(path: Path) -> TreeRisks:
    """Read a file of such rules.

    Raises:
        InvalidInput: it cannot be read or is wrong; every mistake with its line.
    """
    return validate(read(path, path.name), TreeRisks).whole()


def with_trees(risks: Risks) -> Risks:
    """The rules for plans together with those for trees; their types differ, and those for trees come first."""
    trees = tree_risks()
    return risks.model_copy(
        update={
            "known_types": (*risks.known_types, *trees.known_types),
            **{
                part: {**getattr(trees, part), **getattr(risks, part)}
                for part in ("rules", "updates", "grants", "grant_resources")
            },
        }
    )
