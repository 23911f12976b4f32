"""Where keys are had from, and what is said of one that is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.plans import keys
from operations.plans.key_ring import KeyRing, read_keys, write_keys
from operations.plans.keys import fingerprint, new_pairs

DEV = new_pairs()
SEAL = keys.written(keys.SEAL, DEV.seal)
REVIEW = keys.written(keys.REVIEW, DEV.review)
APPLY = keys.written(keys.APPLY, DEV.apply)
SEALER = keys.written(keys.SEALER, DEV.seal.public_key())
REVIEWER = keys.written(keys.REVIEWER, DEV.review.public_key())
APPLIER = keys.written(keys.APPLIER, DEV.apply.public_key())
VARIABLES = {
    "HYBRID_SEAL_KEY": f"{SEAL}\n",
    "HYBRID_OPENERS": json.dumps({"review": REVIEWER, "apply": APPLIER}),
    "HYBRID_REVIEW_KEYS": json.dumps({"dev": REVIEW}),
    "HYBRID_SEALERS": json.dumps({"dev": SEALER}),
    "HYBRID_APPLY_KEY": APPLY,
}


def test_a_jobs_variables_and_a_persons_file_hold_the_same(tmp_path: Path) -> None:
    """For who plans, who reviews and who applies."""
    write_keys(tmp_path / "keys", {"dev": DEV})
    job, person = KeyRing(VARIABLES, None), KeyRing({}, tmp_path / "keys")

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert fingerprint(job.sealing("dev").applier) == fingerprint(person.sealing("dev").applier)
    assert fingerprint(job.sealing("dev").reviewer) == fingerprint(DEV.review.public_key())
    assert fingerprint(job.sealing("dev").key.public_key()) == fingerprint(DEV.seal.public_key())
    for found in (job.reviewing("dev"), person.reviewing("dev")):
        assert fingerprint(found.key.public_key()) == fingerprint(DEV.review.public_key())
        assert fingerprint(found.sealer) == fingerprint(DEV.seal.public_key())
    for found in (job.applying("dev"), person.applying("dev")):
        assert fingerprint(found.key.public_key()) == fingerprint(DEV.apply.public_key())


def sealing(ring: KeyRing) -> object:
    """What plans dev."""
    return ring.sealing("dev")


def reviewing(ring: KeyRing) -> object:
    """What reviews dev."""
    return ring.reviewing("dev")


def applying(ring: KeyRing) -> object:
    """What applies dev."""
    return ring.applying("dev")


@pytest.mark.parametrize(
    ("ask", "change", "words"),
    [
        pytest.param(sealing, {"HYBRID_SEAL_KEY": ""}, "HYBRID_SEAL_KEY: is not set", id="absent"),
        pytest.param(
            sealing, {"HYBRID_SEAL_KEY": "", "HYBRID_PLAN_KEY": "x"}, "HYBRID_PLAN_KEY is of no use", id="former"
        ),
        pytest.param(sealing, {"HYBRID_SEAL_KEY": "hunter2!"}, "is not a private key that seals", id="text"),
        pytest.param(sealing, {"HYBRID_SEAL_KEY": f"{SEAL}ø"}, "is not a private key that seals", id="letters"),
        pytest.param(sealing, {"HYBRID_SEAL_KEY": SEAL[:-4]}, "is not a private key that seals", id="short"),
        pytest.param(
            sealing,
            {"HYBRID_SEAL_KEY": APPLY},
            "is a private key that applies (hybrid-apply_...), and should be a private key that seals",
            id="another's",
        ),
        pytest.param(
            sealing,
            {"HYBRID_OPENERS": json.dumps({"review": APPLIER, "apply": APPLIER})},
            "HYBRID_OPENERS: review: is the public half of a key that applies",
            id="exchanged",
        ),
        pytest.param(sealing, {"HYBRID_OPENERS": "{}"}, 'must be {"review": ..., "apply": ...}', id="no openers"),
        pytest.param(sealing, {"HYBRID_OPENERS": "["}, "HYBRID_OPENERS: must be a JSON object", id="no JSON"),
        pytest.param(reviewing, {"HYBRID_REVIEW_KEYS": '{"dev": 1}'}, "must be a JSON object of keys", id="number"),
        pytest.param(
            reviewing,
            {"HYBRID_REVIEW_KEYS": json.dumps({"prod": REVIEW})},
            "HYBRID_REVIEW_KEYS: has no key of dev (there are: prod)",
            id="another environment's",
        ),
        pytest.param(reviewing, {"HYBRID_SEALERS": "{}"}, "has no key of dev (there are: none)", id="no sealer"),
        pytest.param(applying, {"HYBRID_APPLY_KEY": REVIEW}, "HYBRID_APPLY_KEY: is a private key that reviews", id="reviews"),
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_without_showing_it(
    ask: Callable[[KeyRing], object], change: dict[str, str], words: str
) -> None:
    """It may be a typing error of the right one."""
    with pytest.raises(InvalidInput) as refused:
        ask(KeyRing({**VARIABLES, **change}, None))

    assert words in str(refused.value)
    for text in (*change.values(), SEAL, REVIEW, APPLY):
        assert len(text) < 9 or text not in str(refused.value)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        pytest.param([], "must be a JSON object, as hybrid plan-keys writes it", id="list"),
        pytest.param({"dev": []}, "dev: must have the texts seal, review, apply", id="no keys"),
        pytest.param({"dev": {"seal": SEAL}}, "dev: must have the texts seal, review, apply", id="lacks some"),
        pytest.param(
            {"dev": {"seal": 1, "review": REVIEW, "apply": APPLY}}, "dev: must have the texts", id="number"
        ),
        pytest.param(
            {"dev": {"seal": SEAL, "review": APPLY, "apply": APPLY}}, "dev: review: is a private key", id="kind"
        ),
        pytest.param({"prod": {"seal": SEAL, "review": REVIEW, "apply": APPLY}}, "has no keys of dev", id="other"),
    ],
)  # fmt: skip
def test_a_file_without_the_keys_is_refused(tmp_path: Path, document: Any, words: str) -> None:
    """And says what to do."""
    path = tmp_path / "keys"
    path.write_text(json.dumps(document))
    path.chmod(0o600)

    for ask in (sealing, reviewing, applying):
        with pytest.raises(InvalidInput) as refused:
            ask(KeyRing(VARIABLES, path))
        assert words in str(refused.value)


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    """Whoever reads it may apply anything."""
    path = tmp_path / "keys"
    write_keys(path, {"dev": DEV})
    path.chmod(0o640)

    with pytest.raises(InvalidInput, match=r"may be read by others \(mode 0640\); chmod 600"):
        read_keys(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the command that makes it."""
    with pytest.raises(InvalidInput, match=r"cannot be read .*; make keys with hybrid plan-keys ENV --keys"):
        read_keys(tmp_path / "keys")
