"""Run the command line with `python -m convex_lint`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        # `-m` looks for modules, and so for rule packs, in the current folder first: what is linted must never run.
        del sys.path[0]
    from convex_lint.cli import start

    start()
