"""GitHub as an issuer of an account in AWS, whose tokens roles trust; an account has it once.

Left out: the certificate's thumbprint. AWS checks this issuer's by its own store of authorities, and the provider needs
none: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from estate.derived.pipeline.trust import AUDIENCE, ISSUER


def define_github_issuer(scope: Construct, name: str) -> str:
    """Define the issuer, and give its ARN.

    Stateful. Nobody signs in without it.
    """
    return IamOpenidConnectProvider(
        scope,
        "Resource",
        url=f"https://{ISSUER}",
        client_id_list=[AUDIENCE],
        tags={"Name": name},
        lifecycle=TerraformResourceLifecycle(prevent_destroy=True),
    ).arn


def issuer_arn(account: AwsAccount) -> str:
    """The same where another stack makes it."""
    return account.arn("iam", f"oidc-provider/{ISSUER}", regional=False)
