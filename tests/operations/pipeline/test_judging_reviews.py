"""A base reviews the plans of a head that it takes for data, as its pipeline does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from manifests.writing import MARK as MARK_OF_FILES
from operations.cli import main
from operations.heads.brought import Brought
from operations.review.findings import Level
from operations.review.markdown import MARKER
from operations.review.run import Options
from operations.review.run import review as run
from tests.operations.heads.checkouts import STACK, Checkouts, synthesize
from tests.operations.pipeline.stand_in import StandIn
from tests.operations.pipeline.test_reviewing import PLAN

Capture = pytest.CaptureFixture[str]

ACKNOWLEDGED = """\
acknowledgements:
  - {address: aws_kms_key.K, reason: it is old, who: kari, expires: "2999-01-01"}
"""
FILE = "environments/review/acknowledgements.yaml"


def reviewed(both: Checkouts, *words: str) -> tuple[int, str]:
    """How a review of the head ends, and what it says."""
    code = main(["review-plans", "plans", "--head=head", *words, "--format=markdown", "--output=review.md"])
    return code, (both.base / "review.md").read_text()


def test_a_plan_of_other_code_than_is_looked_at_is_not_opened(
    both: Checkouts, terraform: StandIn, capsys: Capture
) -> None:
    """Policy and review read the stack, so the plan has to be one of it."""
    assert terraform.commands == []
    code = both.head / "cdktf.out" / "stacks" / "dev" / "cdk.tf.json"
    assert main(["plan", "dev", "test", "--head=head"]) == 0
    code.write_text(json.dumps({**STACK, "output": {}}))

    assert main(["review-plans", "plans", "--head=head"]) == 2
    assert "dev: was planned from other code than what is looked at here" in capsys.readouterr().err


def test_a_stack_that_the_base_plans_is_not_excused(both: Checkouts) -> None:
    """By a state that the head moves to somebody's machine."""
    local = {**STACK, "terraform": {**STACK["terraform"], "backend": {"local": {}}}}
    path = both.head / "environments" / "dev.yaml"
    both.push("environments/dev.yaml", path.read_text().replace("gcs: {bucket: kl-dev-state}", "local: {}"))
    synthesize(both.head, dev=local, test=local)
    both.push(
        "environments/test.yaml",
        (both.head / "environments" / "test.yaml")
        .read_text()
        .replace("gcs: {bucket: kl-test-state}", "local: {}"),
    )

    code, text = reviewed(both)

    assert code == 3
    assert "nobody knows what this change does there" in text


def test_a_refusal_takes_the_place_of_an_earlier_review(both: Checkouts) -> None:
    """The comment would stay that of another commit, which may merge; what was found is in the log alone."""
    synthesize(both.head, dev={**STACK, "terraform": {"backend": {"local": {}}}}, test=STACK)

    code, text = reviewed(both)

    assert code == 2
    assert text.startswith(f"{MARKER}\n## May not merge: nothing was reviewed\n")
    assert "- `head/cdktf.out/stacks/dev/cdk.tf.json`" in text


def test_a_refusal_without_a_comment_writes_nothing(both: Checkouts) -> None:
    """Nobody asked for one."""
    (both.head / "cdktf.out" / "stacks.json").unlink()

    assert main(["review-plans", "plans", "--head=head", "--format=markdown"]) == 2


@pytest.fixture
def destroying(both: Checkouts, terraform: StandIn) -> Checkouts:
    """A head whose plan destroys a key, with an acknowledgement of its own."""
    both.push(FILE, ACKNOWLEDGED)
    terraform.order(json=PLAN)
    assert main(["plan", "dev", "test", "--head=head"]) == 0
    return both


def test_an_acknowledgement_of_the_pull_request_itself_does_not_count(destroying: Checkouts) -> None:
    """It stands on top as high, with whose approval is missing, and the finding stays open."""
    code, text = reviewed(destroying)

    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert code == 3
    assert "**high** changes what judges the next one" in lines[0]
    assert "lets whatever is found at aws" in lines[1]
    assert "counts once" in lines[1]
    assert "things that wait for a code owner" in text
    assert "2 findings at high or above without acknowledgement" in text


def test_it_counts_once_an_owner_approved(destroying: Checkouts) -> None:
    """Of this commit; that is said."""
    code, text = reviewed(destroying, destroying.approve("kari"))

    assert "approved by @" in text
    assert "May not merge" not in text
    assert code == 0


def test_whose_a_stack_is_the_head_does_not_say(both: Checkouts, terraform: StandIn) -> None:
    """What synthesis left was made by its own code: with test's stack given out for dev's, dev's word would count for it."""
    both.merge(FILE, ACKNOWLEDGED.replace("{address", "{environment: dev, address"))
    terraform.order(json=PLAN)
    assert main(["plan", "dev", "test", "--head=head"]) == 0
    order = both.head / "cdktf.out" / "stacks.json"
    order.write_text(order.read_text().replace('"environment": "test"', '"environment": "dev"'))

    code, text = reviewed(both)

    assert code == 3
    assert "1 finding at high or above without acknowledgement" in text


