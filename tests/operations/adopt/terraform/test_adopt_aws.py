"""The whole flow for an account that others made: a network and a cluster of well-known modules."""

from __future__ import annotations

import json

import pytest

from operations.adopt.terraform.adopt import Adopted, Options, adopt
from operations.adopt.terraform.foreseeing import Fate
from operations.adopt.terraform.way_over import way_over
from tests.operations.adopt.terraform.recognizers.aws.drafts import network
from tests.operations.adopt.terraform.recognizers.aws.eks_states import administers, cluster, entry, group
from tests.operations.adopt.terraform.recognizers.aws.test_kms_keys import ADMINISTER, GRANT, USE, key
from tests.operations.adopt.terraform.recognizers.aws.test_networks import FLOW_LOG
from tests.operations.adopt.terraform.states import resource, state, written


@pytest.fixture(scope="module", name="adopted")
def adopted_shop(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    """What becomes of the account."""
    folder = tmp_path_factory.mktemp("shop")
    environments = folder / "environments"
    environments.mkdir()
    organization = {"name": "kl", "domain": "example.com", "promotion": ["prod"]}
    (environments / "organization.yaml").write_text(json.dumps(organization), "utf-8")
    (environments / "prod.yaml").write_text("environment: prod\nstate: {local: {}}\n", "utf-8")
    said = state(
        *network(resource("aws_flow_log.this", FLOW_LOG)),
        cluster(access_config=[{"authentication_mode": "API"}]),
        resource("aws_security_group.cluster", {"id": "sg-cluster", "name": "shop", "vpc_id": "vpc-1"}),
        resource("aws_eks_access_entry.admin", entry("admin")),
        resource("aws_eks_access_policy_association.admin", administers("admin")),
        resource("aws_eks_node_group.this", group(launch_template=[{"id": "lt-1"}])),
        resource("aws_launch_template.this", {"id": "lt-1", "name": "default"}),
        resource("aws_kms_key.this", key(ADMINISTER, USE, GRANT)),
        resource("aws_sqs_queue.jobs", {"id": "jobs"}),
    )
    return adopt(written(folder, said), Options("prod", folder=environments))


def test_nothing_is_replaced(adopted: Adopted) -> None:
    """What cannot be changed is made beside what there is."""
    assert [one.address for one in adopted.of(Fate.REPLACED, Fate.MOVED)] == []
    new = {one.address.partition(".")[0] for one in adopted.of(Fate.NEW)}
    assert new >= {"aws_eks_node_group", "aws_flow_log", "aws_launch_template", "aws_security_group"}
    assert new.isdisjoint({"aws_eks_cluster", "aws_nat_gateway", "aws_subnet", "aws_vpc"})


def test_every_object_is_taken_left_or_not_recognized(adopted: Adopted) -> None:
    """None is dropped; a key without an alias is found by what it is for, a route inside its table by both."""
    taken, left = set(adopted.taken), adopted.draft.left_whole
    rest = [one.address for one in adopted.found.objects if one not in taken | left]

    assert rest == [one.address for one in adopted.not_recognized] == ["aws_sqs_queue.jobs"]
    assert {one.address for one in taken} >= {
        "aws_kms_key.this",
        "module.eks.aws_eks_cluster.this[0]",
        "module.network.aws_route_table.public[0].route[0]",
    }
    assert {one.address for one in left} == {
        "aws_flow_log.this",
        "aws_security_group.cluster",
        "aws_eks_node_group.this",
        "aws_launch_template.this",
    }


def test_the_other_terraform_forgets_what_it_holds(adopted: Adopted) -> None:
    """A route inside a table goes with the table, and has no address of its own."""
    [commands] = [commands for said, commands in way_over(adopted, written=True) if "forget" in said]

    text = "\n".join(commands)
    assert "'module.network.aws_route_table.public[0]'" in text
    assert ".route[" not in text
