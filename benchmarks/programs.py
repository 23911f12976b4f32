"""A synthesized stack as the programme that a person would write for it, in JavaScript or TypeScript.

One ``new`` for each resource with its attributes as literals, references as attributes of the other
object. Everything stands directly in its stack and is named as Python's constructs name it, so
that the result can be compared. Left out, and so in favour of the programme: reading a model,
constructs of one's own and the guards that come with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from benchmarks.bindings import Binding, Bindings
from benchmarks.literals import camel_case, literal, provider_address, references

# Set in Python as overrides too: the bindings do not know them.
_OVERRIDES = ("import", "moved", "removed")
# cdktf writes the hyphens of a provider's own map as underscores, so it goes past the binding, as in Python.
_PROVIDER_MAP = "default_labels"
# Its types demand credentials, which come from the process environment here, and booleans, which are another
# object's here; a person would write the same.
_CAST_TYPES = frozenset({"vsphere_virtual_machine", "provider.vsphere"})


class Style(StrEnum):
    """Language and way of importing the bindings."""

    JAVASCRIPT = "javascript"
    TYPESCRIPT = "typescript"
    TYPESCRIPT_ROOT = "typescript-root"

    @property
    def suffix(self) -> str:
        """What the files' names end in."""
        return "js" if self is Style.JAVASCRIPT else "ts"


@dataclass(frozen=True)
class _Element:
    """Something that a stack holds.

    Attributes:
        class_: expression of its class.
        id: its id in the stack.
        attributes: as in `cdk.tf.json`; a local value's expression.
    """

    class_: str
    id: str
    attributes: Any


