"""The parts of the documents that are made from the code, so that they cannot go stale.

In a document such a part stands between ``<!-- made from the code: NAME -->`` and ``<!-- end -->``.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import click

from claimcheck.cli import cli
from claimcheck.commands.options import INPUT_SETTINGS, SETTINGS
from claimcheck.commands.setting import Labels, Setting
from claimcheck.labels import LABEL_WORDS, REASON_WORDS
from claimcheck.manifest import DEFAULT_MODEL, SHIPPED
from claimcheck.reading.registry import FORMATS as INPUTS
from claimcheck.schema import report_schema
from tests.docs.speed import speed

_PART = re.compile(r"(<!-- made from the code: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_DEFAULT = re.compile(r"\s*\[default: (.*)\]$")
_COMMENT = re.compile(r"<!-- .*? -->")
_COMMON = {setting.name for setting in INPUT_SETTINGS} | {"stdin_filename", "config", "no_config"}


def renewed(text: str) -> str:
    """Return a document with its made parts made anew."""
    return _PART.sub(lambda found: found[1] + "\n" + PARTS[found[2]]() + "\n" + found[3], text)


def commands() -> dict[str, click.Command]:
    """Return every subcommand by its name."""
    context = click.Context(cli)
    found = ((name, cli.get_command(context, name)) for name in cli.list_commands(context))
    return {name: command for name, command in found if command is not None}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _usage(name: str) -> str:
    command = commands()[name]
    context = click.Context(command, info_name=f"claimcheck {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    text = _COMMENT.sub(_code, str(command.help).replace("\n    ", "\n"))
    return f"`claimcheck {name} {usage}`\n\n{text.strip()}\n"


def _options(names: Callable[[str], bool], command: str) -> str:
    options = [p for p in commands()[command].params if isinstance(p, click.Option)]
    rows = (_option(p) for p in options if names(str(p.name)))
    return _table(("option", "default", "what it does"), rows)


def _option(option: click.Option) -> tuple[str, str, str]:
    names = ", ".join(_code(name) for name in (*option.opts, *option.secondary_opts))
    help_, default = _described(option)
    if isinstance(option.type, click.Choice):
        help_ = f"{help_} One of {', '.join(map(_code, option.type.choices))}.".strip()
    if option.envvar:
        help_ += f" Also by {_code(str(option.envvar))}."
    return names, default, help_


def _described(option: click.Option) -> tuple[str, str]:
    """Return the help of an option without its default, and the default."""
    help_ = _COMMENT.sub(_code, option.help or "")
    said = _DEFAULT.search(help_)
    if said:
        return help_[: said.start()], said[1]
    default = option.default
    if option.secondary_opts:
        return help_, _code((option.opts if default else option.secondary_opts)[0])
    is_given = isinstance(default, str | int | float) and not option.is_flag
    return help_, f"{default:g}" if isinstance(default, float) else str(default if is_given else "")


def _code(text: str | re.Match[str]) -> str:
    return f"`{text if isinstance(text, str) else text[0]}`"


def _settings() -> str:
    rows = (_setting(setting) for setting in SETTINGS)
    return _table(("key", "value", "default", "what it does"), rows)


def _setting(setting: Setting) -> tuple[str, str, str, str]:
    help_, default = _described(setting)
    if setting.is_flag:
        default = str(setting.default is True).lower()
    elif isinstance(setting.type, Labels):
        default = f'["{setting.default}"]'
    return _code(setting.key), setting.expected, default, help_


def _labels() -> str:
    rows = ((w.symbol, w.title, _code(name), w.meaning) for name, w in LABEL_WORDS.items())
    return _table(("mark", "shown as", "in data", "what the sentence does"), rows)


def _reasons() -> str:
    rows = ((_code(reason), w.title, w.advice) for reason, w in REASON_WORDS.items())
    return _table(("in data", "what is wrong", "what an editor could do"), rows)


def _figures() -> str:
    """Return the model's figures on the test split, as ``train.export`` measured them."""
    found = json.loads((SHIPPED / DEFAULT_MODEL / "evaluation.json").read_text("utf-8"))

    def said(value: dict[str, float]) -> str:
        return f"{value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"

    over, baselines = found["labels"]["overclaimed"], found["baselines"]
    table = _table(
        ("", "macro-F1"),
        (
            ("**claimcheck**", f"**{said(found['macro_f1'])}**"),
            ("on articles written for the project", said(found["parts"]["written"])),
            ("on real news, releases and abstracts", said(found["parts"]["real"])),
            ("TF-IDF with logistic regression", said(baselines["TF-IDF, logistic regression"])),
            ("a list of hedges and boosters", said(baselines["hedge and booster words"])),
            ("the commonest label", said(baselines["majority class"])),
        ),
    )
    return (
        f"Macro-F1 over the four labels, on {found['sentences']:,} sentences of the test split,\n"
        "whose topics and events training never saw (95 % bootstrap intervals):\n\n"
        f"{table.strip()}\n\nOf the sentences that it calls overclaimed, {over['precision']:.0%} "
        f"are; of those that are, it finds\n{over['recall']:.0%}. Its confidence is off by "
        f"{found['calibration_error']:.3f} on average (expected calibration error).\n"
    )


def _inputs() -> str:
    rows = ((f.name, " ".join(map(_code, f.endings))) for f in INPUTS)
    return _table(("input", "endings"), rows)


def _schema(name: str) -> str:
    schema = report_schema()
    found = schema["$defs"].get(name, schema)
    rows = ((_code(k), _type(v), _meaning(v, schema)) for k, v in found["properties"].items())
    return _table(("field", "type", "what it is"), rows)


def _meaning(field: dict[str, Any], schema: dict[str, Any]) -> str:
    target = schema["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
    text = field.get("description") or target.get("description", "")
    values = field.get("enum") or target.get("enum") or ()
    return f"{text} {_one_of(values)}".strip()


def _one_of(values: Iterable[str]) -> str:
    listed = ", ".join(map(_code, values))
    return f"One of {listed}." if listed else ""


def _type(field: dict[str, Any]) -> str:
    if "const" in field:
        return _code(field["const"])
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "items" in field:
        return f"list of {_type(field['items'])}"
    kind = field.get("type", "string")
    return kind if isinstance(kind, str) else " or ".join(kind)


def _parts() -> Iterator[tuple[str, Callable[[], str]]]:
    for name in commands():
        yield f"usage of {name}", partial(_usage, name)
        if name != "config":  # it takes those of score
            yield f"options of {name}", partial(_options, lambda n: n not in _COMMON, name)
    yield "options of every command", partial(_options, lambda n: n in _COMMON, "score")
    yield from (
        ("figures", _figures),
        ("speed", speed),
        ("settings", _settings),
        ("labels", _labels),
        ("reasons", _reasons),
    )
    yield "inputs", _inputs
    for name in ("report", "summary", "sentence", "location", "span"):
        yield f"schema of {name}", partial(_schema, name)


PARTS = dict(_parts())
"""What makes each part, by its name."""
