# Two commands are enough: `make run` to try Passerelle, `make test` to check it. Both install what they need here.
.DEFAULT_GOAL := help
.PHONY: help run test lint types tests bench bench-clauses requirements clean
export UV_PYTHON_DOWNLOADS := never
# Compiled modules are kept, whatever the shell says: many tests start processes of their own.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
PORT ?= 8000
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

help: ## affiche cette aide
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire."; exit 1; }
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/installed: requirements.txt pyproject.toml | $(filter .uv/bin/uv,$(UV))
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python .venv --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python .venv --no-deps --editable .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(UV) pip install --quiet --python .venv --require-hashes -r requirements-dev.txt
	@touch $@

run: .venv/installed ## installe, crée la base et la démonstration, sert sur 127.0.0.1:8000
	@.venv/bin/passerelle serve --prepare --port $(PORT)

test: lint types tests ## installe tout, puis lints, types et tests

lint: .venv/installed-dev ## règles d'écriture, sens des imports, fichiers de déploiement
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	.venv/bin/hadolint Dockerfile

types: .venv/installed-dev ## types stricts
	.venv/bin/mypy service matching clauses fixtures tests

tests: .venv/installed-dev ## tests (bases de données et navigateur réels)
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: .venv/installed-dev ## mesures de vitesse, avec leurs références
	.venv/bin/python -m tests.bench

bench-clauses: .venv/installed-dev ## vitesse des pages des clauses (métropole ; pays si PASSERELLE_TEST_POSTGRES)
	.venv/bin/python -m tests.bench.clauses

requirements: .venv/installed ## recalcule les versions figées
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q pyproject.toml -o requirements.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q --extra dev pyproject.toml -o requirements-dev.txt

clean: ## efface ce qui a été installé et les caches (pas les données)
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
