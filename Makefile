# Préavis. `make` alone prints what there is.

PREFIX ?= /usr/local
DEMO ?= demo
PACKAGES := libical-dev libsqlite3-dev zlib1g-dev pkg-config tzdata
DEBUG := .build/debug/preavis
RELEASE := .build/release/preavis
SWIFT := Sources Tests Package.swift Benchmarks/Sources/Benchmarks Benchmarks/Package.swift

.PHONY: help setup build demo test format lint release install bench bench-http server server-quick server-soak server-bursts costs server-nginx server-systemd \
  races approvals crashes damage reminders postfix pipeline standing fuzz mutants oracles interop interop-quick openapi clean

help:
	@echo "make demo      build, then play a week of a real team into $(DEMO)/"
	@echo "make test      build, then run every test and the short races, crashes and damages"
	@echo "make install   static release binary, data, completions and manual under PREFIX ($(PREFIX))"
	@echo "make lint      strict format check          make format   mend the format"
	@echo "make races     8 processes, 200 slots       make crashes  100 processes killed while they write"
	@echo "make approvals  four people approve, decline and move at one moment, and around the last second, over the API"
	@echo "make damage    3,000 bits flipped and 500 edits in a register file; register verify names what changes an answer"
	@echo "make reminders  a month of moved plans, with workers killed, doubled and off"
	@echo "make postfix   500 mails through a Postfix of their own, ten of which come back (Debian: postfix, opendkim, neomutt; as root)"
	@echo "make fuzz      each reader of what strangers write, FUZZ=1800 seconds each, with AddressSanitizer"
	@echo "make mutants   comparisons and signs of the core changed one at a time; MUTANTS='--sample 100' for some"
	@echo "make pipeline  what a pipeline pays on a server of 100,000 changes; a cache that is damaged 1,000 times"
	@echo "make standing  a year of random edits to a contract: what is in conflict, against a reckoning of its own"
	@echo "make bench     ours against peers, as ratios    make bench BENCH_QUICK=1  the same, short"
	@echo "make server-soak  slow and huge clients    make server-nginx  the example before a server"
	@echo "make server-bursts  2,000 subscribers while commits come one upon the other"
	@echo "make costs     time and memory of verbs and files with 1,000, 10,000 and 100,000 changes"
	@echo "make server-systemd  the example as a service of a systemd of its own, as root"
	@echo "make bench-http   the server against nginx, and its memory (Debian: nginx-light, wrk)"
	@echo "make interop   every publication through 21 foreign readers    make interop-quick   those that pip has"
	@echo "make server    the running server with calendars, a browser, schemathesis, four writers   make server-quick   in a minute"
	@echo "make openapi   every answer of the API's tests against its OpenAPI document (openapi-spec-validator of PyPI)"
	@echo "make oracles   make the test data anew from its independent sources"

# Installs only what is missing, and asks for no right that it does not need.
setup:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=""; else SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends $$missing; \
	fi
	@command -v swift >/dev/null || { echo "A Swift 6.3 toolchain is needed: https://www.swift.org/install/linux/"; exit 1; }

build: setup
	swift build --product preavis

demo: build
	scripts/demo.sh $(DEBUG) $(DEMO)

test:
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) faketime python3 python3-venv"
	swift build --build-tests
	swift test --skip-build
	python3 Tests/Scripts/quick.py $(DEBUG)

races: build
	python3 Tests/Scripts/races.py $(DEBUG)

approvals: build
	python3 Tests/Scripts/approvals.py $(DEBUG)

crashes: build
	python3 Tests/Scripts/crashes.py $(DEBUG)

damage: build
	python3 Tests/Scripts/damage.py $(DEBUG)

reminders: build
	python3 Tests/Scripts/reminders.py $(DEBUG)
	python3 Tests/Scripts/reminders.py $(DEBUG) --workers 2 --seed 2

postfix: build
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) postfix opendkim opendkim-tools python3-dkim neomutt tmux"
	/usr/bin/python3 Tests/Scripts/postfix.py $(DEBUG)

