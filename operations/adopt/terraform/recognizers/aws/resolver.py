"""Route 53 Resolver: the endpoints at which names are asked for, and whom the VPC asks.

What is asked where stands in the section `dns`, which is said by whoever recognizes Google's zones; here the objects in AWS
are taken that are called by the environment, with their security groups, whose names cannot be changed.
"""

from __future__ import annotations

from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import free, is_ours, short

_PATH: Final[Keys] = ("dns",)
_ENTITY: Final = "resolver"


def recognize_resolver(found: Found, draft: Draft) -> None:
    """Take the endpoints of the environment, and the rules that hang on them."""
    for endpoint in free(found, draft, "aws_route53_resolver_endpoint"):
        way = endpoint.text("direction").lower()
        groups = [
            one
            for one in free(found, draft, "aws_security_group")
            if one.text("id") in endpoint.texts("security_group_ids")
            and is_ours(draft, one.text("name"), _ENTITY, way)
        ]
        if groups and is_ours(draft, endpoint.text("name"), _ENTITY, way):
            draft.takes(_PATH, endpoint, *groups)
    taken = {one.text("id") for one in draft.origins.get(_PATH, ())}
    for rule in free(found, draft, "aws_route53_resolver_rule"):
        if rule.text("resolver_endpoint_id") in taken or _is_kept(draft, rule):
            draft.takes(
                _PATH,
                rule,
                *(
                    one
                    for one in free(found, draft, "aws_route53_resolver_rule_association")
                    if one.text("resolver_rule_id") == rule.text("id")
                ),
            )


def _is_kept(draft: Draft, rule: FoundObject) -> bool:
    """Whether a rule keeps a domain with AWS, and is called as here."""
    return rule.text("rule_type") == "SYSTEM" and short(draft, rule.text("name")).startswith("dns-aws-")
