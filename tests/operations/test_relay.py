"""What a child says, passed on."""

from __future__ import annotations

import io

from operations.relay import Relay


def test_colours_are_left_out() -> None:
    """They are for a terminal."""
    target = io.StringIO()

    relay = Relay(io.BytesIO(b"\x1b[91mred\x1b[39m\nand \xff\n"), target)
    relay.join()

    assert (target.getvalue(), relay.failed) == ("red\nand �\n", None)


def test_all_is_read_though_nobody_listens() -> None:
    """Or the child would wait, or be ended by it."""

    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    source = io.BytesIO(b"one\ntwo\n")

    relay = Relay(source, Closed())
    relay.join()

    assert source.closed
    assert isinstance(relay.failed, BrokenPipeError)
