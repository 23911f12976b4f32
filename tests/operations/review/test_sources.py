"""Companion stacks: their plans count to their environment, and an absent one is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.review.sources import stacks_of
from tests.example import ESTATE
from tests.operations.review.reviewed import change, plan

_KEY = "aws_kms_key.KmsKeys_secrets_449ECE8D"
_FOLDER = "vsphere_folder.Folder_449ECE8D"
_VCENTER = "vcenter.example.com:443"


def _write(path: str, document: Any) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(document), "utf-8")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the plans of dev, of its companion and of test, and what synthesis says of stacks."""
    monkeypatch.chdir(tmp_path)
    _write("dev.json", plan(change(_KEY, "update", {"x": 1}, {"x": 2})))
    _write("dev-vsphere.json", plan(change(_FOLDER, "update", {"path": "a"}, {"path": "b"})))
    _write("test.json", plan())
    stacks = {
        "dev-vsphere": {"environment": "dev", "after": [], "reaches": [_VCENTER]},
        "dev": {"environment": "dev", "after": ["dev-vsphere"], "reaches": []},
        "test": {"environment": "test", "after": [], "reaches": []},
    }
    _write("cdktf.out/stacks.json", {"order": list(stacks), "stacks": stacks})


def _reviewed(*arguments: str, exit_code: int = 0) -> Any:
    assert main(["review", *arguments, "--format", "json", "--output", "review.json"]) == exit_code
    return json.loads(Path("review.json").read_text("utf-8"))


def test_companions_plan_counts_to_its_environment() -> None:
    """One section for both; what stands in the companion says so."""
    review = _reviewed("dev.json", "dev-vsphere.json")

    (dev,) = review["environments"]
    assert dev["name"] == "dev"
    assert {one["address"]: one["stack"] for one in dev["changes"]} == {_KEY: "", _FOLDER: "dev-vsphere"}
    assert review["not_reviewed"] == []


