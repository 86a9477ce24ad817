# The commands of the project. Each sets up first what is missing: on a fresh Debian 12, «make run» is enough.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON := .venv/bin/python
export UV := $(abspath build/uv/bin/uv)
HUB := build/hub
SWEEPS := tests/unit/store/test_killed_feed.py tests/unit/store/test_migrations.py tests/contract/test_access_changes.py
unexport PYTHONDONTWRITEBYTECODE  # without compiled modules a process takes three times as long to start

.PHONY: help run test check bench bench-reading bench-hub bad-link faults hub-faults contract-fuzz fuzz build hub setup clean

help:  ## these lines
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: setup  ## practice mode on both screens; without a display one dossier is driven through (build/walkthrough/)
	@$(PYTHON) -m station practice --pictures build/walkthrough

test: check  ## check, then every test
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder  # in the order of conftest.py

check: setup  ## format, lint, types, layers, licences, known weaknesses: about a minute
	@.venv/bin/ruff format --check --quiet --output-format concise . || { echo "Not formatted: .venv/bin/ruff format ."; exit 1; }
	@.venv/bin/ruff check --quiet --output-format concise .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache >build/layers.log || { cat build/layers.log; exit 1; }
	@$(PYTHON) -m tools.make_notice --check
	@$(PYTHON) -m tools.audit_packages

bench: setup  ## how good and how fast, on the specimens in resources/
	@$(PYTHON) -m bench.start_and_memory
	@echo; $(PYTHON) -m bench.reading resources/specimens/tray/1-khai-sinh --peers --against bench/figures/reading.json
	@echo; $(PYTHON) -m bench.codes --only qr --count 64
	@echo; $(PYTHON) -m bench.dossiers
	@echo; $(PYTHON) -m bench.hub_intake
	@echo; $(PYTHON) -m bench.trust

contract-fuzz: setup  ## the OpenAPI document against a running hub: EXAMPLES=500 requests for each path, allowed ones and others
	@CONTRACT_EXAMPLES=$(or $(EXAMPLES),500) $(PYTHON) -m pytest -q hub/tests/test_contract_document.py

bench-reading: setup  ## papers of CORPUS=DIR beside Tesseract and OCRmyPDF; SAMPLE=N images, PEERS=1 fetches OCRmyPDF
	@test -n "$(CORPUS)" || { echo "make bench-reading CORPUS=DIR (a folder as in docs/reading.md)"; exit 1; }
	@test -z "$(PEERS)" || $(PYTHON) -m bench.reading.fetch_peers
	@$(PYTHON) -m bench.reading "$(CORPUS)" --sample $(or $(SAMPLE),0) --peers --keys --page build/reading/index.html

fuzz: setup  ## crafted input for every parser of outside data; SECONDS=600 in all (with atheris installed, by coverage); then the properties on other examples
	@$(PYTHON) -m tools.fuzz --seconds $(or $(SECONDS),600)
	@$(PYTHON) -m pytest -q --hypothesis-profile by-lot tests/property tests/unit/sync/test_sync_survives.py tests/contract/test_contract_rules.py

faults: setup  ## kills at every point; power cuts, full disks, refused flushes, flipped bits by lot; SECONDS=N
	@EVERY_FAULT=1 $(PYTHON) -m pytest -q $(SWEEPS)
	@$(PYTHON) -m tests.faults --seconds $(or $(SECONDS),600)

bench-hub: setup  ## events and 2 MB dossiers a second, 1 to 50 stations, up to a million dossiers, both engines
	@$(PYTHON) -m bench.hub_load

hub-faults: setup  ## a hub at work killed, cut off, filled up, robbed of its power: what it promised and lost; SECONDS=N
	@$(PYTHON) -m tests.hub_faults --seconds $(or $(SECONDS),600)

bad-link: setup  ## whole stations behind slow, lossy, lying lines, and peers beside them; as root
	@$(PYTHON) -m tests.bad_link

build: setup  ## dist/station/: the program with everything it needs; checked by reading a specimen with it
	@$(PYTHON) -m tools.build_bundle

hub: setup  ## the hub on its embedded defaults, keeping everything under build/hub/
	@test -f $(HUB)/hub.db || $(PYTHON) -m provincial_hub enrol --data $(HUB) --station T01
	@$(PYTHON) -m provincial_hub serve --data $(HUB) --port 8480

setup: .venv/ready  ## system packages, Python packages, models and fonts; nothing that is there already
	@python3 tools/fetch_models.py >build/models.log || { cat build/models.log; exit 1; }

clean:  ## everything that was built or fetched, save models and fonts
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: system-packages
system-packages:
	@packaging/debian/install-packages

build/uv/bin/uv: packaging/uv.txt | system-packages
	@echo "Setting up uv"
	@python3 -m venv --clear build/uv
	@build/uv/bin/python -m pip install --quiet --retries 2 --disable-pip-version-check --require-hashes --only-binary :all: -r packaging/uv.txt || \
		{ echo "uv could not be got from PyPI: check the network and try again." >&2; exit 1; }
	@touch $@

.venv/ready: pyproject.toml hub/pyproject.toml uv.lock build/uv/bin/uv | system-packages
	@echo "Setting up the Python packages of uv.lock"
	@$(UV) sync --quiet --locked --compile-bytecode --all-packages --all-groups || \
		{ echo "The Python packages could not be set up (see above): check the network and try again." >&2; exit 1; }
	@touch $@
