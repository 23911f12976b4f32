"""The list of rules as text, as a document and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from operations.console import print_table
from operations.options import Output
from operations.rules.listing import ListedRule
from operations.texts.markdown import markdown_table

_HEADERS = ("rule", "judges", "asks for")


def print_rules(rules: Sequence[ListedRule], output: Output) -> None:
    """Print the list in one of the three forms."""
    title = f"{len(rules)} rules"
    if output is Output.JSON:
        print(json.dumps([one._asdict() for one in rules], indent=2))
    elif output is Output.MARKDOWN:
        print(markdown_table(title, _HEADERS, rules))
    else:
        print_table(title, _HEADERS, rules)
