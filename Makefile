# Two commands are enough: `make demo` scores an article, `make test` checks the project.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
TEST_VENV := .test-venv
TRAIN_VENV := .train-venv

.PHONY: demo test test-train lint clean

demo: $(VENV)/installed
	$(VENV)/bin/claimcheck score examples/passionflower.txt

test: lint
	$(TEST_VENV)/bin/python -m pytest

lint: $(TEST_VENV)/installed
	$(TEST_VENV)/bin/ruff check .
	$(TEST_VENV)/bin/ruff format --check .
	$(TEST_VENV)/bin/mypy

# What needs PyTorch: fine-tuning, export, and the torch backend, on a tiny set.
test-train: $(TRAIN_VENV)/installed
	$(TRAIN_VENV)/bin/python -m pytest tests/train

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --editable .
	touch $@

$(TEST_VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(TEST_VENV)
	$(TEST_VENV)/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@

$(TRAIN_VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_VENV)/bin/python -m pip install --quiet --editable '.[dev,train]'
	touch $@

clean:
	rm -rf $(VENV) $(TEST_VENV) $(TRAIN_VENV) build dist report.html
