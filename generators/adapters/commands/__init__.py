"""The commands of ``campaign`` that stand beside check, build and serve; one module a command.

Each module gives ``add(commands)``, which adds the command and its flags to the parser, and ``run(options)``, which
gives the exit code: 0 fine, 1 content problems, 2 wrong use.
"""
