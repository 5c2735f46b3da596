#!/usr/bin/env python
"""Django's commands. `python3 run.py manage …` calls this with the environment of the project."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("The packages are not installed here. Call it as: python3 run.py manage " + " ".join(sys.argv[1:]))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Schakel cannot start: {error}")


if __name__ == "__main__":
    main()
