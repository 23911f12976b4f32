"""GitHub as an issuer of an account in AWS, whose tokens roles trust; an account has it once.

Left out: the certificate's thumbprint. AWS checks this issuer's by its own store of authorities, and the provider needs
none: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
"""

from __future__ import annotations

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from estate.derived.pipeline.trust import AUDIENCE, ISSUER


class GithubIssuer(Construct):
    """Define the issuer.

    Stateful. Nobody signs in without it.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, prevent_destroy: bool = True) -> None:
        super().__init__(scope, id_)
        resource = IamOpenidConnectProvider(
            self,
            "Resource",
            url=f"https://{ISSUER}",
            client_id_list=[AUDIENCE],
            tags={"Name": name},
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self.arn: Final[str] = resource.arn


def issuer_arn(account: AwsAccount) -> str:
    """The same where another stack makes it."""
    return account.arn("iam", f"oidc-provider/{ISSUER}", regional=False)
