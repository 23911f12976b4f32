"""Whether a stack that a pull request synthesized may be planned with credentials.

A plan starts providers, which read with the credentials of the reader. So nothing in the stack may run a program,
read a file of the machine, or bring a provider that this project does not know: that is refused always. What changes
where credentials are sent (provider, backend, what they read, provider locks), types that this project does not make,
and what computes, reads or fetches otherwise than the base (:mod:`operations.heads.unusual`), are planned only where
people agreed. Left out: whether the change is any good, which is for the review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from estate.reading.paths import differences, dotted, first_few, leaves, quoted
from operations.heads.known import Known
from operations.heads.stack_text import ASSETS, Object
from operations.heads.templates import UnreadableTemplateError, templates
from operations.heads.unusual import Usual

_EXACT: Final = re.compile(r"\d+\.\d+\.\d+")
_REFERENCE: Final = re.compile(r"\b(data\.)?([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)")
_ASSET: Final = re.compile(rf"{ASSETS}/[\w-]++(/[\w-]++)*+", re.ASCII)
_SHOWN: Final = 5


@dataclass(frozen=True)
class Judged:
    """What is foreign in a stack.

    Attributes:
        refused: why it is never planned with credentials.
        agreed: why people have to agree before it is.
    """

    refused: tuple[str, ...]
    agreed: tuple[str, ...]


def judge(head: Object, base: Object | None, usual: Usual) -> Judged:
    """Look at a stack.

    Args:
        head: the pull request's.
        base: what the base synthesizes under this name; None where it does not.
        usual: what is usual in its environment.
    """
    known = usual.known
    return Judged(
        (
            *_refused(head, known),
            *_calls(head, known),
            *_machine_files(head, known),
            *_shown_secrets(head),
        ),
        (*_unknown_types(head, known), *_different(head, base), *usual.unusual(head)),
    )


def _refused(head: Object, known: Known) -> Iterator[str]:
    settings: Object = head.get("terraform", {})
    providers, backends = settings.get("required_providers", {}), settings.get("backend", {})
    yield from _strange("block", set(head) - known.blocks)
    yield from _strange("setting of terraform", set(settings) - known.settings)
    if not isinstance(providers, dict) or not isinstance(backends, dict):
        yield "its backend or required_providers is no object"
        return
    yield from _strange("backend", set(backends) - known.backends)
    for name, wanted in providers.items():
        if not isinstance(wanted, dict) or wanted.keys() - {"source", "version"}:
            yield f"provider {quoted(name)} is not asked for by source and version"
        elif wanted.get("source") not in known.providers:
            yield f"provider {quoted(name)} comes from {quoted(str(wanted.get('source')))}, which nothing here uses"
        elif not _EXACT.fullmatch(str(wanted.get("version"))):
            yield f"provider {quoted(name)} is not pinned to a version, got {quoted(str(wanted.get('version')))}"
    yield from _strange("provider", set(head.get("provider", {})) - set(providers))
    for address, type_, body in _blocks(head):
        local = str(body.get("provider", type_)).partition("_" if "provider" not in body else ".")[0]
        if local not in providers:
            yield f"{address} is of provider {quoted(local)}, which it does not pin"
    at_work = [head.get(key) for key in ("data", "removed", "resource")]
    running = sorted({key for key, _ in _keys(at_work) if key in known.running})
    if running:
        yield f"it has {', '.join(running)}, by which something is run"


def _calls(head: Object, known: Known) -> Iterator[str]:
    """Functions that nothing here calls, such as those that read the machine, and templates that could hide one."""
    called, hidden = set(), False
    for text in _texts(head):
        try:
            called |= {name for one in templates(text) for name in one.calls}
        except UnreadableTemplateError:
            hidden = True
    if strange := sorted(called - known.called):
        yield f"it calls {first_few(strange, _SHOWN)}, which could read this machine or show what is secret"
    if hidden:
        yield "it has a template with a directive, a comment or signs that nothing here writes, which could call anything"


def _machine_files(head: Object, known: Known) -> Iterator[str]:
    """What a provider would read, and show or send, of the machine that plans."""
    found = [
        f"{address}.{key}"
        for address, _, body in _blocks(head)
        for key, value in _keys(body)
        if key not in known.not_files
        and any(fnmatchcase(key.lower(), pattern) for pattern in known.files)
        and not all(_ASSET.fullmatch(text) for _, text in leaves(value) if isinstance(text, str) and text)
    ]
    if found:
        yield f"it reads files that are no {ASSETS} of its own: {_names(found)}"


def _shown_secrets(head: Object) -> Iterator[str]:
    shown = [
        name
        for name, body in head.get("variable", {}).items()
        if not isinstance(body, dict) or body.get("sensitive") is not True
    ]
    if shown:
        yield f"variables must be sensitive, or a plan shows what they are given: {_names(shown)}"


def _unknown_types(head: Object, known: Known) -> Iterator[str]:
    read = sorted(set(head.get("data", {})) - known.data)
    managed = sorted(set(head.get("resource", {})) - known.resources)
    if read:
        yield f"it reads what nothing here reads: {_names(read)}"
    if managed:
        yield f"it manages what nothing here manages: {_names(managed)}"


def _different(head: Object, base: Object | None) -> Iterator[str]:
    if base is None:
        yield "it is new, so nobody has seen yet where its state lies and its credentials go"
        return
    for key, what in (
        ("terraform", "its backend or the versions of its providers"),
        ("provider", "its providers"),
    ):
        if head.get(key) != base.get(key):
            yield f"{what} are not those of the base: {_places(key, head, base)}"
    beside = sorted(
        name
        for name in _reached(head.get("provider")) | _reached(head.get("terraform"))
        if not _same(name, head, base, set())
    )
    if beside:
        yield f"what its providers or its backend read is not what it is in the base: {_names(beside)}"


def _places(key: str, head: Object, base: Object) -> str:
    """Where two blocks differ; what stands there may be a secret, and is not said."""
    found = [dotted(path) for path, _, _ in differences(base.get(key), head.get(key), (key,))]
    # What is there and null differs from what is absent, and is none of these.
    return _names(found or [key])


def _same(name: str, head: Object, base: Object, seen: set[str]) -> bool:
    """Whether an object and all that it refers to are the same in both."""
    if name in seen:
        return True
    seen.add(name)
    here, there = _at(name, head), _at(name, base)
    return here == there and all(_same(one, head, base, seen) for one in _reached(here))


def _at(name: str, stack: Object) -> Any:
    first, second, third = _parts(name)
    if first == "data.":
        return stack.get("data", {}).get(second, {}).get(third)
    if second in {"local", "var"}:
        return stack.get({"local": "locals", "var": "variable"}[second], {}).get(third)
    return stack.get("resource", {}).get(second, {}).get(third)


def _parts(name: str) -> tuple[str, str, str]:
    found = _REFERENCE.fullmatch(name)
    return (found[1] or "", found[2], found[3]) if found else ("", "", "")


def _reached(value: Any) -> set[str]:
    """Names of what the templates in a value could refer to; most of them are none, and are the same in both."""
    return {
        match[0]
        for text in _texts(value)
        if "${" in text or "%{" in text
        for match in _REFERENCE.finditer(text)
    }


def _blocks(head: Object) -> Iterator[tuple[str, str, Object]]:
    for key, prefix in (("resource", ""), ("data", "data.")):
        for type_, bodies in head.get(key, {}).items():
            for name, body in bodies.items():
                yield f"{prefix}{type_}.{name}", type_, body


def _keys(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with what stands there, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _texts(value: Any) -> Iterator[str]:
    """Every text, those of keys too, which are templates as well."""
    yield from (key for key, _ in _keys(value))
    yield from (text for _, text in leaves(value) if isinstance(text, str))


def _strange(what: str, names: set[str]) -> Iterator[str]:
    if names:
        yield f"it has what no stack here has: {what} {_names(sorted(names))}"


def _names(names: Sequence[str]) -> str:
    return first_few([quoted(name) for name in names], _SHOWN)
