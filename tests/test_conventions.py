"""The rules of this code base that no linter knows, each as a test."""

from __future__ import annotations

import ast
import inspect
import re

import pytest
from constructs import Construct

from estate.model.base import Model
from estate.model.descriptions import descriptions
from operations.rules.listing import listed_rules
from tests.source import (
    PROJECT,
    circles,
    classes,
    import_graph,
    imports,
    nodes,
    top,
    tracked_texts,
)

pytestmark = pytest.mark.unmeasured

PRODUCT = (*sorted(PROJECT - {"benchmarks", "main", "tests"}), "main.py")
CDKTF = frozenset(
    {
        "cdktf",
        "cdktf_cdktf_provider_aws",
        "cdktf_cdktf_provider_google",
        "cdktf_cdktf_provider_helm",
        "cdktf_cdktf_provider_vsphere",
        "constructs",
        "jsii",
    }
)
FORBIDDEN_IMPORTS = {
    # Whoever imports cdktf waits for Node to start; `hybrid check` does not.
    "estate": CDKTF | PROJECT - {"estate"},
    "constructs_lib": PROJECT - {"constructs_lib", "estate"},
    "stacks": PROJECT - {"stacks", "constructs_lib", "estate"},
    # Rendered without Node.
    "manifests": CDKTF | PROJECT - {"manifests", "estate"},
    # What stacks write, operations read as JSON; stacks.app is asked for it.
    "operations": CDKTF | PROJECT - {"operations", "estate", "fastsynth", "manifests", "stacks"},
    "main.py": CDKTF | PROJECT - {"operations"},
    "fastsynth": PROJECT - {"fastsynth"},
    "hybrid_kubernetes": CDKTF | PROJECT - {"hybrid_kubernetes", "operations"},
}
# Within the estate: from judgement over what follows to the shape, and from all of them to facts.
ROOMS = {
    "estate/facts": ("estate.facts",),
    "estate/model": ("estate.facts", "estate.model"),
    "estate/derived": ("estate.facts", "estate.model", "estate.derived"),
    "estate/rules": ("estate.facts", "estate.model", "estate.derived", "estate.rules"),
    "constructs_lib": ("estate.facts", "estate.model", "estate.derived"),
    "stacks": ("estate.facts", "estate.model", "estate.derived"),
    "manifests": ("estate.facts", "estate.model", "estate.derived"),
}
STACK_LEVEL = re.compile(
    r"cdktf\.(Terraform(Output|Variable|Stack|Provider)|\w*(Backend|RemoteState\w*))"
    r"|cdktf_cdktf_provider_\w+\.provider\..*"
)
LONGEST_FILE = 350

# What patches of Python 3.11 brought, which mypy does not know from 3.11.0; Debian 12 has 3.11.2.
# https://docs.python.org/3.11/library/tarfile.html#extraction-filters (3.11.4), .../email.utils.html (3.11.10),
# .../xml.etree.elementtree.html (3.11.9); read 2026-11-30.
PATCHED_NAMES = frozenset(
    {
        "AbsoluteLinkError",
        "AbsolutePathError",
        "FilterError",
        "LinkOutsideDestinationError",
        "OutsideDestinationError",
        "SpecialFileError",
        "data_filter",
        "extraction_filter",
        "fully_trusted_filter",
        "tar_filter",
        "GetReparseDeferralEnabled",
        "SetReparseDeferralEnabled",
    }
)
PATCHED_OPTIONS = {
    "extract": "filter",
    "extractall": "filter",
    "getaddresses": "strict",
    "parseaddr": "strict",
    "unpack_archive": "filter",
}
MACHINE_PATH = re.compile(r"(?<![\w.\-/])/(home|Users|root|work|workspace|var/folders)/\w")
REGISTRY_HOST = re.compile(
    r'"resolved":\s*"https?:|--(extra-)?index-url|registry\s*=\s*"?https?:|'
    r"https?://[\w.-]*(pypi|pythonhosted|npmjs|artifactory|nexus)"
)


def each(classes: list[type]) -> pytest.MarkDecorator:
    """Parametrize a test over classes, with readable ids."""
    return pytest.mark.parametrize(
        "class_", [pytest.param(c, id=f"{c.__module__}.{c.__name__}") for c in classes]
    )


