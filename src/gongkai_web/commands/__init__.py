"""The verbs that this package adds to the `gongkai` command, found through the entry points `gongkai.commands`.

Each is a module with `SUMMARY`, `configure(parser)` and `run(args) -> int`. Nothing heavy is imported before `run`:
`gongkai --help` imports these modules for their summaries.
"""
