"""Run the command line with `python -m convex_lint`."""

from convex_lint.cli import main

if __name__ == "__main__":
    main()
