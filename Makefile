# Two commands do everything on a machine with Python 3.11 or later: `make demo` and `make test`.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --quiet
PORT ?= 8000

.PHONY: demo run test lint types bench bench-import bench-search bench-intake bench-plans bench-indicators messages fix uv

uv:
	@command -v uv >/dev/null 2>&1 || test -x .tools/bin/uv || (python3 -m venv .tools && .tools/bin/pip install --quiet uv)

demo: uv        ## set up a fictitious State and open it on http://127.0.0.1:8000
	@$(UV) sync --quiet --no-dev
	@$(UV) run --quiet --no-dev mutabaa demo --port $(PORT)

run: uv         ## serve the installation in MUTABAA_HOME (default ./var)
	@$(RUN) mutabaa serve --port $(PORT)

test: uv        ## everything the project promises, on SQLite and PostgreSQL
	@$(UV) sync --quiet
	@$(RUN) python -m tests.everything

lint: uv        ## style, types, templates, rooms
	@$(RUN) ruff check . && $(RUN) ruff format --check . && $(RUN) lint-imports --no-cache && $(RUN) mypy src/mutabaa && $(RUN) djade --target-version 5.2 --check $$(git ls-files '*/templates/*.html')

fix: uv
	@$(RUN) ruff check --fix . ; $(RUN) ruff format . ; $(RUN) djade --target-version 5.2 $$(git ls-files '*/templates/*.html')

messages: uv    ## collect and compile the strings of the interface
	@$(RUN) mutabaa messages

bench: uv       ## pages with 10,000 recommendations, import of 300,000 records
	@$(RUN) python -m benchmarks.pages && $(RUN) python -m benchmarks.import_uhri

bench-search: uv # the search against its targets and against FTS5, PostgreSQL and LIKE
	@$(RUN) python -m benchmarks.search

bench-intake: uv # documents in: extraction on real reports, tags learned, near-duplicates among 24,000 real recommendations
	@$(RUN) python -m benchmarks.intake
	@$(RUN) python -m benchmarks.tags
	@$(RUN) python -m benchmarks.recurrence

bench-plans: uv # the plans' pages and publications with 10,000 recommendations, 3,000 measures, 9,000 milestones
	@$(RUN) python -m benchmarks.plans

bench-indicators: uv # 500 indicators, 200,000 figures: import, validation, pages
	@$(RUN) python -m benchmarks.indicators

bench-import: uv
	@$(RUN) python -m benchmarks.import_uhri
