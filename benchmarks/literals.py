"""Values of a synthesized stack as literals of JavaScript, written as a person would write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_ADDRESS = r"(?:data\.)?(?:aws|google|helm|vsphere)_\w+\.[-\w]+|var\.\w+"
_REFERENCE = re.compile(rf"\$\{{({_ADDRESS})(?:\.(\w+))?\}}")
# Maps whose keys are a person's own words. All other objects are structs of the bindings, in camelCase.
_MAPS = frozenset({"extra_config", "labels", "metadata", "namespace_labels", "tags"})


_PROVIDER = "provider"


def provider_address(provider: str) -> str:
    """Address by which :func:`references` names a provider, such as aws or helm.ALIAS."""
    return f"provider.{provider}"


def references(value: Any) -> set[str]:
    """Addresses that :func:`literal` writes as variables."""
    if isinstance(value, dict):
        others = set(value.get("depends_on", ()))
        # An EKS cluster has a block of this name.
        if isinstance(value.get(_PROVIDER), str):
            others.add(provider_address(value[_PROVIDER]))
        return others.union(
            *(references(item) for key, item in value.items() if key not in {"//", "depends_on"})
        )
    if isinstance(value, list):
        return set().union(*map(references, value))
    return {address for address, _ in _REFERENCE.findall(value)} if _is_plain(value) else set()


def _is_plain(value: Any) -> bool:
    """Tell whether ``value`` is a text with references in it; a text with a function call is not."""
    return isinstance(value, str) and "${" not in _REFERENCE.sub("", value)


def camel_case(name: str) -> str:
    """The bindings' name of an attribute, a block or a module of Terraform."""
    head, *tail = name.replace("-", "_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


def literal(value: Any, variables: Mapping[str, str], indent: str = "") -> str:
    """Write ``value`` as an expression.

    Args:
        value: attributes as they stand in `cdk.tf.json`.
        variables: the variable that holds the element of each address referred to.
        indent: what the line begins with.
    """
    deeper = f"{indent}  "
    if isinstance(value, dict):
        entries = [
            f"{deeper}{camel_case(key)}: {_entry(key, item, variables, deeper)},\n"
            for key, item in value.items()
            # cdktf writes null where nothing was said.
            if key != "//" and item is not None
        ]
        return f"{{\n{''.join(entries)}{indent}}}"
    if isinstance(value, list):
        items = [f"{deeper}{literal(item, variables, deeper)},\n" for item in value]
        return f"[\n{''.join(items)}{indent}]"
    if isinstance(value, str):
        return _text(value, variables)
    return json.dumps(value)


def _entry(key: str, value: Any, variables: Mapping[str, str], indent: str) -> str:
    if key == "depends_on":
        return f"[{', '.join(variables[address] for address in value)}]"
    if key == _PROVIDER and isinstance(value, str):
        return variables[provider_address(value)]
    if key in _MAPS and isinstance(value, str) and "${" in value:
        return f"cdktf.Token.asStringMap({_text(value, variables)})"
    if key not in _MAPS or not isinstance(value, dict):
        return literal(value, variables, indent)
    entries = (f"{json.dumps(name)}: {_text(item, variables)}" for name, item in value.items())
    return f"{{ {', '.join(entries)} }}" if value else "{}"


def _text(value: str, variables: Mapping[str, str]) -> str:
    """Write a string; references become the attributes that a person would pass on."""
    if not _is_plain(value):
        return json.dumps(value)
    parts: list[str] = []
    end = 0
    for reference in _REFERENCE.finditer(value):
        address, attribute = reference.groups()
        parts += [
            _escaped(value[end : reference.start()]),
            f"${{{variables[address]}.{camel_case(attribute or 'string_value')}}}",
        ]
        end = reference.end()
    if not parts:
        return json.dumps(value)
    parts.append(_escaped(value[end:]))
    text = "".join(parts)
    return text[2:-1] if len(parts) == 3 and parts[0] == parts[2] == "" else f"`{text}`"  # noqa: PLR2004 - one reference and nothing around it


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
