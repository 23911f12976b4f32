"""The rules of this code base that no linter knows, each as a test."""

from __future__ import annotations

import ast
import inspect
import re

import pytest
from constructs import Construct

from estate.model.base import Model
from estate.model.descriptions import descriptions
from tests.source import ROOT, classes, documents, imports, nodes, top, tracked_texts

PROJECT = frozenset(
    {"benchmarks", "constructs_lib", "estate", "fastsynth", "main", "operations", "stacks", "tests"}
)
PRODUCT = ("constructs_lib", "estate", "fastsynth", "operations", "stacks")
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
    # What stacks write, operations read as JSON.
    "operations": CDKTF | {"constructs_lib", "stacks", "benchmarks", "tests"},
    "fastsynth": PROJECT - {"fastsynth"},
}
STACK_LEVEL = re.compile(
    r"cdktf\.(Terraform(Output|Variable|Stack|Provider)|\w*(Backend|RemoteState\w*))"
    r"|cdktf_cdktf_provider_\w+\.provider\..*"
)
LONGEST_FILE = 350

MACHINE_PATH = re.compile(r"(?<![\w.\-/])/(home|Users|root|work|workspace|var/folders)/\w")
REGISTRY_HOST = re.compile(
    r'"resolved":\s*"https?:|--(extra-)?index-url|registry\s*=\s*"?https?:|'
    r"https?://[\w.-]*(pypi|pythonhosted|npmjs|artifactory|nexus)"
)
LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?\)")
CODE_PATH = re.compile(
    rf"`((?:\.github|{'|'.join(sorted(PROJECT))})/[\w/.-]+\.(?:py|yaml|yml|json|sh|[mc]js))`"
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
    """From main over stacks and constructs_lib to the model, from operations to the estate; never back."""
    forbidden = FORBIDDEN_IMPORTS[package]

    assert [f"{place} {name}" for place, name in imports(package) if top(name) in forbidden] == []


def test_constructs_and_stacks_know_the_model_only() -> None:
    """Loaders and problems are the business of operations."""
    loaders = [
        f"{place} {name}"
        for place, name in imports("constructs_lib", "stacks")
        if top(name) == "estate" and not name.startswith("estate.model")
    ]

    assert loaders == []


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


def test_nothing_calls_add_dependency() -> None:
    """It is ignored without a word (cdktf 0.21); depends_on=[resource] is what works."""
    calls = [
        place
        for place, node in nodes(*PRODUCT)
        if isinstance(node, ast.Attribute) and node.attr == "add_dependency"
    ]

    assert calls == []


def test_python_files_stay_short() -> None:
    """A longer file hides a second entity."""
    lengths = {name: text.count("\n") for name, text in tracked_texts() if name.endswith(".py")}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


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


def test_documents_lead_somewhere() -> None:
    """Every relative link, and every `folder/file.py` and the like of this project, in a document names a file."""
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in documents()
        for base, targets in (
            (path.parent, [file for file, _ in LINK.findall(text)]),
            (ROOT, CODE_PATH.findall(text)),
        )
        for target in targets
        if not (base / target).exists()
    ]

    assert broken == []


def test_documents_lead_to_headings() -> None:
    """What follows the # of a link is a heading of the document that it names, in the words of GitHub and the site."""
    headings = {path: anchors(text) for path, text in documents()}

    broken = [
        f"{path.relative_to(ROOT)}: {file}#{anchor}"
        for path, text in documents()
        for file, anchor in LINK.findall(text)
        if anchor and anchor not in headings[(path.parent / file).resolve() if file else path]
    ]

    assert broken == []


def test_the_site_shows_every_page() -> None:
    """A page that no list names is found by nobody; decision records have a list of their own."""
    listed = set(re.findall(r'"([\w/-]+\.md)"', (ROOT / "zensical.toml").read_text("utf-8")))

    pages = {
        str(path.relative_to(ROOT / "docs")) for path, _ in documents() if path.is_relative_to(ROOT / "docs")
    }

    assert {page for page in pages if not re.match(r"adr/[0-9]", page)} == listed


def anchors(text: str) -> set[str]:
    """What the headings of a document are called in a link."""
    outside_blocks = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", outside_blocks, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_decision_records_are_numbered_and_listed() -> None:
    """Decision records count from 0001 without a gap, and the index links each of them once."""
    folder = ROOT / "docs" / "adr"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text("utf-8")

    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == records