CONSTRUCTS = [class_ for class_ in classes("constructs_lib") if issubclass(class_, Construct)]
MODELS = [class_ for class_ in classes("estate") if issubclass(class_, Model)]


@each(CONSTRUCTS)
def test_construct_takes_data_in_config_and_references_by_keyword(class_: type[Construct]) -> None:
    """Every construct reads (self, scope, id_, *, config, ...), so that calls look the same everywhere."""
    parameters = inspect.signature(class_.__init__).parameters

    positional = [
        name for name, parameter in parameters.items() if parameter.kind is not parameter.KEYWORD_ONLY
    ]

    assert positional == ["self", "scope", "id_"]
    assert "config" in parameters


@each(CONSTRUCTS)
def test_construct_extends_construct_directly(class_: type[Construct]) -> None:
    """Constructs share by functions, never by a base class of their own."""
    assert class_.__bases__ == (Construct,)


@each(CONSTRUCTS)
def test_stateful_construct_says_so_and_is_protected_by_default(class_: type[Construct]) -> None:
    """The word Stateful. in the docstring and prevent_destroy=True come together or not at all."""
    parameter = inspect.signature(class_.__init__).parameters.get("prevent_destroy")

    default = None if parameter is None else parameter.default

    assert default is ("Stateful." in (class_.__doc__ or "") or None)


@each([class_ for class_ in classes("constructs_lib") if not class_.__name__.startswith("_")])
def test_public_part_of_a_construct_library_class_is_documented(class_: type) -> None:
    """Every public class, method and property says itself what it does."""
    members = {name: value for name, value in vars(class_).items() if not name.startswith("_")}

    documented = {class_.__name__: class_.__doc__} | {
        name: value.__doc__
        for name, value in members.items()
        if callable(value) or isinstance(value, property)
    }

    assert [name for name, text in documented.items() if not text] == []


@each(MODELS)
def test_model_field_is_described(class_: type[Model]) -> None:
    """A field's docstring is what an editor shows beside its key."""
    assert [name for name in class_.model_fields if name not in descriptions(class_)] == []


@each(MODELS)
def test_model_is_frozen_and_refuses_unknown_keys(class_: type[Model]) -> None:
    """No model loosens what the base promises."""
    assert (class_.model_config.get("frozen"), class_.model_config.get("extra")) == (True, "forbid")


@pytest.mark.parametrize("package", FORBIDDEN_IMPORTS)
def test_imports_go_one_way(package: str) -> None:
    """From main over operations and stacks to constructs_lib and the estate; never back."""
    forbidden = FORBIDDEN_IMPORTS[package]

    assert [f"{place} {name}" for place, name in imports(package) if top(name) in forbidden] == []


def test_every_part_of_the_product_has_its_imports_ruled() -> None:
    """A new folder that nobody ruled could import anything."""
    assert sorted(FORBIDDEN_IMPORTS) == sorted(PRODUCT)


def test_operations_ask_stacks_in_one_place() -> None:
    """One module of operations imports one of stacks; the rest reads what is written."""
    found = {
        (importer, name)
        for importer, names in import_graph("operations", "stacks").items()
        for name in names
        if (top(importer), top(name)) == ("operations", "stacks")
    }

    assert found == {("operations.artifacts.building", "stacks.app")}


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_of_the_estate_import_one_way(room: str) -> None:
    """A model never imports the rules about it, what follows from it neither; constructs read no files."""
    strangers = [
        f"{place} {name}"
        for place, name in imports(room)
        if top(name) == "estate" and not f"{name}.".startswith(tuple(f"{one}." for one in ROOMS[room]))
    ]

    assert strangers == []


def test_no_files_import_each_other() -> None:
    """Neither straight nor through others, in functions nor for types: what is in a circle is one thing."""
    assert circles(import_graph(*PRODUCT, "benchmarks", "tests")) == []


def test_a_module_imports_the_packages_that_it_stands_in() -> None:
    """They run before it, and what they import of it is a circle."""
    assert import_graph("fastsynth/__init__.py", "fastsynth/activation.py", "fastsynth/status.py") == {
        "fastsynth": set(),
        "fastsynth.activation": {"fastsynth", "fastsynth.status"},
        "fastsynth.status": {"fastsynth"},
    }


