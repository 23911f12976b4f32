"""What several environments of one account say of it."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import broken_rules
from tests.model.access.estates import organization


def refused(**sections: dict[str, Any]) -> list[str]:
    """Paths that are refused of environments with these aws sections."""
    environments = {
        name: Environment.model_validate({"environment": name, "state": {"local": {}}, "aws": section})
        for name, section in sections.items()
    }
    found = broken_rules(Estate(organization(promotion=tuple(sections)), environments))
    return [".".join(map(str, one.path)) for one in found if "ebs_encryption_by_default" in one.path]


def test_one_environment_says_it_of_an_account() -> None:
    """Another region, or account, has a setting of its own."""
    says = {"region": "eu-west-1", "account_id": "012345678901", "ebs_encryption_by_default": True}
    silent = {"region": "eu-west-1", "account_id": "012345678901"}

    assert refused(dev=says, prod=says) == ["prod.aws.ebs_encryption_by_default"]
    assert refused(dev=says, prod=silent) == []
    assert (
        refused(dev=says, test={**says, "region": "eu-west-2"}, prod={**says, "account_id": "999999999999"})
        == []
    )
