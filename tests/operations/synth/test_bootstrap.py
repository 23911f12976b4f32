"""What an environment stands on, as synthesis leaves and guards it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from tests.derived.pipeline.grounds import in_aws, in_google

ORGANIZATION = "{name: kl, domain: example.com, promotion: [dev]}"


def test_it_is_recorded_whatever_may_be_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The states of everything lie in it; a section that is taken out is refused."""
    monkeypatch.chdir(tmp_path)
    environments = tmp_path / "environments"
    environments.mkdir()
    (environments / "organization.yaml").write_text(ORGANIZATION, "utf-8")
    document = {**in_aws(), "deletion_protection": False}
    (environments / "dev.yaml").write_text(json.dumps(document), "utf-8")

    assert main(["synth"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    record = (environments / "stateful" / "dev-bootstrap.txt").read_text("utf-8")
    order = json.loads(Path("cdktf.out/stacks.json").read_text("utf-8"))
    (environments / "dev.yaml").write_text(json.dumps({**document, "bootstrap": None}), "utf-8")

    assert "a person plans and applies it, no pipeline does, and before dev" in said
    assert "aws_s3_bucket.StateBucket" in record
    assert order["stacks"]["dev-bootstrap"]["by_hand"] is True
    assert "by_hand" not in order["stacks"]["dev"]
    assert main(["synth"]) == 2
    assert "stack dev-bootstrap has 6 recorded addresses, and bootstrap is gone from the file" in " ".join(
        capsys.readouterr().err.split()
    )


def test_people_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who makes it, and the step that does."""
    monkeypatch.chdir(tmp_path)
    environments = tmp_path / "environments"
    environments.mkdir()
    (environments / "organization.yaml").write_text(ORGANIZATION, "utf-8")
    (environments / "dev.yaml").write_text(json.dumps(in_google()), "utf-8")

    assert main(["check", "dev"]) == 0
    assert main(["prerequisites", "dev"]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "dev-bootstrap, which a person applies" in said
    assert "hybrid bootstrap dev --first local" in said
