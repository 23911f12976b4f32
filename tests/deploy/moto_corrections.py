"""Where moto answers otherwise than AWS, and a plan or an apply would fail over it.

Kept to what the estate meets; each was seen with the version that pyproject.toml pins.
"""

from __future__ import annotations

import base64
from typing import Any

from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.eks.models import Cluster
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response


def install() -> None:
    """Correct moto in this process."""
    # A bucket's policy: moto denies what a statement denies under a condition whether the condition
    # holds or not, so that "nothing but TLS" becomes "nothing".
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL  # type: ignore[method-assign]  # a correction
    _keep_a_launch_templates_own_tags_out_of_its_data()
    _give_clusters_a_certificate_that_can_be_decoded()
    _keep_how_many_old_versions_a_bucket_keeps()
    # A rule's description: moto finds that of ranges only, not that of security groups.
    SecurityGroupRule.description = property(  # type: ignore[assignment]  # a correction
        lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description")
    )


def _keep_a_launch_templates_own_tags_out_of_its_data() -> None:
    """A launch template's tags: moto gives them back as tags of what is launched, in every plan anew."""
    define = LaunchTemplateVersion.__init__

    def corrected(self: Any, template: Any, number: int, data: dict[str, Any], description: str) -> None:
        specifications = data.get("TagSpecifications", [])
        others = [one for one in specifications if one["ResourceType"] != "launch-template"]
        define(self, template, number, {**data, "TagSpecifications": others}, description)

    LaunchTemplateVersion.__init__ = corrected  # type: ignore[method-assign]  # a correction


def _give_clusters_a_certificate_that_can_be_decoded() -> None:
    """An EKS cluster's certificate authority: moto gives random letters, which are the base64 of no text."""
    define = Cluster.__init__

    def corrected(self: Any, *arguments: Any, **named: Any) -> None:
        define(self, *arguments, **named)
        self.certificate_authority = {"data": base64.b64encode(b"a certificate in PEM form").decode()}

    Cluster.__init__ = corrected  # type: ignore[method-assign]  # a correction


def _keep_how_many_old_versions_a_bucket_keeps() -> None:
    """A lifecycle's number of old versions: moto forgets it, and the provider waits three minutes for it."""
    put, serialized = FakeBucket.set_lifecycle, S3Response.serialized

    def corrected_put(self: Any, rules: list[dict[str, Any]]) -> None:
        put(self, rules)
        self.kept_versions = [
            rule.get("NoncurrentVersionExpiration", {}).get("NewerNoncurrentVersions") for rule in rules
        ]

    def corrected_answer(self: Any, answer: Any) -> Any:
        result = answer.result
        if self.data.get("Action") == "GetBucketLifecycleConfiguration" and isinstance(result, dict):
            kept = self.backend.head_bucket(self.bucket_name).kept_versions
            for rule, number in zip(result["Rules"], kept, strict=True):
                if number is not None:
                    rule["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = number
        return serialized(self, answer)

    FakeBucket.set_lifecycle = corrected_put  # type: ignore[method-assign]  # a correction
    S3Response.serialized = corrected_answer  # type: ignore[assignment, method-assign]  # a correction
