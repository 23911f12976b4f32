"""Plans that are given out for another stack than theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.review.belonging import not_of
from operations.review.plan_file import PlanFile
from tests.example import ENVIRONMENTS
from tests.operations.review.reviewed import plan

Json = dict[str, Any]

STACK: Json = {
    "provider": {
        "google": [{"project": "kl-prod-host", "default_labels": {"environment": "prod"}}],
        "aws": [{"allowed_account_ids": ["345678901234"]}],
    },
    "resource": {"aws_eip": {"E": {}}, "aws_vpc": {"V": {}}},
}


def _said(value: Any) -> Json:
    return {"constant_value": value}


def _plan(providers: Json, *objects: str) -> Json:
    """A plan whose configuration says this of its providers and objects."""
    return plan(
        configuration={
            "provider_config": {
                name: {"name": name, "expressions": said} for name, said in providers.items()
            },
            "root_module": {"resources": [{"address": address, "expressions": {}} for address in objects]},
        }
    )


def _why(document: Json, stack: Json | None = None) -> list[str]:
    return list(not_of("prod", "prod", PlanFile(json.dumps(document).encode(), "plan"), stack))


@pytest.mark.parametrize(
    ("document", "word"),
    [
        pytest.param(
            _plan({"google": {"default_labels": _said({"environment": "dev"})}}), "'dev'", id="labels"
        ),
        pytest.param(
            _plan({"aws": {"default_tags": [{"tags": _said({"environment": "dev"})}]}}), "'dev'", id="tags"
        ),
        pytest.param(_plan({"google": {"project": _said("kl-dev-host")}}), "'kl-dev-host'", id="project"),
        pytest.param(
            _plan({"aws": {"allowed_account_ids": _said(["123456789012"])}}), "'123456789012'", id="account"
        ),
        pytest.param(_plan({}, "helm_release.A", "data.aws_ami.A"), "none of its objects", id="objects"),
    ],
)
def test_plan_of_another_stack_is_told(document: Json, word: str) -> None:
    """Once, with what gives it away."""
    (reason,) = _why(document, STACK)

    assert reason.startswith("is no plan of prod: ")
    assert word in reason


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            _plan(
                {
                    "google": {
                        "project": _said("kl-prod-host"),
                        "default_labels": _said({"environment": "prod"}),
                    },
                    "aws": {
                        "allowed_account_ids": _said(["345678901234"]),
                        "default_tags": [{"tags": _said({"environment": "prod"})}],
                        "region": _said("eu-west-2"),
                    },
                },
                "aws_eip.E",
                "aws_eip.New",
            ),
            id="its own",
        ),
        pytest.param(_plan({"google": {"project": {"references": ["var.project"]}}}), id="a reference"),
        pytest.param(_plan({"google": {"default_labels": _said("odd")}}), id="odd labels"),
        pytest.param(_plan({"aws": {"default_tags": []}}), id="no tags"),
        pytest.param(
            _plan({"aws": {"default_tags": [{"tags": {"references": ["a"]}, "x": 1}]}}), id="odd tags"
        ),
        pytest.param(
            _plan({"vsphere": {"vsphere_server": _said("v")}}), id="a provider that the stack lacks"
        ),
        pytest.param(plan(configuration={"provider_config": {"aws": 1}}), id="an odd provider"),
        pytest.param(plan(), id="nothing said"),
    ],
)
def test_plan_that_may_be_its_own_passes(document: Json) -> None:
    """What a plan does not say is not judged; a region may change."""
    assert _why(document, STACK) == []


def test_labels_tell_without_a_synthesized_stack() -> None:
    """Where nothing was synthesized, the rest cannot be compared."""
    foreign = _plan({"google": {"default_labels": _said({"environment": "dev"})}})

    assert len(_why(foreign)) == 1
    assert _why(_plan({"google": {"project": _said("kl-dev-host")}}, "helm_release.A")) == []


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of dev, in a folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "some.json"
    document = _plan({"google": {"default_labels": _said({"environment": "dev"})}})
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_review_refuses_a_plan_of_another_environment(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would say of prod what is so of dev; every plan that cannot be read is told as well."""
    code = main(["review", f"prod={file}", "dev=nowhere.json", "--folder", str(ENVIRONMENTS)])

    said = capsys.readouterr().err
    assert code == 2
    assert "some.json: is no plan of prod" in said
    assert "nowhere.json: cannot be read" in said


def test_free_names_are_nobodys(file: Path) -> None:
    """A comparison of two plans of one environment, say."""
    assert main(["review", f"before={file}", "--folder", str(ENVIRONMENTS), "--today", "2026-11-21"]) == 0
