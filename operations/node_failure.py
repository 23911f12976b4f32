"""What the machine refused to Node, told in a line; a mistake of this program keeps its traceback."""

from __future__ import annotations

import re

_REFUSED = re.compile(
    r"\b(?:EACCES|EDQUOT|EFBIG|EIO|ELOOP|EMFILE|ENFILE|ENOSPC|ENOTDIR|EPERM|EROFS): [^\n]*"
    r"|Cannot use the jsii package cache [^\n]*"
)
# What half a package says when it is loaded; nothing that is asked of a whole one can make it say so.
_HALF = re.compile(r"^(?:Error: )?(?:Cannot find module|Could not find symbol|Invalid package config)")


def node_failure(error: BaseException) -> str | None:
    """The line for an error that Node told of; None when the machine is not to blame."""
    from fastsynth.package_cache import folder
    from fastsynth.pipeline import NodeEnded

    if isinstance(error, NodeEnded):
        return f"node: {error}"
    if type(error.__cause__).__name__ != "JavaScriptError":
        return None
    text = str(error)
    if found := _REFUSED.search(text):
        return f"node: {found[0]}"
    cache = folder()
    if cache and (_HALF.search(text) or "SyntaxError:" in str(error.__cause__)):
        return (
            f"node: {text.splitlines()[0]}; jsii's cache of unpacked packages is damaged: remove {cache}, "
            "and run this again"
        )
    return None