def test_a_stack_that_a_head_lets_go_is_said(both: Checkouts, terraform: StandIn) -> None:
    """It has no plan, and none is missing."""
    both.push("environments/organization.yaml", "{name: kl, domain: example.com, promotion: [dev]}\n")
    (both.head / "environments" / "test.yaml").unlink()
    both.commit()
    synthesize(both.head, dev=STACK)
    terraform.order(json=PLAN)
    assert main(["plan", "dev", "--head=head"]) == 0

    code, text = reviewed(both)

    assert code == 3
    assert "nothing asks for this stack any more" in text


def test_one_of_the_base_counts(both: Checkouts, terraform: StandIn) -> None:
    """Merged ahead, it needs nobody any more."""
    both.merge(FILE, ACKNOWLEDGED)
    terraform.order(json=PLAN)
    main(["plan", "dev", "test", "--head=head"])

    code, text = reviewed(both)

    assert code == 0
    assert "kari until 2999-01-01" in text


def test_one_that_is_merged_ahead_is_a_note(both: Checkouts, terraform: StandIn) -> None:
    """Nothing needs it yet."""
    both.merge(FILE, ACKNOWLEDGED)
    terraform.order(json={**PLAN, "resource_changes": []})
    main(["plan", "dev", "test", "--head=head"])

    code, text = reviewed(both)

    assert code == 0
    assert "> Note: acknowledgement of aws" in text


def test_risk_data_of_the_pull_request_does_not_judge_it(destroying: Checkouts, terraform: StandIn) -> None:
    """It says that destroying a key is nothing; it is found, and the key's destruction as well."""
    assert terraform.orders
    destroying.push("operations/review/risks.yaml", "nothing: matters\n")
    main(["plan", "dev", "test", "--head=head"])

    code, text = reviewed(destroying)

    assert code == 3
    assert "operations/review/risks.yaml" in text
    assert "critical" in text


def test_protection_is_compared_with_the_base(both: Checkouts, terraform: StandIn) -> None:
    """Whose stacks stand here, so that nobody has to name them."""
    kept = {"google_compute_network": {"N": {"name": "kl-dev", "lifecycle": {"prevent_destroy": True}}}}
    synthesize(both.base, dev={**STACK, "resource": kept}, test=STACK)
    terraform.order(json={**PLAN, "resource_changes": []})
    main(["plan", "dev", "test", "--head=head"])

    code, text = reviewed(both)

    assert code == 3
    assert "compute" in text
    assert "prevent_destroy was not compared" not in text


def test_the_tree_of_the_head_is_reviewed_with_its_plans(both: Checkouts, terraform: StandIn) -> None:
    """As data, by the base's rules: who administers a cluster stands above what a plan does."""
    organization = "{name: kl, domain: example.com, promotion: [dev, test], gitops: {}}\n"
    both.merge("environments/organization.yaml", organization)
    both.push(
        "clusters/test/apps/synced/30-platform-access.yaml",
        f"{MARK_OF_FILES} from test.yaml\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
        "metadata: {name: mine}\nroleRef: {kind: ClusterRole, name: cluster-admin}\n"
        "subjects: [{kind: Group, name: mallory}]\n",
    )
    terraform.order(json={**PLAN, "resource_changes": []})
    main(["plan", "dev", "test", "--head=head"])

    code, text = reviewed(both)

    assert code == 3
    assert "**critical** test: **manifests of apps, ClusterRoleBinding" in text
    assert "Group mallory gets ClusterRole cluster" in text
    assert "clusters/test/apps/synced/30-platform-access.yaml: it is not what its files say" in text


def test_a_head_without_stacks_is_reviewed_for_what_it_brings(both: Checkouts) -> None:
    """There is nothing to plan, and what judges may change all the same."""
    synthesize(both.head)
    brought = Brought("judge-changed", "changes what judges", "@kari", "")
    options = Options(
        sources=[],
        outdir=both.head / "cdktf.out",
        base=Path("cdktf.out"),
        folder=both.head / "environments",
        acknowledgements=None,
        risks=None,
        fail_on=Level.HIGH,
        today=date(2026, 11, 30),
        not_planned=[],
        binary="terraform",
        accepted=(),
        brought=[brought],
    )

    review, gate = run(options)

    assert (review.environments, gate.brought, gate.passes) == ((), (brought,), False)


def test_plans_of_the_base_are_no_plans_of_the_head(
    both: Checkouts, terraform: StandIn, capsys: Capture
) -> None:
    """A comment about other code would be believed."""
    assert terraform.orders
    assert main(["plan", "dev", "test"]) == 0
    both.push("README.txt", "hei\n")

    assert main(["review-plans", "plans", "--head=head"]) == 2

    assert "was made from another state of the repository" in capsys.readouterr().err
