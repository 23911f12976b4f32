"""The way from outside into the management VPC.

Left out: user accounts on the host; whoever holds the private half of the key pair, or may start a
Session Manager session, comes in as the image's default user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt

from estate.model.aws.values import AmiId, AvailabilityZone, InstanceType, SshPublicKey
from estate.model.base import Cidr, Model
from estate.model.public_space import not_the_internet
from estate.model.rules import Violation, rule

# A g after the generation is AWS's own processor, Arm: t4g, c7gn, im4gn; a1 came before that rule.
# https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
_GRAVITON = re.compile(r"a1\.|[a-z]+[0-9]+[a-z]*g")


def is_graviton(instance_type: str) -> bool:
    """Whether an instance type has AWS's own processor, Arm."""
    return _GRAVITON.match(instance_type) is not None


class BastionAccess(StrEnum):
    """How people reach the bastion."""

    SSH = "ssh"
    SESSION_MANAGER = "session_manager"


class BastionConfig(Model):
    """One small instance with a proxy on loopback port 8118, behind SSH or Session Manager."""

    access: BastionAccess = BastionAccess.SSH
    """ssh: port 22, open to allowed_ssh_cidrs only. session_manager: no inbound port at all, AWS
    identities instead of keys. ssh when absent."""
    allowed_ssh_cidrs: tuple[Cidr, ...] = ()
    """Ranges that may connect to port 22; needed with access: ssh, refused without."""
    public_key: SshPublicKey | None = None
    """Public half of the key pair for SSH, in OpenSSH form, ed25519 or rsa; needed with access: ssh,
    refused without. Another key replaces the instance; its address stays."""
    zone: AvailabilityZone | None = None
    """Zone whose public subnet it stands in; the first of management_vpc.zones by name when absent.
    Another zone replaces the instance; its address stays."""
    instance_type: InstanceType = "t3.micro"
    """Size of the instance; t3.micro when absent."""
    ami_id: AmiId | None = None
    """Image to start from, an Ubuntu 22.04 of your own with, for session_manager, its agent; the
    newest of Canonical's for x86 at the first apply when absent, kept from then on. Another id
    replaces the instance; its address stays."""
    root_volume_gib: Annotated[StrictInt, Field(ge=8, le=1024)] = 10
    """Size of the encrypted root volume in GiB; 10 when absent."""

    @rule
    def _ssh_needs_its_settings(self) -> Iterator[Violation]:
        """With SSH there are ranges to come from and a key to come with."""
        if self.access is not BastionAccess.SSH:
            return
        if not self.allowed_ssh_cidrs:
            yield Violation(
                ("allowed_ssh_cidrs",),
                "is needed with access: ssh; list the ranges that people come from, or say access: session_manager",
                ("access",),
            )
        if self.public_key is None:
            yield Violation(
                ("public_key",),
                "is needed with access: ssh; give the public half of a key pair, or say access: session_manager",
                ("access",),
            )

    @rule
    def _session_manager_needs_none_of_them(self) -> Iterator[Violation]:
        """With Session Manager there is no port to open and no key to let in."""
        if self.access is not BastionAccess.SESSION_MANAGER:
            return
        if self.allowed_ssh_cidrs:
            yield Violation(
                ("allowed_ssh_cidrs",),
                "must be left out with access: session_manager, which opens no inbound port",
            )
        if self.public_key is not None:
            yield Violation(
                ("public_key",),
                "must be left out with access: session_manager, which lets AWS identities in and no keys",
            )

    @rule
    def _image_fits_the_processor(self) -> Iterator[Violation]:
        """An Arm instance brings an image of its own, because the one that is looked up is for x86."""
        if self.ami_id is None and is_graviton(self.instance_type):
            yield Violation(
                ("instance_type",),
                f"must be an x86 type as long as ami_id is absent, got {self.instance_type}, which is Arm; "
                "for example t3.micro, or give the ami_id of an Arm image",
                ("ami_id",),
            )

    @rule
    def _nobody_comes_from_everywhere(self) -> Iterator[Violation]:
        """SSH is open to ranges of at most a /8, each and their public addresses together."""
        if all(cidr.prefixlen >= 8 for cidr in self.allowed_ssh_cidrs):  # noqa: PLR2004 - as below
            yield from not_the_internet(("allowed_ssh_cidrs",), self.allowed_ssh_cidrs, "SSH")
        for position, cidr in enumerate(self.allowed_ssh_cidrs):
            if cidr.prefixlen < 8:  # noqa: PLR2004 - the widest block a registry hands to one holder
                yield Violation(
                    ("allowed_ssh_cidrs", position),
                    f"must not open SSH to the internet, got {cidr}; name the ranges that people come from, "
                    "at most a /8 each",
                )
