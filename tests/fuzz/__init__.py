"""A search for inputs that break a promise.

``python -m tests.fuzz`` runs it for as long as it is told to; the tests run a few examples of each
target, always the same ones.
"""
