"""The two commands and their options: set up and serve, or test; and the way to Django's own commands."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from portal.launch import environment, folder, process, server, testing
from portal.launch.errors import StartError
from portal.launch.steps import since_start, step

NAME = "Schakel"


def main(arguments: list[str]) -> int:
    """Do what the command line asks and return the exit code; a bad start is said in a sentence, not a traceback."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # What Python compiled is kept, also where an image forbids it: otherwise every start takes seconds longer.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        if options.command == "test":
            return testing.run(options.rest)
        if options.command == "manage":
            return _manage(options)
        return _serve(options)
    except StartError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        where = f" where {error.filename} is" if error.filename else ""
        print(f"\nThe disk{where} is full. Make room and start again; what was done is kept.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if options.command == "test":
            print("\nStopped; the tests were not finished.", file=sys.stderr)
            return 130
        print("\nStopped. The next start completes what was begun.", file=sys.stderr)
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 run.py",
        description="Sets Schakel up and serves it, with its job runner; Ctrl-C stops everything.",
        epilog="python3 run.py test […] runs the tests; python3 run.py manage … reaches Django's commands.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000; 0: any free one)")
    parser.add_argument("--data", metavar="DIR", help="data folder (default: SCHAKEL_DATA, else data)")
    starter = parser.add_mutually_exclusive_group()
    starter.add_argument("--no-starter", action="store_true", help="begin without the starter content")
    starter.add_argument("--demo", action="store_true", help="load examples as well (marked as such)")
    parser.add_argument("--reset", action="store_true", help="move the data folder aside and begin again")
    parser.add_argument("command", nargs="?", choices=["test", "manage"], metavar="test | manage")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port. Give a number up to 65535, for example 8000.")
    return int(text)


def _manage(options: Namespace) -> int:
    """Become Django's `manage.py`, in the environment of the project."""
    data = folder.data_folder(options.data)
    folder.check(data)
    environment.ensure_environment()
    os.environ["SCHAKEL_DATA"] = str(data)
    os.chdir(environment.ROOT)
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call([environment.PYTHON, "manage.py", *options.rest])
    os.execv(environment.PYTHON, [str(environment.PYTHON), "manage.py", *options.rest])


def _serve(options: Namespace) -> int:
    """Set up what is not set up yet, then serve."""
    print(NAME, flush=True)
    port = _free_port(options.host, options.port)
    data = folder.data_folder(options.data)
    if options.reset:
        aside = folder.move_aside(data)
        if aside:
            print(f"  The data are now in {aside}; a new folder is begun.")
    folder.check(data)
    password_was_there = (data / "admin_password").exists()
    environment.ensure_environment()
    _set_up(options, data)
    _name_the_address(options.host, port)

    def ready(status):
        if status >= 500:
            print(f"\nThe home page answers with an error ({status}); the reason is in {data}/logs/portal.log.")
        print(f"\n{NAME} answers after {since_start():.1f} s:  {_address(options.host, port)}/nl/")
        print(_login(data, f"{_address(options.host, port)}/admin/", password_was_there))
        print("Ctrl-C stops everything.", flush=True)

    code = server.serve(options.host, port, ready)
    print(f"\n{NAME} has stopped.", flush=True)
    return code


def _set_up(options: Namespace, data: Path) -> None:
    """Bring database, starter content, search index and static files up to this version, unless they are already."""
    starter = _starter(options, data)
    stamp = folder.wanted_stamp(starter)
    os.environ["SCHAKEL_DATA"] = str(data)
    if folder.is_set_up(data, stamp):
        return
    (data / "logs").mkdir(exist_ok=True)
    log = data / "logs" / "setup.log"
    manage = [environment.PYTHON, environment.ROOT / "manage.py"]
    with log.open("w") as errors:
        # The static files have nothing to do with the database: on two cores they are ready at the same time.
        static = process.start([*manage, "collectstatic", "--noinput", "-v0"], stderr=errors, cwd=environment.ROOT)
        code = None
        try:
            code = process.finish(
                process.start(
                    [*manage, "setup", "--starter", starter], private=True, stderr=errors, cwd=environment.ROOT
                )
            )
            if not code:
                with step("Static files (begun beside the others)"):
                    code = process.finish(static)
        finally:
            if code != 0:
                process.end([static])
    if code:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        reason = lines[-1].removeprefix("CommandError: ") if lines else "It did not say why."
        raise StartError(
            f"Setting up was not finished. {reason}", f"(The whole report is in {log}; the next start goes on.)"
        )
    (data / "set_up").write_text(stamp)


def _starter(options: Namespace, data: Path) -> str:
    """Which starter content the folder is to have: what is asked for now, else what was chosen before, else all."""
    if options.no_starter:
        return "none"
    if options.demo:
        return "demo"
    return folder.version(data).get("starter", "full")


def _free_port(host: str, port: int) -> int:
    """The port, seen to be free on that host (a free one for 0). Raises StartError when it cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
            return trial.getsockname()[1]
        except PermissionError as error:
            raise StartError(
                f"Port {port} needs rights that you do not have.",
                "Choose one above 1023, for example: python3 run.py --port 8000",
            ) from error
        except socket.gaierror as error:
            raise StartError(
                f"“{host}” is not an address of this machine.", "Try --host 127.0.0.1 or --host 0.0.0.0."
            ) from error
        except OSError as error:
            if error.errno in (48, 98, 10048):  # EADDRINUSE on macOS, Linux, Windows
                raise StartError(
                    f"Port {port} on {host} is taken by another program (perhaps a Schakel that is running already).",
                    f"Stop that one, or choose another port: python3 run.py --port {port % 65535 + 1}",
                ) from error
            raise StartError(
                f"It is not possible to listen on {host} ({error.strerror}).", "Try --host 127.0.0.1 or --host 0.0.0.0."
            ) from error


def _address(host: str, port: int) -> str:
    """The address of the site as a person types it."""
    if os.environ.get("SCHAKEL_BASE_URL") and not os.environ.get("SCHAKEL_BASE_URL_GUESSED"):
        return os.environ["SCHAKEL_BASE_URL"].rstrip("/")
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def _name_the_address(host: str, port: int) -> None:
    """Tell the site its own address where nothing else was configured, and say what an open address still needs."""
    if not os.environ.get("SCHAKEL_BASE_URL"):
        os.environ["SCHAKEL_BASE_URL"] = _address(host, port)
        os.environ["SCHAKEL_BASE_URL_GUESSED"] = "true"
    if os.environ.get("SCHAKEL_HOSTS") or host in ("127.0.0.1", "localhost", "::1"):
        return
    if host in ("0.0.0.0", "::"):
        print(
            "  SCHAKEL_HOSTS is not set: the site answers only to localhost. "
            "Set it to the names that visitors use, separated by commas."
        )
    else:
        os.environ["SCHAKEL_HOSTS"] = f"{host},localhost,127.0.0.1,[::1]"


def _login(data: Path, address: str, password_was_there: bool) -> str:
    """Where to log in; the password itself only at the start that made it, and only to somebody who is looking: what is
    not a terminal may be a log that others read."""
    file = data / "admin_password"
    if not file.exists():
        return f"Log in at {address}"
    if password_was_there or not sys.stdout.isatty():
        return f"Log in at {address}  (the first administrator is admin; the password is in {file})"
    return (
        f"Log in at {address}  name: admin  password: {file.read_text().strip()}\n"
        f"The password is shown this once; it is kept in {file}, remove that file when you have changed it."
    )
