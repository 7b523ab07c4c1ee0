"""Washing of uploaded files in a process of their own.

The parsers of images and PDFs are the part of the portal that a hostile file attacks. They run in a child
process with a small address space, a limit of processor time and an empty environment, so that a file which
makes them crash, hang or grow takes nothing with it, and a parser that is taken over finds no secrets in its
environment. Nothing in this package imports Django. `members.kernel.files` is the only caller.
"""


class UnwashableError(Exception):
    """The file cannot be made safe. `code` says why; `members.kernel.files` has a sentence for each code."""

    def __init__(self, code: str, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts
