#!/usr/bin/env python3
"""Schakel in two commands: `python3 run.py` sets everything up and serves, `python3 run.py test` runs the tests.

This file is read by whatever Python a machine has, so it keeps to words that every Python knows;
what it does is in portal/launch. `python3 run.py --help` lists the options.
"""

import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.stderr.write(
        "Schakel needs Python %d.%d or newer, and this is Python %d.%d. "
        "Install a newer Python and start with that one, for example: python3.12 run.py\n"
        % (NEEDED + tuple(sys.version_info[:2]))
    )
    sys.exit(1)

from portal.launch.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
