"""Scoring archives: many documents in, one row a sentence or one a document out."""
