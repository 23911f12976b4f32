"""Ids by which what the stacks make is imported."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from operations.artifacts.stack_json import StackJson, addresses
from operations.imports import import_ids
from operations.imports.import_ids import IdUnknown, ImportIds, known_types
from operations.project import ROOT
from tests.example import ENVIRONMENTS

_IMPORT = re.compile(r"^from cdktf_cdktf_provider_(\w+)\.(?!data_|provider\b)(\w+) import", re.MULTILINE)
STACKS = sorted((ENVIRONMENTS / "snapshots").glob("*.tf.json"))


def stack_of(path: Path) -> StackJson:
    """A synthesized stack."""
    stack: StackJson = json.loads(path.read_text("utf-8"))
    return stack


def id_or_command(ids: ImportIds, address: str) -> str:
    """What is told where nobody asks."""
    try:
        return ids.of(address)
    except IdUnknown as unknown:
        return unknown.command


def test_every_type_that_is_made_has_its_form() -> None:
    """Whatever an estate uses, and nothing that is made no more."""
    files = [path for folder in ("constructs_lib", "stacks") for path in (ROOT / folder).rglob("*.py")]
    made = {"_".join(match) for path in files for match in _IMPORT.findall(path.read_text("utf-8"))}

    assert len(made) > 80
    assert sorted(known_types()) == sorted(made)


def test_forms_are_dated_and_have_a_source_each() -> None:
    """Providers change them."""
    data = json.loads(Path(import_ids.__file__).with_suffix(".json").read_text("utf-8"))

    assert date.fromisoformat(data["read"]).year > 2025
    assert {type_.partition("_")[0] for type_ in data["types"]} == set(data["sources"])


def test_of_each_id_that_a_cloud_makes_up_it_is_known_what_a_second_one_meets() -> None:
    """It is refused, and by what, or it is made; and then the object has a name from its first moment on."""
    made_up = {type_: row for type_, row in known_types().items() if "{found}" in row.get("id", "")}

    assert len(made_up) > 20
    for type_, row in known_types().items():
        assert (type_ in made_up) is (bool(row.get("refused")) != (row.get("twice") is True)), type_
    for row in (row for row in made_up.values() if row.get("twice")):
        assert "{tags.Name}" in row["find"] or "Name=Name,Values={name}" in row["find"]


@pytest.mark.parametrize("path", STACKS, ids=lambda path: path.name)
def test_what_can_be_made_twice_is_told_apart_by_its_name(path: Path) -> None:
    """No two of a stack are found by one command."""
    stack = stack_of(path)
    ids = ImportIds(stack)
    commands = [id_or_command(ids, one) for one in addresses(stack) if ids.is_made_twice(one)]

    assert all(commands)
    assert sorted(set(commands)) == sorted(commands)


@pytest.mark.parametrize("path", STACKS, ids=lambda path: path.name)
def test_every_resource_has_an_id_or_a_way_to_it(path: Path) -> None:
    """Computed, or found by a command that only reads; or the file says what else to do."""
    stack = stack_of(path)
    told, asked = ImportIds(stack), ImportIds(stack, lambda _: "x-1\n")

    for address in addresses(stack):
        row = known_types()[address.partition(".")[0]]
        if "instead" in row:
            with pytest.raises(IdUnknown, match=re.escape(row["instead"])):
                asked.of(address)
            continue
        assert "${" not in asked.of(address)
        assert id_or_command(told, address) == asked.of(address) or re.match(
            r"aws [a-z0-9]+ (describe|list|get)-", id_or_command(told, address)
        )


@pytest.mark.parametrize(
    ("path", "type_", "expected"),
    [
        ("dev", "google_compute_router_peer", "projects/kl-dev-host/regions/europe-north1/routers/kl-dev-vpn/kl-dev-vpn-onprem-a"),
        ("dev", "google_kms_crypto_key", "projects/kl-dev-host/locations/europe-north1/keyRings/kl-dev-secrets-1/cryptoKeys/kl-dev-secrets-1"),
        ("dev", "google_gke_hub_feature_membership", "projects/kl-dev-host/locations/global/features/configmanagement/membershipId/kl-dev-apps"),
        ("dev", "google_service_account", "projects/kl-dev-apps/serviceAccounts/kl-dev-gke-cloud@kl-dev-apps.iam.gserviceaccount.com"),
        ("dev", "aws_iam_role_policy", "kl-dev-bastion:session-manager"),
        ("prod", "aws_eks_access_policy_association", "kl-prod-aws#arn:aws:iam::345678901234:role/break-glass#arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"),
        ("sandbox-vsphere", "vsphere_resource_pool", "/DC1/host/GKE-SANDBOX/Resources/kl-sandbox-admin"),
        ("sandbox-vsphere", "vsphere_tag", '{"category_name": "kl-cluster", "tag_name": "kl-sandbox-admin"}'),
        ("prod-attach", "helm_release", "default/attached-install-manifest"),
    ],
)  # fmt: skip
def test_ids_are_those_of_the_documentation(path: str, type_: str, expected: str) -> None:
    """Through references to other resources, to data, and to what the provider adds."""
    stack = stack_of(ENVIRONMENTS / "snapshots" / f"{path}.tf.json")

    assert ImportIds(stack).of(f"{type_}.{next(iter(stack['resource'][type_]))}") == expected


VPC: dict[str, Any] = {"tags": {"Name": "kl vpc"}}
STACK: StackJson = {
    "provider": {"aws": [{"region": "eu-west-1"}]},
    "resource": {
        "aws_vpc": {"A": VPC},
        "aws_kms_key": {"K": {"tags": {"Name": "kl-key"}}},
        "aws_security_group": {"S": {"name": "kl", "vpc_id": "${aws_vpc.A.id}"}},
        "aws_iam_role": {"R": {"name": "${var.name}"}, "Q": {}},
        "aws_queue": {"U": {"name": "u"}},
    },
}


def test_what_is_referred_to_is_looked_up_first() -> None:
    """One command after the other, each once, without a shell."""
    ran: list[list[str]] = []

    def ask(words: object) -> str:
        ran.append(list(words))  # type: ignore[call-overload]
        return "vpc-1\n" if "describe-vpcs" in ran[-1] else "sg-1\n"

    ids = ImportIds(STACK, ask)

    assert (ids.of("aws_security_group.S"), ids.of("aws_vpc.A")) == ("sg-1", "vpc-1")
    assert [words[2] for words in ran] == ["describe-vpcs", "describe-security-groups"]
    assert "Name=tag:Name,Values=kl vpc" in ran[0]
    assert "Name=vpc-id,Values=vpc-1" in ran[1]


def test_an_id_that_is_part_of_a_name_is_cut_out() -> None:
    """The tagging API knows ARNs, the provider imports a key by its id."""
    assert (
        ImportIds(STACK, lambda _: "arn:aws:kms:eu-west-1:738201945562:key/1-2").of("aws_kms_key.K") == "1-2"
    )


@pytest.mark.parametrize(
    ("address", "said", "why"),
    [
        ("aws_vpc.A", None, "the id of aws_vpc.A is made up by the cloud"),
        ("aws_security_group.S", None, "the id of aws_vpc.A is made up by the cloud"),
        ("aws_vpc.A", "None", "no aws_vpc.A is there"),
        ("aws_vpc.A", "vpc-1 vpc-2", r"of aws_vpc.A several are there \(vpc-1, vpc-2\)"),
        ("aws_iam_role.R", "", "which only Terraform evaluates"),
        ("aws_iam_role.Q", "", "aws_iam_role.Q says no name"),
        ("aws_queue.U", "", "nobody has said how aws_queue is imported"),
    ],
)
def test_what_is_not_known_says_why(address: str, said: str | None, why: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(IdUnknown, match=why):
        ImportIds(STACK, None if said is None else lambda _: said).of(address)


def test_a_command_that_fails_is_told() -> None:
    """With what it was."""

    def ask(_words: object) -> str:
        raise OSError("no credentials")

    with pytest.raises(IdUnknown, match=r"could not be asked for \(no credentials\)") as raised:
        ImportIds(STACK, ask).of("aws_vpc.A")

    assert "'Name=tag:Name,Values=kl vpc'" in raised.value.command
