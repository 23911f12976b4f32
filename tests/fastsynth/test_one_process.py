"""One Node process instead of two, and what it prints."""

from __future__ import annotations

from pathlib import Path

from fastsynth import one_process
from tests.fastsynth.interpreter import run


def test_node_is_started_once() -> None:
    """Python has one child, which has none."""
    children, grandchildren = run(
        """
        import os, pathlib
        from fastsynth import activation
        activation.install()
        from cdktf import App
        App()

        def children_of(pid):
            tasks = pathlib.Path(f"/proc/{pid}/task")
            if not tasks.is_dir():
                return None
            return [child for task in tasks.iterdir() for child in (task / "children").read_text().split()]

        mine = children_of(os.getpid())
        result = [mine and len(mine), mine and len(children_of(mine[0]))]
        """
    )

    assert (children, grandchildren) in [(1, 0), (None, None)]  # the second where there is no /proc


def test_what_node_prints_arrives_where_it_was_meant_to() -> None:
    """Text for the console passes by the answers, to standard output and standard error."""
    out, err = run(
        """
        import contextlib, io, os, sys, tempfile
        from fastsynth import activation
        activation.install()
        with tempfile.TemporaryDirectory() as folder:
            preload = os.path.join(folder, "talk.cjs")
            with open(preload, "w") as file:
                file.write(
                    'setImmediate(() => {'
                    'console.log("to out"); process.stdout.write("more", "utf8"); console.error("to err");'
                    'process.stderr.write(Buffer.from("last"), () => {}); });'
                )
            os.environ["NODE_OPTIONS"] += f' --require="{preload}"'
            out, err = (io.TextIOWrapper(io.BytesIO()) for _ in range(2))
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                import jsii
                from cdktf import App
                App()
                jsii.kernel.provider._process.stop()
            result = [stream.buffer.getvalue().decode() for stream in (out, err)]
        """
    )

    assert out == "to out\nmore"
    assert err == "to err\nlast"


def test_knows_jsii_by_its_layout(tmp_path: Path) -> None:
    """Where there is no second programme beside the first, jsii starts what it starts."""
    runtime = tmp_path / "bin" / "jsii-runtime.js"

    assert one_process.programme(str(runtime)) is None
