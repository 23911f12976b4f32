"""Where AWS logs what happens to the tunnels of a VPN and to their BGP sessions.

Left out: alarms; the policy of the log group, which AWS writes for whoever may put one, when the first log is
switched on; flow logs of the transit gateway.

https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-logs.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html, 2026-11-30 (excerpt).
"""

from __future__ import annotations

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.log_key import define_log_key
from constructs_lib.naming import Kind, Naming

_ENTITY = "vpn-google"
_VENDED: Final = "/aws/vendedlogs/"
"""What names begin with that AWS lets its services write to by one line of the account's policy, which holds 5,120
characters for all of them: https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html, 2026-11-30."""


class VpnLogs(Construct):
    """Define a log group for all connections of a VPN, encrypted with a key of its own.

    Stateful. It is the record of when the sites were joined, and of what parted them.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: int,
        naming: Naming,
        account: AwsAccount,
        prevent_destroy: bool = True,
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: how long an entry is kept, in days.
            naming: names of the environment.
            account: where the connections stand.
            prevent_destroy: whether Terraform refuses to destroy the group and its key.
        """
        super().__init__(scope, id_)
        name = naming.name(_ENTITY, "logs", kind=Kind.LOG_GROUP, prefix=_VENDED)
        key = define_log_key(
            self,
            log_group_name=name,
            entity=_ENTITY,
            key="logs",
            naming=naming,
            account=account,
            prevent_destroy=prevent_destroy,
        )
        group = CloudwatchLogGroup(
            self,
            "Resource",
            name=name,
            kms_key_id=key.key_arn,
            retention_in_days=config,
            tags={"Name": name},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )

        self.log_group_arn: Final[str] = group.arn
