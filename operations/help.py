"""How help reads: commands by what they are for, each with its whole first sentence, which the library cuts;
arguments as people write them, to which it adds brackets and Python's types.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

_WHOLE = 1000


class Commands(TyperGroup):
    """A group of commands; what is too long for a line goes on in the next."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a list for each purpose that commands were given, in the order in which these came first."""
        listed: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command and not command.hidden:
                purpose = getattr(command, "rich_help_panel", None) or "Commands"
                listed.setdefault(purpose, []).append((name, command.get_short_help_str(_WHOLE)))
        for purpose, rows in listed.items():
            with formatter.section(purpose):
                formatter.write_dl(rows)


class Verb(TyperCommand):
    """A command whose help names arguments by their metavar alone."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What follows the command's name in the line of its usage."""
        arguments = (one for one in self.get_params(ctx) if one.param_type_name == "argument")
        return [self.options_metavar or "", *map(named, arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what each argument and each option says."""
        listed: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for one in self.get_params(ctx):
            record = one.get_help_record(ctx)
            if record:
                is_argument = one.param_type_name == "argument"
                row = (named(one), record[1]) if is_argument else record
                listed["Arguments" if is_argument else "Options"].append(row)
        for title, rows in listed.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def named(argument: Any) -> str:
    """An argument as people write it, brackets and dots for one that may be left out or repeated."""
    return str(argument.metavar or argument.name.upper())
