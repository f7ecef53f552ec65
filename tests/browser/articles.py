"""Reports to open: one with everything in it, a long one, and one that runs right to left."""

from claimcheck.document import BlockKind
from claimcheck.labels import Label, Reason
from tests.rendering.articles import Line, article

HONEY = article(
    Line("Honey and the winter cough", kind=BlockKind.HEADING),
    Line("Honey is sold in jars."),
    Line("Honey cures any cough.", Label.OVERCLAIMED, (Reason.ABSOLUTE,), words="cures any"),
    Line("It may soothe a sore throat.", Label.HEDGED),
    Line("Infants under one must not have it.", Label.SUPPORTED, unsure=True),
    Line("Bees know best.", Label.OVERCLAIMED, (Reason.VAGUE_AUTHORITY,), unsure=True),
    Line("Dark honey", kind=BlockKind.HEADING),
    Line("It works wonders.", Label.OVERCLAIMED, (Reason.HYPE,), kind=BlockKind.LIST_ITEM),
    Line("One trial was small.", Label.HEDGED, kind=BlockKind.QUOTATION),
    origin="drafts/honey.txt",
    warnings=("This is a sample.",),
)

# "Ginger cures every headache. It may ease it a little." in Hebrew.
GINGER = article(
    Line("זנגביל מרפא כל כאב ראש.", Label.OVERCLAIMED, (Reason.ABSOLUTE,)),
    Line("הוא עשוי להקל מעט.", Label.HEDGED),
)

_TURNS = (Label.OVERCLAIMED, Label.HEDGED, Label.NO_CLAIM, Label.SUPPORTED)
LONG = article(
    *(Line(f"Sentence {n} says that honey soothes a cough.", _TURNS[n % 4]) for n in range(1000)),
    origin="long.txt",
)
