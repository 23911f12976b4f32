"""What is printed, held against everything that the synthesized stacks refer to and do not make."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

import pytest

from estate.derived.aws.services import services
from estate.derived.stack_plan import environment_of
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.artifacts.synthesis import synth
from operations.cards.prerequisites import prerequisites
from operations.init.init import init
from operations.project import ENVIRONMENTS as FOLDER
from tests.example import ENVIRONMENTS, ESTATE, NAMES
from tests.manifests.example_tree import standing
from tests.operations.gate.foreign import FOREIGN
from tests.operations.init.wishing import UNTIL, wishes
from tests.references import Reference, made, references, said_in, variables

Stacks = Sequence[Mapping[str, Any]]

ALWAYS_THERE: Final = {
    r"arn:aws:iam::aws:policy/.+": "AWS's own policies",
    r"arn:aws:eks::aws:cluster-access-policy/.+": "AWS's own policies",
    r"arn:aws:iam::\d{12}:root": "the account itself",
    r"arn:aws:.*[*/:]": "a pattern of ARNs in one's own account, or one whose end is made here",
    r"099720109477": "Canonical, which publishes Ubuntu",
    r"[\w-]+\.svc\.id\.goog": "Google's pool of a project's workloads",
}
"""References that need nobody to make them, by their form, each with the reason."""

NO_REFERENCES: Final = {
    "*.region": "a place that the cloud has",
    "*.location": "a place that the cloud has",
    "*.availability_zone": "a place that the cloud has",
    "*.instance_types": "a size that the cloud has",
    "*.machine_type": "a size that the cloud has",
    "*version": "a version that is published",
    "*taint*": "a word between nodes and pods",
    "*.description": "words for people",
    "*range_name": "a part of what is made here",
    "*.exclusion_name": "a part of what is made here",
    "*.address_pools.pool": "a part of what is made here",
    "resource.aws_iam_role_policy.policy.Statement.Resource": "IAM does not ask whether it is there",
    "*.tag.*": "labels on what is made here",
    "*.public_key": "its other half stays with its owner",
    "*.policy_content.bundles.*": "Google's policies, and Kubernetes' own namespaces",
    "*_share_level": "one of the provider's words",
    "*.visibility": "one of the provider's words",
    "*.default_*s*": "labels on what is made here",
}
"""What the files say and what names nothing outside, by where it stands, each with the reason."""

AWS_SERVICES: Final = {
    "autoscaling": "Auto Scaling",
    "cloudwatch_log": "CloudWatch Logs",
    "eks": "EKS",
    "iam": "IAM",
    "kms": "KMS",
    "lb": "Elastic Load Balancing",
    "route53_resolver": "Route 53 Resolver",
    "s3": "S3",
    **dict.fromkeys(
        (
            "customer",
            "default",
            "ebs",
            "ec2",
            "eip",
            "flow",
            "instance",
            "internet",
            "key_pair",
            "launch",
            "nat",
            "route",
            "security",
            "subnet",
            "vpc",
            "vpn",
        ),
        "EC2",
    ),
}
"""Which service makes what, by how a type begins behind `aws_`; the longest that fits."""


def printed(estate: Estate, name: str) -> str:
    """Everything that is printed for an environment."""
    return " ".join(" ".join((step.what, *step.commands)) for step in prerequisites(estate, name))


def uncovered(stacks: Stacks, said: frozenset[str], text: str) -> list[Reference]:
    """References that nothing makes, nothing prints and no reason excuses."""
    own = made(stacks)
    return sorted(
        (
            one
            for one in references(stacks, said)
            if one.value not in own
            and not any(one.value.endswith((f"/{name}", f":{name}")) for name in own)
            and not _is_printed(one.value, text)
            and not any(re.fullmatch(form, one.value) for form in ALWAYS_THERE)
            and not any(fnmatch(one.where, where) for where in NO_REFERENCES)
        ),
        key=str,
    )


def _is_printed(value: str, text: str) -> bool:
    """As a word of its own; a project's number stands in its path, too."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(value.removeprefix('projects/'))}(?![\w-])", text))


