# The verbs of Garita. Each is one line here; the work is in deploy/local/ and Tests/.

# What a person has set for other work decides nothing here: another database, another language.
unexport PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGPASSFILE PGSERVICE PGOPTIONS PGTZ PGSSLMODE PGCLIENTENCODING
export LC_ALL := C.UTF-8

.PHONY: run stop test check format clean help packages build format-check swift-tests sql-tests integration-tests browser-tests architecture bench chaos fuzz screenshots test-clocks test-bare test-tls test-postgresql test-pitr test-failover package test-package

help:
	@echo "make run      everything on this machine: http://127.0.0.1:8080 (GARITA_PORT), data in var/ (GARITA_VAR)"
	@echo "make stop     ends it from another terminal"
	@echo "make test     all tests"
	@echo "make check    the quick loop: format, build, Swift, SQL, architecture, documents"
	@echo "make bench    how fast the gate decides, beside the limits of this machine and a Go service (about an hour; BENCH_SHORT=1: a quarter; BENCH_PART=gate, lists, pages, flood, decision or edits)"
	@echo "make chaos    a minute of killed workers and crashing databases: no code opens twice"
	@echo "make test-pitr    pgbackrest brings a real cluster back to a moment (a minute; as root it installs pgbackrest)"
	@echo "make test-failover  the primary dies under load, its synchronous standby takes over (a minute)"
	@echo "make test-clocks  the tests that ask for day or hour, at other days and hours (half an hour)"
	@echo "make test-bare    make run and make test in a fresh Debian 12 below /var/tmp (as root, 3 GB)"
	@echo "make test-tls   testssl.sh over the site as it is installed (two minutes)"
	@echo "make test-postgresql  SQL, gates and API on PostgreSQL 14, 16 and 17 (as root, 2 GB below /var/tmp, half an hour)"
	@echo "make package      the Debian package: .build/package/garita_<version>_amd64.deb"
	@echo "make test-package installs, upgrades and removes it in a fresh Debian 12 below /var/tmp (as root, 3 GB, ten minutes)"
	@echo "make fuzz     100,000 hostile requests: no answer of 5xx, no dead worker"
	@echo "make screenshots  the pictures of docs/pictures/, of a freshly made sample community"
	@echo "make format   puts the Swift sources into shape"
	@echo "make clean    removes what can be built again; var/ (your data) stays"

run: packages build
	@exec deploy/local/run.sh

stop:
	@deploy/local/stop.sh

# In this order, and never side by side: cheap answers first.
test:
	@deploy/local/packages.sh test
	@$(MAKE) --no-print-directory .venv/ready
	@$(MAKE) --no-print-directory format-check
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory swift-tests
	@$(MAKE) --no-print-directory sql-tests
	@$(MAKE) --no-print-directory integration-tests
	@$(MAKE) --no-print-directory browser-tests
	@Tests/clocks.sh --quick

check:
	@deploy/local/packages.sh test
	@$(MAKE) --no-print-directory .venv/ready
	@$(MAKE) --no-print-directory format-check
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory swift-tests
	@$(MAKE) --no-print-directory sql-tests
	@$(MAKE) --no-print-directory architecture

test-clocks: .venv/ready
	@deploy/local/packages.sh test
	@$(MAKE) --no-print-directory build
	@Tests/clocks.sh

# On stacks of their own.
test-pitr: .venv/ready
	@deploy/local/packages.sh pitr
	@$(MAKE) --no-print-directory build
	@.venv/bin/python Tests/Integration/pitr.py

test-failover: .venv/ready
	@$(MAKE) --no-print-directory build
	@.venv/bin/python Tests/Integration/failover.py

test-bare:
	@Tests/bare.sh

test-tls: .venv/ready
	@deploy/local/packages.sh tls
	@.venv/bin/python Tests/Integration/tls_scan.py

test-postgresql: .venv/ready
	@deploy/local/packages.sh test
	@deploy/local/packages.sh bare
	@$(MAKE) --no-print-directory build
	@Tests/postgresql.sh

package:
	@deploy/local/packages.sh package
	@$(MAKE) --no-print-directory build
	@deploy/package/build.sh

test-package: package
	@Tests/package.sh

# On a stack of its own.
chaos: .venv/ready
	@$(MAKE) --no-print-directory build
	@.venv/bin/python Tests/Integration/chaos.py

# 100,000 hostile requests (FUZZ_REQUESTS), on a stack of its own; FUZZ_SEED repeats a run.
fuzz: .venv/ready
	@$(MAKE) --no-print-directory build
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-100000} .venv/bin/pytest -q Tests/Integration/test_fuzz.py

# On a stack of its own; the table goes to standard output.
bench:
	@deploy/local/packages.sh bench
	@$(MAKE) --no-print-directory .venv/ready
	@$(MAKE) --no-print-directory build
	@.venv/bin/python Tests/Bench/bench.py

# On a stack of its own.
screenshots:
	@deploy/local/packages.sh test
	@$(MAKE) --no-print-directory .venv/ready
	@$(MAKE) --no-print-directory build
	@.venv/bin/python Tests/Browser/screenshots.py

format:
	@swift format format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	@rm -rf .build .venv Tests/.pytest_cache
	@find Tests -name __pycache__ -prune -exec rm -rf {} +

packages:
	@deploy/local/packages.sh run

build:
	@deploy/local/build.sh

format-check:
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests

swift-tests:
	@swift test -c release --quiet --disable-xctest --disable-testable-imports

sql-tests:
	@Tests/sql.sh

integration-tests: .venv/ready
	@.venv/bin/pytest -q -n 2 --dist loadfile Tests/Integration

browser-tests: .venv/ready
	@.venv/bin/pytest -q -n 2 --dist loadfile Tests/Browser

architecture: .venv/ready
	@.venv/bin/pytest -q $(addprefix Tests/Integration/test_,architecture.py doc_comments.py documentation.py shell.py sizes.py unused.py)

.venv/ready: Tests/requirements.txt
	@python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check --requirement Tests/requirements.txt
	@touch .venv/ready
