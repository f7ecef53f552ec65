"""How fast the shipped model is, beside the ways in which one would otherwise run its weights."""