def recorded(name: str) -> Stacks:
    """The stacks of an environment of the example, as they are synthesized."""
    paths = sorted((ENVIRONMENTS / "snapshots").glob(f"{name}*.tf.json"))
    return [json.loads(path.read_text("utf-8")) for path in paths]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_stack_refers_to_and_does_not_make_is_printed(name: str) -> None:
    """Or the tree makes it, or it has a reason above; what a new kind of entity refers to has neither, and fails here."""
    said = said_in(ENVIRONMENTS / f"{name}.yaml", ENVIRONMENTS / "organization.yaml")
    in_clusters = [one["metadata"]["name"] for one in standing(name)]

    assert uncovered(recorded(name), said, " ".join([printed(ESTATE, name), *in_clusters])) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_is_printed(name: str) -> None:
    """Terraform takes an empty one for a key without a word."""
    text = printed(ESTATE, name)

    assert [one for one in variables(recorded(name)) if f"TF_VAR_{one}" not in text] == []


@pytest.mark.parametrize("who", ["foreign", "made"])
def test_the_same_holds_for_estates_of_others(who: str, tmp_path: Path) -> None:
    """Of another team, and as ``hybrid init`` makes them."""
    root = tmp_path / "estate"
    folder = root / FOLDER
    if who == "made":
        init(wishes(google=["nk-host"], aws=["123456789012"], vmware=True), root, UNTIL)
    else:
        shutil.copytree(FOREIGN, folder)
    _, reports = synth(folder, [], tmp_path / "out")
    estate = load_estate(folder)

    assert len(reports) == len(estate.environments) == 2
    for report in reports:
        name = environment_of(report.name)
        stack = json.loads((tmp_path / "out/stacks" / report.name / "cdk.tf.json").read_text("utf-8"))
        said = said_in(folder / f"{name}.yaml", folder / "organization.yaml")
        assert uncovered([stack], said, printed(estate, name)) == []


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ({"queue": "arn:aws:sqs:eu-west-1:345678901234:orders"}, "arn:aws:sqs:eu-west-1:345678901234:orders"),
        ({"policy": '{"Principal": {"AWS": "arn:aws:iam::1:role/x"}}'}, "arn:aws:iam::1:role/x"),
        (
            {"member": "serviceAccount:service-7@gcp-sa-x.iam.gserviceaccount.com"},
            "service-7@gcp-sa-x.iam.gserviceaccount.com",
        ),
        ({"image": "projects/other/global/images/x"}, "projects/other/global/images/x"),
        ({"peer": [{"zone": "corp"}]}, "corp"),
    ],
    ids=["arn", "in a document", "agent", "path", "said in the file"],
)
def test_a_new_kind_of_reference_is_noticed(body: dict[str, Any], value: str) -> None:
    """Wherever it stands, by its form or because the file says it."""
    stack = {"resource": {"aws_new": {"one": {"name": "own", **body}}}}

    found = uncovered([stack], frozenset({"own", "corp"}), "own-corporation")

    assert [one.value for one in found if one.value == value] == [value]


def test_what_is_made_here_or_is_no_name_is_no_reference() -> None:
    """Addresses, numbers and days; names of what is made, by themselves and at the end of a path."""
    body = {"name": "own", "range": "10.0.0.0/8", "many": "3", "day": "2027-01-31"}
    path = {"target": "projects/other/topics/own", "zone": "${google_x.y.id}"}
    stack = {"resource": {"google_new": {"one": body, "other": path}}}

    assert uncovered([stack], frozenset({"own", "10.0.0.0/8", "3", "2027-01-31"}), "") == []


def _types(stacks: Stacks, provider: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for stack in stacks:
        for type_, bodies in stack.get("resource", {}).items():
            if type_.startswith(f"{provider}_"):
                yield from ((type_.removeprefix(f"{provider}_"), body) for body in bodies.values())


def _judged(table: Mapping[str, str], type_: str) -> str:
    """By the longest beginning up to the end of a word, so that no service is taken for a shorter one's."""
    return table[max((begin for begin in table if f"{type_}_".startswith(f"{begin}_")), key=len)]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_applies_is_let_make_everything(name: str) -> None:
    """Each type of AWS's is of a service that is named; a new type fails here. Google's roles are held elsewhere."""
    environment = ESTATE.environments[name]
    assert environment.aws

    assert {_judged(AWS_SERVICES, type_) for type_, _ in _types(recorded(name), "aws")} == set(
        services(environment, environment.aws)
    )
