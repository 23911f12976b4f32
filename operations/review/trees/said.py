"""An object of Kubernetes as rules compare it: lists of blocks as sets of words, so that it counts what is in them and not where.

Left out: what an API server would fill in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.review.plan import Values

_RULES: Final = "rules"
_MOST: Final = 2_000
"""So many rights of one role are told apart; a role that has more is told as one that has any number."""
_SECRET: Final = ("data", "stringData")
_BY_NAME: Final = frozenset({"matchConditions", "roles", "variables"})
"""Lists whose blocks have names of their own."""


def said(one: Mapping[str, Any] | None, cluster: str) -> Any:
    """What an object says, with the cluster that it says it to; None for one that is not there."""
    if one is None:
        return None
    found: dict[str, Any] = {
        key: _plain(value) for key, value in one.items() if key not in {"apiVersion", "kind"}
    }
    if isinstance(one.get(_RULES), list):
        found.pop(_RULES)
        found["may"] = _rights(one[_RULES])
    if isinstance(one.get("subjects"), list):
        found["subjects"] = [_subject(subject) for subject in one["subjects"]]
    if isinstance(one.get("roleRef"), dict):
        found["roleRef"] = f"{one['roleRef'].get('kind', '')} {one['roleRef'].get('name', '')}"
    return {**found, "cluster": cluster}


def values(before: Any, after: Any, kind: str) -> Values:
    """Both sides of an object; what a Secret holds is shown nowhere."""
    if kind != "Secret":
        return Values(before=before, after=after)
    return Values(
        before=before, after=after, sensitive_before=_hidden(before), sensitive_after=_hidden(after)
    )


def _hidden(one: Any) -> Any:
    found = one or {}
    return {
        key: dict.fromkeys(found[key], True) if isinstance(found[key], dict) else True
        for key in _SECRET
        if key in found
    }


def _plain(value: Any) -> Any:
    """The same, with each block of a list as a text."""
    if isinstance(value, dict):
        return {key: _part(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_word(item) for item in value]
    return _table(value)


def _part(key: str, value: Any) -> Any:
    """What stands under a key: settings of a switch say that it is on, and blocks with a name stand under that."""
    if key == "automated" and isinstance(value, dict):
        return {"enabled": "true", **value}
    if key in _BY_NAME and isinstance(value, list) and all(isinstance(one, dict) for one in value):
        named = {str(one.get("name", "")): {k: v for k, v in one.items() if k != "name"} for one in value}
        return _plain(named) if len(named) == len(value) else _plain(value)
    return _plain(value)


def _table(text: str) -> Any:
    """What stands in an expression as JSON, such as which levels each prefix may have: a list of words."""
    if text[:1] not in {"{", "["}:
        return text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(found, dict):
        return [f"{key}: {_word(part)}" for key, part in found.items()]
    return [_word(part) for part in found]


def _word(value: Any) -> str:
    """A block in a line, its keys in their order, so that two that say the same are the same."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_word(value[key])}" for key in sorted(value))
    if isinstance(value, list):
        return " ".join(map(_word, value))
    return str(value)


def _subject(subject: Any) -> str:
    if not isinstance(subject, dict):
        return str(subject)
    where = f"{subject['namespace']}/" if subject.get("namespace") else ""
    return f"{subject.get('kind', '')} {where}{subject.get('name', '')}"


def _rights(rules: list[Any]) -> list[str]:
    found = []
    for right in _each(rules):
        found.append(right)
        if len(found) > _MOST:
            return ["* *"]
    return list(dict.fromkeys(found))


def _each(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if not isinstance(rule, dict):
            yield "* *"
            continue
        names = f" named {_word(rule['resourceNames'])}" if rule.get("resourceNames") else ""
        for verb in _texts(rule.get("verbs")):
            for url in _texts(rule.get("nonResourceURLs")):
                yield f"{verb} {url}"
            for group in _texts(rule.get("apiGroups")):
                for resource in _texts(rule.get("resources")):
                    yield f"{verb} {resource}{f'.{group}' if group else ''}{names}"


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