def test_circles_are_found() -> None:
    """Straight and through others, each once; whoever only leads into one is in none."""
    graph = {"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"e"}, "e": {"c"}, "f": {"a", "g"}, "g": set()}

    assert circles(graph) == [{"a", "b"}, {"c", "d", "e"}]


def test_rules_are_told_apart_and_described() -> None:
    """By id, which may stand in a waiver or a conversation, and by a sentence."""
    found = listed_rules()
    defined = [
        node
        for place, node in nodes("estate/model", "estate/rules")
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).partition("(")[0] == "rule" for mark in node.decorator_list)
    ]

    assert len(found) == len(defined)
    assert [one.id for one in found if not one.description.endswith(".")] == []


def test_imports_are_absolute() -> None:
    """A relative import hides from the direction tests."""
    assert [f"{place} {name}" for place, name in imports(*PRODUCT) if name.startswith(".")] == []


def test_providers_are_imported_by_submodule() -> None:
    """The root of a provider package names every resource of its cloud and loads them all."""
    root = re.compile(r"cdktf_cdktf_provider_\w+")

    assert [f"{place} {name}" for place, name in imports(*PRODUCT) if root.fullmatch(name)] == []


def test_stacks_define_no_resource() -> None:
    """An id at a stack's root carries no hash, so two of them become one silently."""
    resource = re.compile(r"cdktf_cdktf_provider_\w+\.(?!provider$).*")

    assert [f"{place} {name}" for place, name in imports("stacks") if resource.fullmatch(name)] == []


def test_constructs_define_nothing_that_belongs_to_a_stack() -> None:
    """Outputs, variables, backends and providers in a construct are hidden inputs with hashed names."""
    found = [
        f"{place} {alias.name}"
        for place, node in nodes("constructs_lib")
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if STACK_LEVEL.fullmatch(f"{node.module}.{alias.name}")
    ]

    assert found == []


def test_cdktf_is_imported_by_name() -> None:
    """What a plain ``import cdktf`` takes hides from the test above."""
    found = [
        f"{place} {alias.name}"
        for place, node in nodes("constructs_lib", "stacks")
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.startswith("cdktf")
    ]

    assert found == []


def test_no_construct_s_add_dependency_is_called() -> None:
    """It is ignored without a word (cdktf 0.21), depends_on=[resource] is what works; a stack's own orders stacks."""
    calls = [
        place.partition(":")[0]
        for place, node in nodes(*PRODUCT)
        if isinstance(node, ast.Attribute) and node.attr == "add_dependency"
    ]

    assert calls == ["stacks/app.py"]


def test_python_files_stay_short() -> None:
    """A longer file hides a second entity."""
    lengths = {name: text.count("\n") for name, text in tracked_texts() if name.endswith(".py")}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


@pytest.mark.estate
@pytest.mark.parametrize(
    "pattern",
    [pytest.param(MACHINE_PATH, id="machine-path"), pytest.param(REGISTRY_HOST, id="registry-host")],
)
def test_tracked_files_tie_nobody_to_a_machine(pattern: re.Pattern[str]) -> None:
    """Neither a path of somebody's machine nor the host of a package registry is ever committed."""
    found = [
        f"{name}:{number}: {match.group()}"
        for name, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]

    assert found == []


def test_tests_and_benchmarks_leave_the_user_s_estate_alone() -> None:
    """They use tests/estate; `hybrid gate` asks of environments/."""
    named = re.compile(r"""ROOT\s*/\s*["']environments|chdir\(\s*(\w+\.)?ROOT\b""")

    assert [
        name
        for name, text in tracked_texts()
        if name.startswith(("tests/", "benchmarks/")) and name.endswith(".py") and named.search(text)
        if name not in {"tests/test_conventions.py", "tests/test_documents.py"}
    ] == []


def test_nothing_needs_a_later_patch_than_python_3_11_0() -> None:
    """A traceback on Debian 12 passed every test of a newer machine: extractall(filter=...)."""
    found = []
    for place, node in nodes(*PRODUCT, "benchmarks", "tests"):
        match node:
            case ast.Attribute(attr=name) | ast.alias(name=name) if name in PATCHED_NAMES:
                found.append(f"{place} {name}")
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=given) if (
                name in PATCHED_OPTIONS and PATCHED_OPTIONS[name] in {one.arg for one in given}
            ):
                found.append(f"{place} {name}({PATCHED_OPTIONS[name]}=...)")
            case _:
                pass

    assert found == []
