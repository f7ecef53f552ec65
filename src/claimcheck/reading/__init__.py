"""From an input to a Document: one module per kind of input."""
