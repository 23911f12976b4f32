"""The account and the region: one each an environment."""

from __future__ import annotations

from collections import Counter

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found
from operations.adopt.terraform.recognizers.aws.objects import AWS, free, whereabouts
from operations.adopt.terraform.recognizers.aws.vpc import chosen_vpc


def recognize_account(found: Found, draft: Draft) -> None:
    """Put account and region, those of the VPC where there are several, and leave what stands in another.

    What says neither, such as a route, goes by what it belongs to.
    """
    places = Counter(
        place for one in found.objects if one.type.startswith(AWS) and all(place := whereabouts(one))
    )
    if not places:
        return
    vpc = chosen_vpc(found, draft)
    account, region = whereabouts(vpc) if vpc and all(whereabouts(vpc)) else places.most_common(1)[0][0]
    draft.put(("aws", "account_id"), account)
    draft.put(("aws", "region"), region)
    for one in found.objects:
        its_account, its_region = whereabouts(one) if one.type.startswith(AWS) else ("", "")
        if its_account not in {"", account} or its_region not in {"", region}:
            draft.leave(
                one,
                "",
                f"stands in account {its_account}, region {its_region or 'none'}, and this environment is of "
                f"account {account}, region {region}",
                "take it into an environment of its own",
            )
    for one in free(found, draft, "aws_ebs_encryption_by_default"):
        draft.put(("aws", "ebs_encryption_by_default"), one.at("enabled") is not False, one)
