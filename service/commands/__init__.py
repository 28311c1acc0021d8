"""One module a command: `register(subparsers)` adds its parser; `run(args)` gives the exit code."""
