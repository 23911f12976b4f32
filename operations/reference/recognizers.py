"""What ``hybrid adopt terraform`` recognizes in states as Markdown: by entity, and what no state tells of."""

from __future__ import annotations

from collections import defaultdict

from operations.adopt.terraform.order import NONE, RECOGNIZERS
from operations.cards.registry import CARDS
from operations.texts.markdown import flowing, markup_table


def recognizers_markdown() -> str:
    """A table of what is recognized, and one of what is not."""
    nouns = {card.path: card.noun for card in CARDS}
    types: dict[str, set[str]] = defaultdict(set)
    for one in RECOGNIZERS:
        for path in one.cards:
            types[path] |= set(one.types)
    read = [
        (f"`{path}`", nouns[path], ", ".join(f"`{type_}`" for type_ in sorted(types[path])))
        for path in nouns
        if path in types
    ]
    rest = [(f"`{path}`", nouns[path], flowing(NONE[path])) for path in nouns if path in NONE]
    return "\n\n".join(
        (
            markup_table("Recognized", ("in the file", "what it is", "read from"), read),
            markup_table("Not in any state", ("in the file", "what it is", "because it"), rest),
        )
    )