def write_program(folder: Path, stacks: dict[str, dict[str, Any]], bindings: Bindings, style: Style) -> Path:
    """Write the programme of ``stacks`` into ``folder``.

    Args:
        folder: made when missing.
        stacks: what `cdk.tf.json` holds, by name.
        bindings: classes of the providers.
        style: language and imports.

    Returns:
        The file to run, with the folder for its output as its only argument.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, stack in stacks.items():
        text = "".join(_Program(name, stack, bindings, style).lines())
        (folder / f"{name}.{style.suffix}").write_text(text, "utf-8")
    main = folder / f"main.{style.suffix}"
    main.write_text("".join(_main(list(stacks), style)), "utf-8")
    return main


def _main(names: list[str], style: Style) -> Iterator[str]:
    # The name alone could be a word of the language.
    variables = {f"{camel_case(name)}Stack": name for name in names}
    if style is Style.JAVASCRIPT:
        yield '"use strict";\n\nconst { App } = require("cdktf");\n'
        yield from (f'const {variable} = require("./{name}");\n' for variable, name in variables.items())
    else:
        yield 'import { App } from "cdktf";\n'
        yield from (f'import * as {variable} from "./{name}";\n' for variable, name in variables.items())
    yield "\nconst app = new App({ outdir: process.argv[2], stackTraces: false });\n"
    yield from (f"{variable}.define(app);\n" for variable in variables)
    yield "app.synth();\n"


class _Program:
    def __init__(self, name: str, stack: dict[str, Any], bindings: Bindings, style: Style) -> None:
        self._name = name
        self._stack = stack
        self._bindings = bindings
        self._style = style
        self._used: dict[tuple[str, str], Binding] = {}

    def lines(self) -> Iterator[str]:
        """The file's text: imports, then one function that defines the stack."""
        body = list(self._body())
        if self._style is Style.JAVASCRIPT:
            yield '"use strict";\n\nconst cdktf = require("cdktf");\n'
            yield from (
                f'const {{ {used.name} }} = require("{used.package}/lib/{used.module}");\n'
                for used in self._used.values()
            )
            yield "\nexports.define = (app) => {\n"
        else:
            yield 'import * as cdktf from "cdktf";\n'
            yield from self._typescript_imports()
            yield "\nexport function define(app: cdktf.App): void {\n"
        yield from body
        yield "};\n" if self._style is Style.JAVASCRIPT else "}\n"

    def _typescript_imports(self) -> Iterator[str]:
        if self._style is Style.TYPESCRIPT_ROOT:
            roots = {used.provider: used.package for used in self._used.values()}
            yield from (f'import * as {name} from "{package}";\n' for name, package in roots.items())
            return
        for used in self._used.values():
            yield f'import {{ {used.name} }} from "{used.package}/lib/{used.module}";\n'

    def _body(self) -> Iterator[str]:
        yield f"  const stack = new cdktf.TerraformStack(app, {json.dumps(self._name)});\n"
        yield from self._backend()
        elements = self._elements()
        graph = {address: sorted(references(element.attributes)) for address, element in elements.items()}
        order = list(TopologicalSorter(graph).static_order())
        named = {other for others in graph.values() for other in others}
        named |= {provider_address(name) for name in self._provider_maps()}
        variables = {address: f"r{number}" for number, address in enumerate(order)}
        for address in order:
            element = elements[address]
            assignment = f"const {variables[address]} = " if address in named else ""
            attributes = literal(element.attributes, variables, "  ")
            cast = self._cast(address)
            yield f"  {assignment}new {element.class_}(stack, {json.dumps(element.id)}, {attributes}{cast});\n"
        for name, labels in self._provider_maps().items():
            variable = variables[provider_address(name)]
            yield f'  {variable}.addOverride("{_PROVIDER_MAP}", {json.dumps(labels)});\n'
        for block in _OVERRIDES:
            if block in self._stack:
                yield f"  stack.addOverride({json.dumps(block)}, {json.dumps(self._stack[block])});\n"

    def _cast(self, address: str) -> str:
        typed = self._style is not Style.JAVASCRIPT
        named = address in _CAST_TYPES or address.partition(".")[0] in _CAST_TYPES
        return " as any" if typed and named else ""

    def _provider_maps(self) -> dict[str, dict[str, str]]:
        """What is set past the bindings, by provider."""
        return {
            name: attributes[_PROVIDER_MAP]
            for name, _, attributes in self._providers()
            if _PROVIDER_MAP in attributes
        }

    def _providers(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Name as resources say it, provider and attributes of each provider block."""
        for provider, blocks in self._stack.get("provider", {}).items():
            for attributes in blocks:
                alias = attributes.get("alias")
                yield f"{provider}.{alias}" if alias else provider, provider, attributes

    def _backend(self) -> Iterator[str]:
        for kind, attributes in self._stack["terraform"]["backend"].items():
            known = {key: value for key, value in attributes.items() if key != "use_lockfile"}
            class_ = f"cdktf.{kind.capitalize()}Backend"
            yield f"  new {class_}(stack, {literal(known, {}, '  ')});\n"
            if "use_lockfile" in attributes:
                yield f'  stack.addOverride("terraform.backend.{kind}.use_lockfile", true);\n'

    def _elements(self) -> dict[str, _Element]:
        """Everything but the backend, by address."""
        elements: dict[str, _Element] = {}
        for name, provider, attributes in self._providers():
            class_ = self._class(self._bindings.provider(provider))
            known = {key: value for key, value in attributes.items() if key != _PROVIDER_MAP}
            elements[provider_address(name)] = _Element(class_, name.title().replace(".", ""), known)
        for name, attributes in self._stack.get("variable", {}).items():
            elements[f"var.{name}"] = _Element("cdktf.TerraformVariable", name, attributes)
        for name, expression in self._stack.get("locals", {}).items():
            elements[f"local.{name}"] = _Element("cdktf.TerraformLocal", name, expression)
        for section, prefix, find in (
            ("data", "data.", self._bindings.data_source),
            ("resource", "", self._bindings.resource),
        ):
            for type_, named in self._stack.get(section, {}).items():
                class_ = self._class(find(type_))
                for name, attributes in named.items():
                    elements[f"{prefix}{type_}.{name}"] = _Element(class_, name, attributes)
        for name, attributes in self._stack.get("output", {}).items():
            elements[f"output.{name}"] = _Element("cdktf.TerraformOutput", name, attributes)
        return elements

    def _class(self, binding: Binding) -> str:
        self._used[binding.provider, binding.module] = binding
        if self._style is Style.TYPESCRIPT_ROOT:
            return f"{binding.provider}.{camel_case(binding.module)}.{binding.name}"
        return binding.name
