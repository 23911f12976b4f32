"""What has to be quoted, or not, is judged at once as what it will be."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.reading.loader import validate
from estate.reading.yaml_source import read
from tests.example import ENVIRONMENTS
from tests.reading.sample import check, messages

SECTION = "name: sample\nsection:\n  region: north\n  cidr: 10.0.0.0/16\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SECTION + '  pools: {p: {size: large, count: "9"}}\n',
            [
                'f.yaml:5:35: section.pools.p.count: must be a whole number, got "9"; remove the quotes: 9',
                "f.yaml:5:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer",
            ],
            id="a number in quotes",
        ),
        pytest.param(
            SECTION + "  pools: {p: {size: large, count: 0_9}}\n",
            [
                "f.yaml:5:35: section.pools.p.count: YAML reads 0_9 as a number and may drop its leading zero; "
                "write 9",
                "f.yaml:5:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer",
            ],
            id="a number written oddly",
        ),
        pytest.param(
            SECTION + "  pools: {p: {size: small, addresses: [aa, aa, no]}}\n",
            [
                "f.yaml:5:28: section.pools.p.addresses: must name bb; add it",
                "f.yaml:5:44: section.pools.p.addresses[1]: stands here twice, got aa; take another",
                'f.yaml:5:48: section.pools.p.addresses[2]: YAML reads no as false; quote it: "no"',
            ],
            id="a word in a list",
        ),
    ],
)
def test_rules_judge_what_was_meant(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Or a person mends the quotes, and is told of the rule in the next round."""
    assert messages(tmp_path, text) == expected


def test_what_was_meant_stands_in_the_model(tmp_path: Path) -> None:
    """Rules that cross files judge it, too."""
    validated = check(tmp_path, 'name: sample\nversion: 1.30\nprotected: "false"\nlabels: {a: 012}\n')

    assert validated.model
    assert (validated.model.version, validated.model.protected, validated.model.labels) == (
        "1.30",
        False,
        {"a": "012"},
    )
    assert not validated.may_say(("version",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            'version: "1.35"',
            "version: 1.30",
            [
                "test.yaml:86:16: aws.eks_clusters.aws.version: YAML reads 1.30 as the number 1.3; "
                'quote it: "1.30"',
                "test.yaml:86:16: aws.eks_clusters.aws.version: must be a known version, 1.33, 1.34, 1.35, 1.36; "
                "got 1.30; if EKS has it by now, add it to estate/facts/aws/eks_versions.json",
            ],
            id="EKS, a version that is too old",
        ),
        pytest.param(
            'version: "1.35"',
            "version: 1.34",
            [
                'test.yaml:86:16: aws.eks_clusters.aws.version: must be text, got 1.34; quote it: "1.34"',
                "test.yaml:96:34: aws.eks_clusters.aws.attach.platform_version: must be of 1.33 or 1.34 for Kubernetes "
                "1.34, got 1.35.0-gke.1; gcloud container attached get-server-config lists what there is",
            ],
            id="EKS, another version than the one beside it",
        ),
        pytest.param(
            "min_size: 2",
            'min_size: "8"',
            [
                "test.yaml:95:69: aws.eks_clusters.aws.node_groups.default.min_size: must be a whole number, "
                'got "8"; remove the quotes: 8',
                "test.yaml:95:69: aws.eks_clusters.aws.node_groups.default.min_size: must be at most max_size 6, "
                "got 8",
            ],
            id="a size in quotes",
        ),
    ],
)  # fmt: skip
def test_a_scalar_of_the_example_takes_one_round(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    """Quotes and version are told at once."""
    path = tmp_path / "test.yaml"
    path.write_text((ENVIRONMENTS / "test.yaml").read_text("utf-8").replace(old, new, 1), encoding="utf-8")

    validated = validate(read(path, "test.yaml"), Environment)

    assert [str(problem) for problem in validated.problems] == expected


def test_a_word_for_one_of_several_things_is_judged_as_that_word(tmp_path: Path) -> None:
    """Access to an environment is a level or a role: how one is chosen is not asked of the level alone."""
    path = tmp_path / "o.yaml"
    text = (ENVIRONMENTS / "organization.yaml").read_text("utf-8")
    path.write_text(text.replace("{sandbox: edit,", "{sandbox: no,", 1), encoding="utf-8")

    validated = validate(read(path, "o.yaml"), Organization)

    assert [problem.message for problem in validated.problems] == ["must be one of view, edit, admin, got no"]
