"""The Python side: which modules a provider's root package imports, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fastsynth.interpreter import make_provider, run

INSTALL = """
import sys, warnings
warnings.simplefilter("ignore")
from fastsynth import activation
status = activation.install()
def loaded(package):
    return sorted(name for name in sys.modules if name.startswith(package + ".") and "_" != name.split(".")[1][0])
"""
HOOKS = ("_submodule_fqn_map", "_try_import_type_module", "_obtain_interface")


@pytest.fixture(params=["cdktf_cdktf_provider_fake", "cdktn_provider_fake"])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name of a provider package that can be imported from the test's folder."""
    name: str = request.param
    make_provider(tmp_path, name)
    return name


def test_imports_no_resource_with_the_root(provider: str, tmp_path: Path) -> None:
    """Importing a provider imports none of its resources."""
    result = run(f"{INSTALL}\nimport {provider}\nresult = loaded('{provider}')", path=(tmp_path,))

    assert result == []


@pytest.mark.parametrize(
    "statement",
    [
        "import {0} as p; used = p.eip.Resource",
        "from {0} import eip; used = eip.Resource",
        "import {0}.eip; used = {0}.eip.Resource",
        "from {0}.eip import Resource as used",
    ],
    ids=["attribute", "from root", "submodule", "from submodule"],
)
def test_imports_only_the_resource_that_is_used(provider: str, statement: str, tmp_path: Path) -> None:
    """Each way to write an import gives the resource, and loads no other."""
    result = run(
        f"{INSTALL}\n{statement.format(provider)}\nresult = [used, loaded('{provider}')]", path=(tmp_path,)
    )

    assert result == ["eip", [f"{provider}.eip"]]


def test_lists_resources_that_are_not_imported(provider: str, tmp_path: Path) -> None:
    """dir() of a provider names all its resources, without importing them."""
    result = run(
        f"{INSTALL}\nimport {provider} as p\nresult = [dir(p), loaded('{provider}')]", path=(tmp_path,)
    )

    assert {"VERSION", "eip", "vpc_peering"} <= set(result[0])
    assert result[1] == []


def test_keeps_what_else_the_root_sets(provider: str, tmp_path: Path) -> None:
    """Documentation, constants, path, file and private names of the root are as without fastsynth."""
    look = (
        f"import {provider} as p; "
        "result = [p.__doc__, p.__all__, p.VERSION, p.__file__, list(p.__path__), hasattr(p, '_private')]"
    )

    assert run(f"{INSTALL}\n{look}", path=(tmp_path,)) == run(look, path=(tmp_path,))


def test_refuses_a_name_that_is_no_resource(provider: str, tmp_path: Path) -> None:
    """A misspelt resource is an AttributeError, and an ImportError in an import, as in any module."""
    result = run(
        f"""
{INSTALL}
import {provider} as p
result = []
for statement in ("p.eipp", "from {provider} import eipp"):
    try:
        exec(statement)
    except (AttributeError, ImportError) as error:
        result.append([type(error).__name__, "eipp" in str(error)])
""",
        path=(tmp_path,),
    )

    assert result == [["AttributeError", True], ["ImportError", True]]


def test_a_provider_that_is_not_installed_is_missing_as_ever() -> None:
    """Importing one that is not there is a ModuleNotFoundError that names it."""
    result = run(
        f"""
{INSTALL}
try:
    import cdktf_cdktf_provider_absent
except ModuleNotFoundError as error:
    result = error.name
"""
    )

    assert result == "cdktf_cdktf_provider_absent"


def test_leaves_a_root_alone_that_is_lazy_already(tmp_path: Path) -> None:
    """A provider generated with lazy imports of its own keeps them."""
    make_provider(tmp_path, "cdktn_provider_fake", lazy_already=True)

    result = run(f"{INSTALL}\nimport cdktn_provider_fake as p\nresult = p.something", path=(tmp_path,))

    assert result == "its own something"


def test_leaves_other_packages_alone(tmp_path: Path) -> None:
    """A package that is no provider's root imports what it always did."""
    make_provider(tmp_path, "cdktf_cdktf_provide")

    result = run(
        f"{INSTALL}\nimport cdktf_cdktf_provide\nresult = loaded('cdktf_cdktf_provide')", path=(tmp_path,)
    )

    assert result == ["cdktf_cdktf_provide.eip", "cdktf_cdktf_provide.vpc_peering"]


def test_tells_jsii_where_each_type_stands(tmp_path: Path) -> None:
    """Every resource has its module in the map that jsii asks, under the name its types have in JavaScript."""
    make_provider(tmp_path, "cdktf_cdktf_provider_fake")

    result = run(
        f"""
{INSTALL}
import cdktf_cdktf_provider_fake
from jsii import _reference_map
result = dict(_reference_map._submodule_fqn_map)
""",
        path=(tmp_path,),
    )

    assert result == {
        "@cdktf/provider-fake.eip": "cdktf_cdktf_provider_fake.eip",
        "@cdktf/provider-fake.vpcPeering": "cdktf_cdktf_provider_fake.vpc_peering",
    }


@pytest.mark.parametrize("hook", HOOKS)
def test_falls_back_when_jsii_has_no_such_hook(hook: str, tmp_path: Path) -> None:
    """With a jsii that cannot look types up, providers load eagerly and a warning names what is missing."""
    make_provider(tmp_path, "cdktf_cdktf_provider_fake")

    python, reason, caught, loaded = run(
        f"""
import sys, warnings
from jsii import _reference_map
del _reference_map.{hook}
from fastsynth import activation
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    status = activation.install()
import cdktf_cdktf_provider_fake
result = [
    status.python, status.reason, [[w.category.__name__, str(w.message)] for w in caught],
    "cdktf_cdktf_provider_fake.eip" in sys.modules,
]
""",
        path=(tmp_path,),
    )

    assert (python, loaded) == (False, True)
    assert caught == [["FastsynthWarning", reason]]
    assert "python imports all of a provider" in reason
    assert hook in reason


def test_falls_back_without_jsii(tmp_path: Path) -> None:
    """Where jsii cannot be imported there is a warning, not an exception."""
    (tmp_path / "jsii.py").write_text("raise ImportError('no jsii here')")

    result = run(f"{INSTALL}\nresult = [status.python, status.reason]", path=(tmp_path,))

    assert result[0] is False
    assert "no jsii here" in result[1]


def test_falls_back_when_a_provider_was_imported_before(tmp_path: Path) -> None:
    """A provider imported too early is named, and what is already lazy or eager stays as it is."""
    make_provider(tmp_path, "cdktf_cdktf_provider_fake")

    result = run(
        f"import cdktf_cdktf_provider_fake as p\n{INSTALL}\nresult = [status.python, status.reason, p.eip.Resource]",
        path=(tmp_path,),
    )

    assert result[0] is False
    assert "cdktf_cdktf_provider_fake was imported before" in result[1]
    assert result[2] == "eip"
