"""What a person applies of a pull request is what the base's own code makes of its files."""

from __future__ import annotations

import shutil
from pathlib import Path

from operations.cli import main
from operations.heads.estate import load_head
from operations.heads.ground import built_grounds
from operations.review.by_hand import changed_by_hand
from operations.review.sources import stacks_of
from tests.operations.heads.checkouts import ENVIRONMENT, Checkouts

GROUND = """\
bootstrap:
  github: {repository: kl/estate, repository_id: 42, owner_id: 7}
  project: {id: kl-dev-ground, number: 200000000001}
"""


def test_a_ground_that_the_head_does_not_show_is_found(both: Checkouts) -> None:
    """Its files let another repository in, and what it synthesized says that nothing changes."""
    dev = ENVIRONMENT.format(name="dev", number=0) + GROUND
    both.merge("environments/dev.yaml", dev)
    assert main(["synth", "--output=cdktf.out"]) == 0
    shutil.rmtree(both.head / "cdktf.out")
    shutil.copytree(both.base / "cdktf.out", both.head / "cdktf.out")
    both.push("environments/dev.yaml", dev.replace("repository_id: 42", "repository_id: 666"))

    estate = load_head(both.opened())
    with built_grounds(estate) as made:
        changed = [
            changed_by_hand(Path("cdktf.out"), outdirs, stacks_of(estate))
            for outdirs in ([both.head / "cdktf.out"], [both.head / "cdktf.out", *made])
        ]

    shown, found = changed
    assert shown == {}
    assert list(found) == ["dev-bootstrap"]
    assert "google_iam_workload_identity_pool_provider" in found["dev-bootstrap"]
    assert [folder.exists() for folder in made] == [False]


def test_nothing_is_made_where_a_person_applies_nothing(both: Checkouts) -> None:
    """Node is not even started."""
    with built_grounds(load_head(both.opened())) as made:
        assert list(made) == []
