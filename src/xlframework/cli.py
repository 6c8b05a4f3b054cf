"""The command line: arguments in, text or JSON out, and an exit code."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from xlframework.addin.build import build as build_addin
from xlframework.addin.check import check as check_addin
from xlframework.addin.install import install as install_addin
from xlframework.addin.install import uninstall as uninstall_addin
from xlframework.commands.adopt import adopt
from xlframework.commands.allocate import allocate
from xlframework.commands.appendix import FORMATS, appendix
from xlframework.commands.areas import areas
from xlframework.commands.compare import compare
from xlframework.commands.demo import demo
from xlframework.commands.import_appendix import import_appendix
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.reconcile import reconcile
from xlframework.commands.refresh import refresh
from xlframework.commands.returns_issue import returns_issue
from xlframework.commands.validate import validate
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.ground.version import VERSION

COULD_NOT_RUN = 2

_EPILOG = "Exit codes: 0 no errors found; 1 errors found; 2 the command could not run."


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, like every other of ours."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of the command, and how to learn more."""
        self.exit(COULD_NOT_RUN, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Describe every command and its options."""
    whole = _Parser(
        prog="xlframework",
        description="Keeps a commissioning budget workbook right: subtotals, published tables, "
        "checks.",
        epilog=_EPILOG,
    )
    whole.add_argument("--version", action="version", version=f"xlframework {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _describe_new(_command(commands, "new", "make a commissioning workbook"))
    _describe_refresh(_command(commands, "refresh", "recompute a workbook"))
    _describe_appendix(_command(commands, "appendix", "publish appendix tables"))
    _describe_import(_command(commands, "import", "read an appendix table back into lines"))
    _describe_allocate(_command(commands, "allocate", "split a pot between areas, explained"))
    _describe_areas(_command(commands, "areas", "make a table of areas from recorded crime"))
    _describe_reconcile(_command(commands, "reconcile", "check every stated figure"))
    _describe_compare(_command(commands, "compare", "compare two editions or workbooks"))
    _describe_returns(commands)
    _describe_validate(_command(commands, "validate", "check the returns that partners sent"))
    summary = "build, check and install the Excel add-in"
    _describe_addin(commands.add_parser("addin", help=summary, description=summary))
    _describe_demo(_command(commands, "demo", "run the main job on the bundled editions"))
    return whole


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, summary: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary, epilog=_EPILOG)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--templates", type=Path, metavar="DIR", help="a folder of templates that comes first"
    )
    return command


def _describe_new(command: argparse.ArgumentParser) -> None:
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--edition", metavar="NAME", help="a bundled edition, such as 2024-25")
    source.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="an edition folder")
    source.add_argument("--blank", action="store_true", help="start from nothing")
    command.add_argument("--template", type=Path, metavar="FILE", help="a restyled skeleton")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="the new file")


def _describe_refresh(command: argparse.ArgumentParser) -> None:
    command.add_argument("workbook", type=Path, metavar="WORKBOOK")
    command.add_argument("--out", type=Path, metavar="FILE", help="write here instead")
    _describe_writing(command)


def _describe_writing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="show the changes, write nothing")
    command.add_argument(
        "--no-backup", action="store_true", help="do not keep the file before beside the new one"
    )
    command.add_argument(
        "--ignore-owner-file", action="store_true", help="go on though Excel seems to have it open"
    )


def _describe_appendix(command: argparse.ArgumentParser) -> None:
    command.add_argument("workbooks", type=Path, nargs="+", metavar="WORKBOOK")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to")
    command.add_argument(
        "--layout", action="append", default=[], metavar="NAME", help="only this one; repeatable"
    )
    command.add_argument(
        "--format", default=",".join(FORMATS), metavar="LIST", help=f"default: {','.join(FORMATS)}"
    )


def _describe_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="an Excel workbook or CSV file")
    command.add_argument("--layout", required=True, metavar="NAME", help="how the table prints")
    command.add_argument("--sheet", metavar="NAME", help="default: the one whose headers fit")
    command.add_argument(
        "--against", type=Path, metavar="WORKBOOK", help="keep the Line IDs of this workbook"
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")


def _describe_allocate(command: argparse.ArgumentParser) -> None:
    command.add_argument("workbook", type=Path, nargs="?", metavar="WORKBOOK")
    command.add_argument("--areas", metavar="CSV", help="instead: the areas, a file or bundled")
    command.add_argument("--formula", metavar="TOML", help="with the formula, a file or bundled")
    command.add_argument("--pot", metavar="N", help="pounds, in place of the formula's pot")
    command.add_argument("--scenarios", action="store_true", help="try other weights too")
    command.add_argument(
        "--adopt", metavar="COLUMN", help='carry the awards into Lines, "2025/26 Budget" say'
    )
    _describe_writing(command)


def _describe_areas(command: argparse.ArgumentParser) -> None:
    command.add_argument("table", type=Path, metavar="TABLE_C2", help="as published, saved as CSV")
    command.add_argument("--force", required=True, metavar="NAME", help="the police force area")
    command.add_argument("--population", type=Path, metavar="CSV", help="default: the bundled one")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new CSV file")


def _describe_returns(commands: "argparse._SubParsersAction[_Parser]") -> None:
    summary = "forms that partners fill in"
    command = commands.add_parser("returns", help=summary, description=summary, epilog=_EPILOG)
    verbs = command.add_subparsers(
        dest="verb", required=True, metavar="issue", parser_class=_Parser
    )
    issue = _command(verbs, "issue", "write one pre-filled form per partner")
    issue.add_argument("workbook", type=Path, metavar="WORKBOOK")
    issue.add_argument("--form", required=True, metavar="NAME", help="csp-plan-budget, say")
    issue.add_argument("--year", metavar="YYYY/YY", help="default: the only year of the workbook")
    issue.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to")


def _describe_validate(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", type=Path, nargs="+", metavar="FILE_OR_FOLDER")
    command.add_argument(
        "--against", type=Path, metavar="WORKBOOK", help="compare with this commissioning workbook"
    )
    command.add_argument(
        "--annotate", type=Path, metavar="DIR", help="write a marked copy of each return here"
    )
    command.add_argument(
        "--report", type=Path, metavar="FILE", help="sum the batch up in an .xlsx or .html file"
    )
    command.add_argument(
        "--jobs", type=int, metavar="N", help="processes at once; default: by the size of the batch"
    )


def _describe_compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="a workbook, a bundled edition or a folder")
    command.add_argument("new", metavar="NEW", help="what is compared with it")
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help='amounts to compare, "2024/25 Budget=2025/26 Budget" say; repeatable',
    )
    command.add_argument("--report", type=Path, metavar="FILE", help="write an Excel report too")


def _describe_reconcile(command: argparse.ArgumentParser) -> None:
    command.add_argument("workbook", type=Path, metavar="WORKBOOK")
    command.add_argument(
        "--with", dest="other", type=Path, metavar="WORKBOOK", help="another edition's workbook"
    )


def _describe_addin(command: _Parser) -> None:
    verbs: argparse._SubParsersAction[_Parser] = command.add_subparsers(
        dest="verb", required=True, metavar="VERB", parser_class=_Parser
    )
    build = _command(verbs, "build", "make the add-in from its texts")
    build.add_argument(
        "--out", type=Path, metavar="FILE", help="default: workbook/xlframework.xlam"
    )
    check = _command(verbs, "check", "look an add-in over, macros and all")
    check.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="default: the shipped one"
    )
    for name, summary in (
        ("install", "put the add-in into Excel's start-up folder"),
        ("uninstall", "take it out again"),
    ):
        verb = _command(verbs, name, summary)
        verb.add_argument("--dry-run", action="store_true", help="show the steps, take none")
        if name == "install":
            verb.add_argument("--file", type=Path, metavar="FILE", help="a signed copy, say")


def _describe_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, default=Path("demo-out"), metavar="DIR", help="default: demo-out"
    )


def run(arguments: argparse.Namespace) -> Outcome:
    """Carry out one command.

    Raises:
        XlframeworkError: if it cannot run.
    """
    given = vars(arguments)
    return _COMMANDS[given["command"]](given)


_Given = dict[str, Any]


def _new(given: _Given) -> Outcome:
    chosen = {name: given[name] for name in ("edition", "folder", "blank", "template")}
    return new(given["out"], **chosen, templates=given["templates"])


def _refresh(given: _Given) -> Outcome:
    return refresh(
        given["workbook"], out=given["out"], **_writing(given), templates=given["templates"]
    )


def _appendix(given: _Given) -> Outcome:
    formats = [name.strip() for name in given["format"].split(",") if name.strip()]
    return appendix(
        given["workbooks"],
        given["out"],
        layouts=given["layout"],
        formats=formats,
        templates=given["templates"],
    )


def _import(given: _Given) -> Outcome:
    chosen = {name: given[name] for name in ("layout", "sheet", "against")}
    return import_appendix(given["file"], given["out"], **chosen, templates=given["templates"])


def _allocate(given: _Given) -> Outcome:
    chosen = {name: given[name] for name in ("areas", "formula", "pot", "scenarios")}
    if given["adopt"] is None:
        if given["dry_run"] or given["no_backup"] or given["ignore_owner_file"]:
            raise MisuseError("--dry-run and the like go with --adopt; nothing else is written.")
        return allocate(given["workbook"], **chosen, templates=given["templates"])
    if given["workbook"] is None or any(chosen.values()):
        raise MisuseError(
            "--adopt goes with a WORKBOOK alone: it carries the split by the workbook's own "
            "formula and pot into its Lines."
        )
    return adopt(given["workbook"], given["adopt"], **_writing(given), templates=given["templates"])


def _areas(given: _Given) -> Outcome:
    chosen = {name: given[name] for name in ("force", "population")}
    return areas(given["table"], given["out"], **chosen, templates=given["templates"])


def _returns(given: _Given) -> Outcome:
    return returns_issue(
        given["workbook"],
        given["form"],
        given["out"],
        year=given["year"],
        templates=given["templates"],
    )


def _compare(given: _Given) -> Outcome:
    return compare(
        given["old"],
        given["new"],
        columns=given["column"],
        report=given["report"],
        templates=given["templates"],
    )


def _reconcile(given: _Given) -> Outcome:
    return reconcile(given["workbook"], other=given["other"], templates=given["templates"])


def _validate(given: _Given) -> Outcome:
    chosen = {name: given[name] for name in ("against", "annotate", "report", "jobs")}
    return validate(given["paths"], **chosen, templates=given["templates"])


def _addin(given: _Given) -> Outcome:
    match given["verb"]:
        case "build":
            return build_addin(given["out"])
        case "check":
            return check_addin(given["file"], templates=given["templates"])
        case "install":
            return install_addin(dry_run=given["dry_run"], addin=given["file"])
        case _:
            return uninstall_addin(dry_run=given["dry_run"])


def _demo(given: _Given) -> Outcome:
    return demo(given["out"], templates=given["templates"])


_COMMANDS: Mapping[str, Callable[[_Given], Outcome]] = {
    "new": _new,
    "refresh": _refresh,
    "appendix": _appendix,
    "import": _import,
    "allocate": _allocate,
    "areas": _areas,
    "compare": _compare,
    "reconcile": _reconcile,
    "returns": _returns,
    "validate": _validate,
    "addin": _addin,
    "demo": _demo,
}


def _writing(given: _Given) -> dict[str, bool]:
    """Give the options of a command that changes a workbook."""
    return {
        "dry_run": given["dry_run"],
        "backup": not given["no_backup"],
        "ignore_owner_file": given["ignore_owner_file"],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; None for those it was started with.

    Returns:
        The exit code: 0, 1 or 2.
    """
    # A Windows console that cannot show a sign shows a question mark, not a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    chosen = parser().parse_args(arguments)
    try:
        outcome = run(chosen)
    except XlframeworkError as error:
        print(f"xlframework: {' '.join(str(error).split())}", file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        print("xlframework: stopped; nothing is half-written.", file=sys.stderr)
        return COULD_NOT_RUN
    said = (
        json.dumps(outcome.as_json(), ensure_ascii=False, indent=2) if chosen.json else outcome.text
    )
    try:
        print(said, flush=True)
    except BrokenPipeError:
        # Whoever reads along has read enough (`| head`); Python would complain once more
        # when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcome.exit_code
