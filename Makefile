# Everything that is done to this project by hand. Needs python3 (3.11-3.13) and make; it makes its own .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
UV := .venv-lock/bin/uv
LOCK = $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --quiet

.PHONY: install demo preview test test-long test-scale check bench docs look pictures lock clean
.DEFAULT_GOAL := demo

demo: $(READY) ## the whole job on two sample weeks, without network or account
	$(BIN)/vnjp demo

install: $(READY) ## the virtual environment with `vnjp`, and nothing else

preview: $(READY) ## collect once from the shipped sources (needs internet) and open a digest of what came
	$(BIN)/vnjp preview

test: check ## what must hold, in under six minutes
	$(BIN)/pytest -m "not long and not scale" --numprocesses 2 --dist loadfile

test-long: $(READY) .duckdb2/.ready ## kills, weeks, other Pythons, and the warehouse on DuckDB 2.0: up to half an hour
	$(BIN)/pytest -m long --timeout 1500 --numprocesses 3 --dist loadfile
	.duckdb2/bin/python -m pytest tests/test_warehouse.py tests/test_publish.py tests/test_sums.py tests/test_restore.py \
		tests/test_upgrade.py tests/test_sandbox.py tests/test_surface.py tests/test_search.py tests/test_export.py

test-scale: .scale/.ready ## what runs on several machines, here on loopback: extraction on Dask
	.scale/bin/pytest -m scale --timeout 900

check: $(READY) ## form, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY) .bench/peers/.ready ## ratios between things measured in the same run, kept in docs/bench.md
	$(BIN)/python -m tests.bench

# Others that do the same work, in an environment of their own: who does not install is left out.
.bench/peers/.ready: requirements.txt
	$(PYTHON) -m venv --clear .bench/peers
	.bench/peers/bin/pip install --quiet --upgrade pip
	for peer in feedparser requests "$$(grep -o '^trafilatura==[0-9.]*' requirements.txt)" newspaper4k news-please reader sgmllib3k; do \
		.bench/peers/bin/pip install --quiet "$$peer" || echo "$$peer does not install here"; done
	touch $@

look: tests/look/node_modules/.ready ## what looks at the digest's pages in the tests: needs npm; without it those tests are skipped

tests/look/node_modules/.ready: tests/look/package-lock.json
	cd tests/look && npm ci --silent
	touch $@

pictures: $(READY) ## every kind of week as readers see it, in .pictures/: needs chromium
	test -d data/demo/issues || $(BIN)/vnjp demo
	$(BIN)/python -m tests.pictures .pictures data/demo/issues

# pip 23 (Python 3.11) takes a lock with hashes only without looking at dependencies, and the project only after it.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# An interpreter with DuckDB 2.0 before everything that .venv has: also the child that answers SQL, which takes nothing of our environment, starts from it.
.duckdb2/.ready: $(READY)
	$(BIN)/python -m venv --clear .duckdb2
	.duckdb2/bin/pip install --quiet --disable-pip-version-check --no-deps "duckdb>=2.0,<2.1"
	.duckdb2/bin/python -c "import sysconfig as s; open(s.get_path('purelib') + '/rest.pth', 'w').write( \
		'import site; site.addsitedir(%r)' % '$$($(BIN)/python -c "import sysconfig as s; print(s.get_path('purelib'))")')"
	touch $@

# What one machine never needs, in an environment of its own.
.scale/.ready: requirements-scale.txt pyproject.toml
	$(PYTHON) -m venv --clear .scale
	.scale/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-scale.txt
	.scale/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

docs: demo ## write docs/warehouse.md anew, from the comments of the views and the demo's answers
	$(BIN)/python -m warehouse.document data/demo/vnjp.duckdb > docs/warehouse.md

lock: ## write requirements.txt anew: newest versions that pyproject allows, with hashes, for all three Pythons
	test -x $(UV) || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv; }
	$(LOCK) --extra dev --upgrade --output-file requirements.txt
	$(LOCK) --extra dev --extra dask --constraints requirements.txt --upgrade --output-file requirements-scale.txt

clean: ## what can be made again; data/ stays
	rm -rf .venv .venv-lock .duckdb2 .scale .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench .pictures tests/look/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
