"""What stacks are made of: one section for each part of an environment file, all of one shape.

A section is a class that defines everything when it is made: `XSection(context, *, config, ...)`. The context
is what the whole stack is told, `config` the part of the file, the rest are references to what other sections
made, which each keeps as attributes.
"""
