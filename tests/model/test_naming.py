"""Physical names are put together in one place."""

from __future__ import annotations

import re

from estate.model.naming import physical_name
from tests.source import tracked_texts

PRODUCT = ("constructs_lib/", "estate/", "operations/", "stacks/")


def test_a_name_begins_with_whose_it_is() -> None:
    """Organization, environment, and then what it names."""
    assert physical_name("kl", "dev") == "kl-dev"
    assert physical_name("kl", "dev", "secrets", "1") == "kl-dev-secrets-1"


def test_nobody_else_puts_names_together() -> None:
    """How a name begins is decided once, for all that is named."""
    put_together = re.compile(r"organization(\.name)?\}-\{(self\.)?(environment|name)\b")

    assert [
        name
        for name, text in tracked_texts()
        if name.startswith(PRODUCT) and name.endswith(".py") and put_together.search(text)
    ] == []
