"""From the document to the `aws:` section, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Final

from pydantic import TypeAdapter, ValidationError

from estate.model.aws.management_service import MAINTENANCE_WARNING, ClusterExampleConfig
from estate.model.base import LabelKey, LabelValue
from operations.adopt.management_service.accounts import with_account
from operations.adopt.management_service.inputs import Inputs
from operations.adopt.management_service.keys import put_keys
from operations.adopt.management_service.networks import put_bastion, put_vpc
from operations.adopt.management_service.reading import Document
from operations.adopt.management_service.section import Section
from operations.adopt.management_service.volumes import put_volume
from operations.texts.counting import count

KUBERNETES_VERSIONS: Final[Mapping[str, str]] = {"aws-1.4.1-gke.15": "1.16.9-gke.12"}
"""Kubernetes versions by the version of the service that brings them, as far as a public record says."""

_EXISTING_VPC = ("spec", "existingVPC")
_GOOGLE = ("spec", "googleCloud")
_SERVICE = ("management_service",)
_ELSEWHERE: Final = {"services": "172.16.0.0/16", "pods": "172.17.0.0/16"}


def translate(inputs: Inputs) -> Section:
    """Write the document as a section; it is still to be checked."""
    document, account = inputs.document, inputs.account
    section = Section(document)
    for path in (("apiVersion",), ("kind",), ("metadata", "name")):
        section.carry(*path)  # in the header that is printed above the section
    section.put(("region",), document.at("spec", "region"), "spec", "region")
    section.put(("account_id",), account.account_id)
    if account.replaced:
        section.comments["account_id",] = f"the document says {account.replaced}"
        arns = count(account.arns, "ARN")
        section.notes.append(
            f"account {account.replaced} of the document is replaced by {account.account_id} in {arns}"
        )
    put_vpc(section, inputs)
    put_bastion(section, inputs)
    key_names = put_keys(section, inputs)
    _service(section, inputs, key_names)
    _leave_out(section)
    section.notes.append(MAINTENANCE_WARNING)
    return section


def _service(section: Section, inputs: Inputs, key_names: Mapping[str, str]) -> None:
    document, running = inputs.document, inputs.running
    section.put((*_SERVICE, "version"), document.at("spec", "version"), "spec", "version")
    administrators = ("spec", "authentication", "awsIAM", "adminIdentityARNs")
    section.put((*_SERVICE, "admin_identity_arns"), inputs.administrators(), *administrators)
    section.put(
        (*_SERVICE, "google_cloud", "project_id"), document.at(*_GOOGLE, "projectID"), *_GOOGLE, "projectID"
    )
    section.put((*_SERVICE, "key_pair", "public_key"), inputs.public_key)
    _cluster_example(section, inputs)
    if running.cluster_id:
        section.put((*_SERVICE, "cluster_id"), running.cluster_id, comment="as in the state")
    _zone(section, inputs)
    for key, field_ in (("permissions_boundary", "permissionsBoundary"), ("path", "path")):
        value = document.at("spec", "iam", field_)
        if value:
            value = with_account(value, inputs.account) if key == "permissions_boundary" else value
            section.put((*_SERVICE, "iam", key), value, "spec", "iam", field_)
    put_volume(
        section, document, "rootVolume", key_names.get(inputs.arn("spec", "rootVolume", "kmsKeyARN") or "")
    )
    put_volume(
        section,
        document,
        "dataVolume",
        key_names.get(inputs.arn("spec", "dataVolume", "kmsKeyARN") or ""),
        size_gib=running.data_volume.size_gib if running.data_volume else None,
    )
    _labels(section, document)
    _bucket(section, inputs)


def _cluster_example(section: Section, inputs: Inputs) -> None:
    """Put the example's settings: its ranges are the product's own unless they lie in the VPC."""
    to = (*_SERVICE, "cluster_example")
    section.put((*to, "version"), inputs.kubernetes_version)
    vpc = IPv4Network(inputs.vpc_cidr)
    defaults = [ClusterExampleConfig.model_fields[name].default for name in _ELSEWHERE]
    if any(default.overlaps(vpc) for default in defaults):
        for name, cidr in _ELSEWHERE.items():
            section.put((*to, name), cidr, comment="beside the VPC; take another if it is in use")


def _zone(section: Section, inputs: Inputs) -> None:
    """Put the instance where the running one's data volume is, or in the subnet that the document names."""
    subnet, volume = inputs.document.at(*_EXISTING_VPC, "subnetID"), inputs.running.data_volume
    zones = (inputs.existing_vpc or {}).get("zones", {})
    zone = next((zone for zone, subnets in zones.items() if subnets["private"] == subnet), None)
    if zone:
        section.put((*_SERVICE, "zone"), zone, *_EXISTING_VPC, "subnetID", comment=f"of {subnet}")
    elif volume:
        section.put((*_SERVICE, "zone"), volume.zone, comment="of the data volume in the state")
    section.leave_out("it is no private subnet among those of --existing-vpc", *_EXISTING_VPC, "subnetID")


def _bucket(section: Section, inputs: Inputs) -> None:
    bucket, origin = inputs.document.at("spec", "bootstrapS3Bucket"), ("spec", "bootstrapS3Bucket")
    to = (*_SERVICE, "bootstrap_bucket")
    if bucket and "." in bucket:
        section.leave_out("TLS does not cover a name with dots; a new bucket is made beside it", *origin)
    elif bucket:
        comment = "" if inputs.takes_over else "exists already: import it, or take this line out"
        section.put(to, bucket, *origin, comment=comment)
    elif inputs.running.bucket:
        section.put(to, inputs.running.bucket, comment="as in the state")


def _labels(section: Section, document: Document) -> None:
    label_key, label_value = TypeAdapter(LabelKey), TypeAdapter(LabelValue)
    for key, value in (document.at("spec", "tags") or {}).items():
        origin = ("spec", "tags", key)
        try:
            label = label_key.validate_python(key), label_value.validate_python(value)
        except ValidationError:
            section.leave_out(
                "labels take lower-case letters, digits, - and _ only; write it in that form if it is needed",
                *origin,
            )
        else:
            section.put((*_SERVICE, "labels", label[0]), label[1], *origin)
            section.comments[*_SERVICE, "labels"] = (
                "of the service only; those of everything stand above aws:"
            )


def _leave_out(section: Section) -> None:
    for path, why in (
        (
            (*_GOOGLE, "serviceAccountKeys"),
            "a key never stands in a file here; encrypt it with the key `secrets` and put the ciphertext into the "
            "bootstrap bucket, as docs/gke-on-aws.md shows",
        ),
        (
            ("spec", "proxy"),
            "a proxy for the instance cannot be said here, and its file may hold credentials",
        ),
        (
            ("spec", "terraform", "invokeManually"),
            "Terraform is run by people or CI here, never by a tool of its own",
        ),
        (
            ("spec", "terraform", "stateGCSBucket"),
            "the state is said outside this section, `state: {gcs: {bucket: ..., prefix: ...}}`; "
            "never with the prefix of the running service's own state",
        ),
        (
            (*_EXISTING_VPC, "allowedSSHSecurityGroupIDs"),
            "only this section's own bastion may connect by SSH",
        ),
        (("spec", "securityGroupIDs"), "the instance has this section's own security group only"),
    ):
        section.leave_out(why, *path)
