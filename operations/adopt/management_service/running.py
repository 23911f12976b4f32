"""What the state of a running management service says that its document leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from estate.reading.problems import InvalidInput
from operations.adopt.management_service.reading import Document
from operations.adopt.management_service.tfstate import State

_CLUSTER_ID = re.compile(r"(?<![0-9A-Za-z])gke-[0-9a-f]{8}(?![0-9A-Za-z])")
# Whose names the product begins with the management cluster's id; tags would also show user clusters'.
_NAMED_AFTER_THE_CLUSTER = {
    "aws_iam_role": "name",
    "aws_key_pair": "key_name",
    "aws_iam_instance_profile": "name",
}
_ALIAS = re.compile(r"alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}")
_ROLE = re.compile(r"arn:aws[-a-z]*:iam::[0-9]{12}:role/[\w+=,.@/-]+")
_VOLUME_GIB = range(8, 16385)


@dataclass(frozen=True)
class RunningKey:
    """A KMS key that the running service's Terraform manages.

    Attributes:
        key_id: the last part of its ARN.
        alias: an alias of it; None when the state has none.
    """

    key_id: str
    alias: str | None


@dataclass(frozen=True)
class RunningVolume:
    """The data volume of the running service; its size in GiB."""

    zone: str
    size_gib: int


@dataclass(frozen=True)
class RunningService:
    """What there is to take over; nothing of it when there is no state.

    Attributes:
        cluster_id: id of the management cluster; None when the names in the state show none or several.
        public_key: public half of its key pair.
        bucket: its bootstrap bucket.
        single_nat: whether one NAT gateway serves several zones.
        data_volume: the only volume that the state holds.
        keys: managed KMS keys by key id.
        roles: ARNs of its IAM roles.
    """

    cluster_id: str | None = None
    public_key: str | None = None
    bucket: str | None = None
    single_nat: bool = False
    data_volume: RunningVolume | None = None
    keys: dict[str, RunningKey] = field(default_factory=dict)
    roles: tuple[str, ...] = ()


def look_at(state: State, document: Document) -> RunningService:
    """Look for what the section can say after the running service."""
    zones = document.at("spec", "dedicatedVPC", "availabilityZones") or ()
    return RunningService(
        cluster_id=_cluster_id(state),
        public_key=_only({found.text("public_key").strip() for found in state.of("aws_key_pair")}),
        bucket=_bucket(state, document),
        single_nat=len(state.of("aws_nat_gateway")) == 1,
        data_volume=_data_volume(state, zones),
        keys=_keys(state),
        roles=tuple(sorted(filter(_ROLE.fullmatch, (role.text("arn") for role in state.of("aws_iam_role"))))),
    )


def check_place(state: State, account_id: str, region: str) -> None:
    """Refuse the state of another account or region, where the same address plan may stand again.

    Raises:
        InvalidInput: a network in the state is of another account or region.
    """
    arns = [found.text("arn").split(":") for found in state.of("aws_vpc") + state.of("aws_subnet")]
    places = {(arn[3], arn[4]) for arn in arns if len(arn) > 5}  # noqa: PLR2004 - a whole ARN has six parts
    others = sorted(places - {(region, account_id)})
    if others:
        message = (
            f"is of account {others[0][1]} in {others[0][0]}, but the section is of account {account_id} in {region}; "
            "give the state of this management service, or correct --account-id"
        )
        raise InvalidInput.of_file(state.name, message)


def default_bucket(document: Document) -> str:
    """Name of the bucket that `anthos-gke` makes when the document names none."""
    return f"gke-{document.at('spec', 'googleCloud', 'projectID')}-{document.at('spec', 'region')}-bootstrap"


def _cluster_id(state: State) -> str | None:
    names = (
        found.text(attribute)
        for type_, attribute in _NAMED_AFTER_THE_CLUSTER.items()
        for found in state.of(type_)
    )
    return _only({found for name in names for found in _CLUSTER_ID.findall(name)})


def _bucket(state: State, document: Document) -> str | None:
    name = document.at("spec", "bootstrapS3Bucket") or default_bucket(document)
    return name if any(found.text("bucket") == name for found in state.of("aws_s3_bucket")) else None


def _data_volume(state: State, zones: Any) -> RunningVolume | None:
    volumes = state.of("aws_ebs_volume")
    if len(volumes) != 1:
        return None
    zone, size = volumes[0].text("availability_zone"), volumes[0].attributes.get("size")
    if zone in zones and isinstance(size, int) and size in _VOLUME_GIB:
        return RunningVolume(zone, size)
    return None


def _keys(state: State) -> dict[str, RunningKey]:
    aliases: dict[str, str] = {}
    for alias in sorted(state.of("aws_kms_alias"), key=lambda found: found.text("name")):
        if _ALIAS.fullmatch(alias.text("name")):
            aliases.setdefault(alias.text("target_key_id"), alias.text("name"))
    return {
        key_id: RunningKey(key_id, aliases.get(key_id))
        for found in state.of("aws_kms_key")
        if (key_id := found.text("key_id")) and found.import_id
    }


def _only(found: set[str]) -> str | None:
    found.discard("")
    return found.pop() if len(found) == 1 else None
