"""Encryption of every new EBS volume of an account in a region, whoever makes it.

Left out: a key of one's own for them, which would have to let everybody of the account use it.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ebs_encryption_by_default
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.ebs_encryption_by_default import EbsEncryptionByDefault
from constructs import Construct

from estate.model.aws.aws import AwsConfig


class EbsEncryption(Construct):
    """Define that new volumes are encrypted; "no effect on the encryption status of your existing volumes".

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html of 2026-11-30
    """

    def __init__(self, scope: Construct, id_: str, *, config: AwsConfig) -> None:
        super().__init__(scope, id_)
        EbsEncryptionByDefault(self, "Resource", enabled=config.ebs_encryption_by_default)