FUZZ ?= 1800
fuzz: setup
	scripts/fuzz.sh $(FUZZ)

mutants: setup
	python3 Tests/Scripts/mutants.py $(MUTANTS)

pipeline: release
	python3 Tests/Scripts/pipeline.py $(RELEASE)

# A quarter of an hour.
standing: build
	python3 Tests/Scripts/standing.py $(DEBUG)

openapi:
	rm -rf .build/api-answers && mkdir -p .build/api-answers
	PREAVIS_API_ANSWERS=$(CURDIR)/.build/api-answers swift test --filter APITests
	python3 Tests/Scripts/openapi_answers.py .build/api-answers

# Slow clients by the thousand need many open files: ulimit -Hn of 4096 at least.
server-soak: build
	python3 Tests/Server/soak.py $(DEBUG)

# Ten minutes; a release build, since it is about time.
server-bursts: release
	python3 Tests/Server/bursts.py $(RELEASE)

# Makes registers of up to 100,000 changes: some minutes.
costs: release
	python3 Tests/Server/costs.py $(RELEASE)

server-systemd: build
	Tests/Server/systemd.sh $(DEBUG)

server-nginx: build
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) nginx-light openssl"
	python3 Tests/Server/nginx.py $(DEBUG)

# A service that Debian starts when it installs nginx is none of ours: stop it where it is not wanted.
bench-http: release
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) nginx-light wrk"
	scripts/bench-http.py $(RELEASE) $(if $(BENCH_QUICK),--quick)

format:
	swift format --in-place --recursive $(SWIFT)

lint:
	swift format lint --strict --recursive $(SWIFT)

release: setup
	swift build -c release --product preavis -Xswiftc -static-stdlib

install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/preavis
	install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/preavis
	python3 scripts/install_data.py $(DESTDIR)$(PREFIX)/share/preavis calendars templates
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(DESTDIR)$(PREFIX)/share/man/man1
	$(RELEASE) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/preavis
	$(RELEASE) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_preavis
	$(RELEASE) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/preavis.fish
	python3 scripts/manual.py $(RELEASE) $(DESTDIR)$(PREFIX)/share/man/man1

bench: release
	@$(MAKE) --no-print-directory setup PACKAGES="$(PACKAGES) python3-venv"
	swift build -c release --package-path Benchmarks
	BENCH_QUICK=$(BENCH_QUICK) scripts/bench.sh $(RELEASE)

# Each script ends with "N passed, M failed"; KEEP holds the feeds, the site and the pictures that the full run leaves.
INTEROP := .build/interop-venv/bin/python -W ignore Tests/Interop
STATUSPAGE := .build/interop-venv-statuspage/bin/python -W ignore Tests/Interop/statusclients.py
KEEP ?= .build/interop-kept

interop-quick:
	python3 Tests/Scripts/quick.py $(DEBUG) interop

interop: build
	Tests/Interop/setup.sh full
	$(INTEROP)/selftest.py
	$(INTEROP)/lifecycle.py $(DEBUG) --keep $(KEEP)
	$(INTEROP)/hostile.py $(DEBUG)
	$(INTEROP)/chat.py $(DEBUG)
	$(STATUSPAGE) $(DEBUG)

SERVER := .build/server-venv/bin/python -W ignore Tests/Server

server-quick:
	python3 Tests/Scripts/quick.py $(DEBUG) server

server: build
	Tests/Interop/setup.sh full
	Tests/Interop/setup.sh server
	$(SERVER)/subscribers.py $(DEBUG)
	$(SERVER)/portal.py $(DEBUG)
	$(SERVER)/together.py $(DEBUG)
	$(SERVER)/schema.py $(DEBUG)
	$(SERVER)/generated.py $(DEBUG)
	$(SERVER)/stops.py $(DEBUG)
	$(SERVER)/trust.py $(DEBUG)
	$(SERVER)/reload.py $(DEBUG)
	$(SERVER)/subscribe.py $(DEBUG)

oracles:
	Tests/Oracles/generate.sh

clean:
	rm -rf .build Benchmarks/.build $(DEMO)
