"""The list of rules as text, as a document and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from operations.console import print_document, print_table
from operations.options import Form
from operations.rules.listing import ListedRule
from operations.texts.markdown import markup_table

_HEADERS = ("rule", "judges", "asks for")


def print_rules(rules: Sequence[ListedRule], form: Form) -> None:
    """Print the list in one of the three forms."""
    title = f"{len(rules)} rules"
    if form is Form.JSON:
        print_document(json.dumps([one._asdict() for one in rules], indent=2), is_json=True)
    elif form is Form.MARKDOWN:
        print_document(markup_table(title, _HEADERS, rules))
    else:
        print_table(title, _HEADERS, rules)
