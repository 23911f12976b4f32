"""What others would evaluate in a text instead of passing it on.

Terraform reads every text of JSON configuration as a template: ``${...}`` is an expression and ``%{...}`` a
directive, which read the machine's files and variables. ``$${`` and ``%%{`` stand for the same without meaning,
so they are not passed on as written either. CDK for Terraform looks for its own references in texts and keys.

- https://developer.hashicorp.com/terraform/language/syntax/json (expression mapping, 2026-11-30)
- https://developer.hashicorp.com/terraform/language/expressions/strings (escape sequences, 2026-11-30)
- cdktf 0.21.0, ``lib/tokens/private/encoding.js``, for ``TfToken``
"""

from __future__ import annotations

import re

from estate.reading.paths import quoted

_EVALUATED = re.compile(r"\$?\$\{|%?%\{|[#&]\{TfToken\[")


def evaluated(text: str) -> str | None:
    """Say what in ``text`` would be evaluated and what to do; None when the text is literal."""
    found = _EVALUATED.search(text)
    if found is None:
        return None
    by = "CDK for Terraform" if "TfToken" in found.group() else "Terraform"
    return (
        f"has {quoted(found.group())}, which {by} would evaluate; text is literal here and nothing escapes it, "
        "so write the value itself"
    )
