"""What makes archives is loaded with the first archive."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import fastsynth
from tests.fastsynth.interpreter import run

PRELOAD = Path(fastsynth.__file__).with_name("preload.cjs")
ARCHIVER = """
console.log("loaded");
module.exports = (format, options) => `${format} ${options.level}`;
"""


def printed_by(folder: Path, requiring: str, code: str) -> list[str]:
    """Lines that a Node process prints which runs ``code`` in the module ``requiring``."""
    for name, text in {"archiver/index.js": ARCHIVER, requiring: code}.items():
        path = folder / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return subprocess.run(
        [os.environ.get("JSII_NODE", "node"), str(folder / "node_modules" / requiring)],
        env={**os.environ, "NODE_OPTIONS": f'--require="{PRELOAD}"'},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


def test_is_loaded_when_it_is_called(tmp_path: Path) -> None:
    """The way cdktf uses it: required at the top, called later, with the arguments as given."""
    code = """
        const archiver = require("archiver");
        console.log("required");
        console.log(archiver("zip", { level: 9 }));
    """

    assert printed_by(tmp_path, "cdktf/lib/private/fs.js", code) == ["required", "loaded", "zip 9"]


def test_others_get_it_at_once(tmp_path: Path) -> None:
    """A module elsewhere that requires it gets the package itself, and so does cdktf any other."""
    code = 'require("archiver"); console.log("required"); console.log(require("node:path").sep);'

    assert printed_by(tmp_path, "other/lib/private/fs.js", code)[:2] == ["loaded", "required"]
    assert printed_by(tmp_path, "cdktf/lib/other.js", code)[:2] == ["loaded", "required"]


def test_archives_are_made_as_ever() -> None:
    """An archive asset of a real stack is a zip file."""
    # cdktf starts the archiver by the name "node", which need not be on the path of a person.
    path = os.pathsep.join([str(Path(os.environ["JSII_NODE"]).parent), os.environ["PATH"]])
    first_bytes = run(
        """
        import os, pathlib, tempfile
        from fastsynth import activation
        activation.install()
        from cdktf import App, AssetType, TerraformAsset, TerraformStack
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "source")
            source.mkdir()
            (source / "file.txt").write_text("content")
            app = App(outdir=os.path.join(folder, "out"), stack_traces=False)
            stack = TerraformStack(app, "stack")
            TerraformAsset(stack, "asset", path=str(source), type=AssetType.ARCHIVE)
            app.synth()
            [archive] = pathlib.Path(folder, "out").rglob("*.zip")
            result = archive.read_bytes()[:2].decode()
        """,
        env={"PATH": path},
    )

    assert first_bytes == "PK"