@pytest.mark.parametrize(
    ("format_", "words"),
    [
        ("text", f"{_FOLDER} in dev-vsphere: changed"),
        ("markdown", f"`{_FOLDER}` in dev-vsphere: changed"),
        ("html", "<code>vsphere_<wbr>folder.<wbr>Folder_<wbr>449ECE8D</code> in dev-vsphere changed"),
    ],
)
def test_what_stands_in_a_companion_says_so(
    format_: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside its address, in every format."""
    assert main(["review", "dev.json", "dev-vsphere.json", "--format", format_]) == 0
    assert words in capsys.readouterr().out


def test_absent_companion_is_said_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Hosted runners cannot reach vCenter; other environments' stacks are nobody's concern here."""
    review = _reviewed("dev.json")

    (told,) = review["not_reviewed"]
    assert (told["name"], told["environment"]) == ("dev-vsphere", "dev")
    assert told["reason"] == (
        f"planning it needs {_VCENTER}; review dev-vsphere as well, where hybrid reach dev succeeds"
    )
    (finding,) = review["environments"][0]["findings"]
    assert (finding["rule"], finding["level"]) == ("companion-not-planned", "medium")
    assert finding["address"] == "plan of dev-vsphere"
    assert main(["review", "dev.json", "--format", "markdown"]) == 0
    assert "dev-vsphere was not planned: planning it needs" in capsys.readouterr().out


def test_environment_without_its_own_plan_stops() -> None:
    """What its change does, nobody knows."""
    review = _reviewed("dev-vsphere.json", exit_code=3)

    (finding,) = review["environments"][0]["findings"]
    assert (finding["rule"], finding["level"], finding["address"]) == ("not-planned", "high", "plan")
    assert finding["reason"].startswith("nobody gave its plan; review dev as well: ")


def test_state_on_somebodys_machine_stops_nothing() -> None:
    """No pipeline can plan it, and whoever tries something out needs nobody's word."""
    folder = Path("cdktf.out/stacks/dev")
    folder.mkdir(parents=True)
    (folder / "cdk.tf.json").write_text(json.dumps({"terraform": {"backend": {"local": {}}}}), "utf-8")

    review = _reviewed("dev-vsphere.json")

    (finding,) = review["environments"][0]["findings"]
    assert (finding["rule"], finding["level"]) == ("local-not-planned", "medium")


def test_reason_for_an_absence_may_be_given() -> None:
    """In place of the one that the review would give."""
    review = _reviewed("dev.json", "--not-planned", "dev-vsphere=the runner is down")

    assert [one["reason"] for one in review["not_reviewed"]] == ["the runner is down"]


def test_failed_planning_stops_without_any_plan() -> None:
    """A comment is made all the same; a stack that synthesis does not know is an environment by its name."""
    review = _reviewed("--not-planned", "other", "--not-planned", "more-vsphere=x", exit_code=3)

    assert {one["name"]: one["findings"][0]["rule"] for one in review["environments"]} == {
        "other": "not-planned",
        "more": "companion-not-planned",
    }
    assert [one["reason"] for one in review["not_reviewed"]] == ["no reason given", "x"]


def test_reason_for_an_absence_holds_no_secret() -> None:
    """Whoever writes it may have copied an error."""
    _write(
        "dev.json",
        plan(change(_KEY, "update", {"p": "hunter2-hunter2"}, {"p": "x"}, before_sensitive={"p": True})),
    )

    review = _reviewed("dev.json", "--not-planned", "dev-vsphere=refused hunter2-hunter2")

    assert "hunter2" not in json.dumps(review)


def test_errored_companion_is_named() -> None:
    """So that an acknowledgement can be for one plan and not the other."""
    _write("dev-vsphere.json", plan(errored=True))

    review = _reviewed("dev.json", "dev-vsphere.json", exit_code=3)

    assert review["gate"]["findings"][0]["address"] == "plan of dev-vsphere"


def test_acknowledgement_of_what_has_no_plan_waits() -> None:
    """It may be for the companion, of which this review sees nothing; of a stranger's name it is a mistake."""
    _write("environments/prod.yaml", {})

    def acknowledged(environment: str) -> list[str]:
        word = f"address: x, reason: r, who: w, expires: '2026-12-01', environment: {environment}"
        Path("words.yaml").write_text(f"acknowledgements: [{{{word}}}]\n")
        arguments = ("dev.json", "--acknowledgements", "words.yaml", "--today", "2026-11-21")
        main(["review", *arguments, "--format", "json", "--output", "review.json"])
        stale = json.loads(Path("review.json").read_text("utf-8"))["gate"]["stale_acknowledgements"]
        return [one["problem"] for one in stale]

    assert acknowledged("dev") == []
    assert acknowledged("prod") == []
    assert acknowledged("prd") == ["there is no environment prd; correct it"]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"stacks": []}', '{"stacks": {"dev": {}}}', '{"stacks": {"dev": 1}}']
)
def test_unreadable_order_of_stacks_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it an absent companion would not be noticed."""
    Path("cdktf.out/stacks.json").write_text(text)

    assert main(["review", "dev.json"]) == 2
    assert "does not say which stacks there are" in capsys.readouterr().err


def _base(**stacks: dict[str, Any]) -> None:
    """What the base synthesizes, of stacks with what each has of resources."""
    order = {name: {"environment": name.partition("-")[0], "after": [], "reaches": []} for name in stacks}
    _write("base/cdktf.out/stacks.json", {"order": list(order), "stacks": order})
    Path("base/cdktf.out/stacks").mkdir(exist_ok=True)
    for name, resources in stacks.items():
        _write(f"base/cdktf.out/stacks/{name}/cdk.tf.json", {"resource": resources})


def test_a_stack_that_nothing_asks_for_any_more_stops() -> None:
    """Its plan is missed by nobody, for there is none to make; what it made stays, and nobody looks at it again."""
    made: dict[str, Any] = {"aws_kms_key": {"K": {}}}
    _base(**{"dev-attach": made, "test-attach": {}, "test": made, "prod": made})

    review = _reviewed("dev.json", "dev-vsphere.json", "--base", "base/cdktf.out", exit_code=3)

    assert [
        (one["name"], finding["rule"], finding["level"], finding["address"])
        for one in review["environments"]
        for finding in one["findings"]
    ] == [
        ("dev", "stack-gone", "high", "plan of dev-attach"),
        ("prod", "stack-gone", "high", "plan"),
    ]


def test_nobody_can_tell_what_is_gone_where_nothing_is_synthesized() -> None:
    """The stacks of the base would all be."""
    _base(prod={"aws_kms_key": {"K": {}}})
    Path("cdktf.out/stacks.json").unlink()

    review = _reviewed("dev.json", "--base", "base/cdktf.out")

    assert [one["name"] for one in review["environments"]] == ["dev"]


def _backend(where: str, backend: dict[str, Any], name: str) -> None:
    """A stack with something in it, and where its state lies."""
    resources: dict[str, Any] = {"aws_kms_key": {"K": {}}}
    document = {"terraform": {"backend": backend}, "resource": resources}
    _write(f"{where}cdktf.out/stacks/{name}/cdk.tf.json", document)


def test_a_state_that_is_to_lie_elsewhere_stops() -> None:
    """A plan of a place without a state makes all of it; a stack with nothing in it, or that stays, is none."""
    ours, theirs = {"gcs": {"bucket": "a", "prefix": "x"}}, {"gcs": {"bucket": "b", "prefix": "x"}}
    _base(**{"dev-vsphere": {}})
    _backend("base/", ours, "dev")
    _backend("", theirs, "dev")
    _backend("", theirs, "dev-vsphere")
    _backend("base/", ours, "test")
    _backend("", ours, "test")

    review = _reviewed("dev.json", "dev-vsphere.json", "test.json", "--base", "base/cdktf.out", exit_code=3)

    found = [
        (
            one["name"],
            finding["rule"],
            finding["level"],
            finding["address"],
            finding["reason"].partition(":")[0],
        )
        for one in review["environments"]
        for finding in one["findings"]
    ]
    assert found == [("dev", "state-moved", "high", "plan", "backend.gcs.bucket")]


def test_a_state_of_another_kind_is_one_elsewhere() -> None:
    """Of an environment that nobody plans, too."""
    _base()
    _backend("base/", {"s3": {"bucket": "a", "key": "dev"}}, "dev-vsphere")
    _backend("", {"gcs": {"bucket": "a"}}, "dev-vsphere")

    review = _reviewed("test.json", "--base", "base/cdktf.out", exit_code=3)

    assert [(one["name"], [f["rule"] for f in one["findings"]]) for one in review["environments"]] == [
        ("test", []),
        ("dev", ["state-moved"]),
    ]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({"vsphere_server": "b"}, ["provider.vsphere[0].vsphere_server"]),
        ({"allow_unverified_ssl": True}, ["provider.vsphere[0].allow_unverified_ssl"]),
        ({"default_tags": [{"tags": {"x": "y"}}]}, []),
    ],
)
def test_another_place_to_log_in_to_stops(after: dict[str, Any], found: list[str]) -> None:
    """No plan shows to whom the password goes; labels each object shows itself."""
    _base()
    vsphere = {"vsphere_server": "a", "allow_unverified_ssl": False, "default_tags": [{"tags": {}}]}
    for where, body in (("base/", vsphere), ("", vsphere | after)):
        new = {} if where else {"aws": [{"region": "x"}]}
        document = {"provider": {"vsphere": [body], **new}, "resource": {"vsphere_folder": {"F": {}}}}
        _write(f"{where}cdktf.out/stacks/dev-vsphere/cdk.tf.json", document)

    review = _reviewed(
        "dev.json", "dev-vsphere.json", "--base", "base/cdktf.out", exit_code=3 if found else 0
    )

    (dev,) = review["environments"]
    assert [(one["rule"], one["address"], one["reason"].partition(":")[0]) for one in dev["findings"]] == [
        ("login-moved", "plan of dev-vsphere", one) for one in found
    ]


def test_environment_files_say_whose_a_stack_is() -> None:
    """As synthesis writes it; a stack's state is where its environment's is."""
    found = stacks_of(ESTATE)

    assert found.environments == {
        "sandbox-vsphere": "sandbox",
        "sandbox": "sandbox",
        "dev": "dev",
        "test": "test",
        "test-attach": "test",
        "prod": "prod",
        "prod-attach": "prod",
    }
    assert found.reaches["sandbox-vsphere"] == [_VCENTER]
    assert found.local == {"sandbox", "sandbox-vsphere"}
