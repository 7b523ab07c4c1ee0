"""The child process: one file on standard input, a line of JSON and the washed file on standard output.

Its arguments are the media type and the name of the washer's function.
"""

import json
import logging
import resource
import sys
from importlib import import_module

from members.kernel.washing import UnwashableError

ADDRESS_SPACE = 1024 * 1024 * 1024
"""Bytes of memory the child may map, libraries included."""
PROCESSOR_SECONDS = 20
MAX_WASHED = 30 * 1024 * 1024
"""Bytes of the washed file: a picture may grow when it is written without a palette, but not without bounds."""
WASHERS = {
    "application/pdf": "members.kernel.washing.pdfs",
    "image/jpeg": "members.kernel.washing.images",
    "image/png": "members.kernel.washing.images",
    "image/webp": "members.kernel.washing.images",
}


def confine():
    """Set the limits that only the kernel can keep. The child writes no file, so it may write none."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(media_type: str, washing: str = "wash"):
    """Wash standard input; exit 0 with the answer, also where the answer is a refusal."""
    logging.disable()
    confine()
    washer = import_module(WASHERS[media_type])
    try:
        washed, facts = getattr(washer, washing)(sys.stdin.buffer.read(), media_type)
        if len(washed) > MAX_WASHED:
            raise UnwashableError("too-complex")
        answer = {"facts": facts}
    except UnwashableError as refusal:
        answer = {"refused": refusal.code, "facts": refusal.facts}
        washed = b""
    except MemoryError:
        answer = {"refused": "too-complex", "facts": {}}
        washed = b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.write(washed)


if __name__ == "__main__":
    main(*sys.argv[1:])
