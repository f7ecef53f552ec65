"""``claimcheck baseline``: note the claims of some articles as known."""

import click

from claimcheck.baseline import BASELINE_FILE, fingerprints, to_json
from claimcheck.commands.configured import ConfiguredCommand
from claimcheck.commands.inputs import score_all
from claimcheck.commands.options import InputSettings
from claimcheck.commands.output import refuse_to_overwrite, say, write
from claimcheck.errors import ClaimcheckError


@click.command("baseline", cls=ConfiguredCommand)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    default=BASELINE_FILE,
    show_default=True,
    help="Where the baseline is written; an old one there is replaced.",
)
def command(paths: tuple[str, ...], inputs: InputSettings, output: str) -> int:
    """Note the claims of articles as known, so that a check tells only of new ones.

    Then `claimcheck score --baseline FILE` lists and fails on what the file does not hold: a
    sentence is known by its words and its label, wherever it stands.
    """
    refuse_to_overwrite(paths, [output])
    reports, unread = score_all(paths, inputs)
    refuse_to_overwrite((r.origin for r in reports), [output])
    if not reports:
        raise ClaimcheckError("nothing could be read: no baseline was written")
    write(output, to_json(fingerprints(reports)))
    claims = sum(r.summary.claims for r in reports)
    overclaimed = sum(len(r.overclaims) for r in reports)
    say(f"Baseline: {output}, {claims} claims, {overclaimed} of them overclaimed")
    return 2 if unread else 0
