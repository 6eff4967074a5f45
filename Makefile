# Two commands: `make demo` runs the main job, `make test` passes the tests.
# Both set up everything on a bare machine with Python 3.11, make, git and a C compiler.

UV ?= $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
OUT ?= runs/four-worlds

.PHONY: demo test lint types imports docs bench sync clean

demo: $(UV)
	$(UV) sync --quiet --frozen --no-dev
	@$(UV) run --no-sync python -m compileall -q src
	$(UV) run --no-sync foedus run four-worlds --draws 1000 --seed 1 --out $(OUT)

test: sync
	$(UV) run --no-sync pytest -n auto --dist loadscope

sync: $(UV)
	$(UV) sync --quiet --frozen --all-extras

lint: sync
	$(UV) run --no-sync ruff check .
	$(UV) run --no-sync ruff format --check .

types: sync
	$(UV) run --no-sync mypy

imports: sync
	$(UV) run --no-sync lint-imports

docs: $(UV)
	$(UV) sync --quiet --frozen --all-extras --group docs
	$(UV) run --no-sync python scripts/build_docs.py

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf .venv .uv site runs dist
