"""Characters that are not seen and do something: steer a terminal, turn the direction of a text, break a line, hide.

Control characters (C0, DEL, C1), line and paragraph separators, and of the format characters those that are not seen:
marks, embeddings, overrides and isolates of direction, zero-width ones, fillers, tags and annotations; and halves of
pairs, which no text has. Left out: variation selectors, without which signs such as arrows are drawn otherwise.

- https://www.unicode.org/reports/tr36/ (2.10 and 3.5, excerpt, 2026-11-30)
- https://www.unicode.org/reports/tr9/ (2, directional formatting characters, excerpt, 2026-11-30)
"""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
