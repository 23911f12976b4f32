"""What of a text nobody sees: it would steer the terminal, the comment or the console that shows the text.

Names, descriptions and reasons go from files into tables, comments of pull requests, logs of pipelines and the
consoles of clouds. None of them means several lines.
"""

from __future__ import annotations

from typing import Final

from estate.facts.characters import HIDDEN

_LINES: Final = {"\n", "\r", "\t"}


def hidden(text: str, *, lines: bool) -> str | None:
    """Say what in ``text`` is not seen and what to do; None when all is.

    Args:
        text: a text or a key.
        lines: whether it may have several lines and tabs, as files of others do.
    """
    found = next((one[0] for one in HIDDEN.finditer(text) if not (lines and one[0] in _LINES)), None)
    if found is None:
        return None
    if found in _LINES:
        kind = "a tab" if found == "\t" else "a line break"
        return (
            f"holds {kind}, and texts are one line here; write it on one line, a long one below >- on several"
        )
    return f"holds U+{ord(found):04X}, which nobody sees and which steers what shows the text; take it out"
