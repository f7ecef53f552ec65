# Two commands are enough: `make demo` scores an article, `make test` checks the project.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
TEST_VENV := .test-venv
TRAIN_VENV := .train-venv

MODEL_VERSION := 2.1.0

.PHONY: demo test test-train lint model clean

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

# The shipped model, from the labelled data; two and a half hours on two cores. Each pass starts from
# the average of what came before. Set CLAIMCHECK_CORPORA, or let train.corpora download what the
# labels point at.
FINETUNE = $(TRAIN_VENV)/bin/python -m train.finetune
AVERAGE = $(TRAIN_VENV)/bin/python -m train.average
model: $(TRAIN_VENV)/installed
	$(TRAIN_VENV)/bin/python -m train.corpora
	$(FINETUNE) runs/first
	$(FINETUNE) runs/second --base runs/first --epochs 1 --learning-rate 6e-5 --seed 14
	$(AVERAGE) runs/one-and-two runs/first runs/second
	$(FINETUNE) runs/third --base runs/one-and-two --epochs 2 --learning-rate 1.5e-4 --seed 15
	$(AVERAGE) runs/one-to-three runs/one-and-two runs/third
	$(FINETUNE) runs/fourth --base runs/one-to-three --epochs 1 --learning-rate 1e-4 --seed 17
	$(AVERAGE) runs/averaged runs/one-to-three runs/fourth
	$(TRAIN_VENV)/bin/python -m train.export runs/averaged src/claimcheck/models/default \
		--version $(MODEL_VERSION)

clean:
	rm -rf $(VENV) $(TEST_VENV) $(TRAIN_VENV) build dist report.html
