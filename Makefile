# `make help` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help lock setup dev-setup chat serve run check-config ask requests-list requests-show requests-export \
	requests-retry requests-erase requests-stats deliver train check test nightly lint validate widget feedback pack-model full-environment compare evaluate experiments gate calibrate benchmarks real-questions durability check-telegram check-whatsapp architecture clean

# Any Python from 3.9 on starts the set-up; it finds or fetches the 3.10 that Rasa needs.
PYTHON := $(shell for p in python3.10 python3 python /usr/bin/python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1 && echo $$p && break; done)
ARGS ?=
REQUESTS = $(IN) -m consultations
IN := .venv/bin/python -W ignore
COMPILE := .tools/bin/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		awk -F'|' '{printf "  make %-18s %s\n", $$1, $$2}'

setup:
	@test -n "$(PYTHON)" || { echo "Error: Python 3.9 or newer is needed to set up; none was found."; exit 1; }
	@$(PYTHON) scripts/setup.py

dev-setup:
	@test -n "$(PYTHON)" || { echo "Error: Python 3.9 or newer is needed to set up; none was found."; exit 1; }
	@$(PYTHON) scripts/setup.py --dev

chat: train  ## talk to the bot in the shell (sets everything up first; /stop or Ctrl-C leaves)
	@$(IN) scripts/chat.py

serve: train widget  ## website with chat and REST on 127.0.0.1:5005, actions, deliveries, one log (PORT=, ACTIONS_PORT=)
	@exec $(IN) scripts/serve.py

run:  ## the same without looking whether anything has to be set up, trained or built first
	@test -x .venv/bin/python || { echo "Error: nothing is installed here. Run \`make train widget\` first."; exit 1; }
	@exec $(IN) scripts/serve.py

check-config: setup  ## can settings and documents be used as they are?
	@$(IN) scripts/check_config.py

ask: train  ## ask one question: make ask Q="How is Spinraza given?"
	@Q='$(subst ','"'"',$(Q))'; exec $(IN) scripts/ask.py "$$Q"

requests-list: setup  ## consultation requests and their deliveries (ARGS="--state dead --since 2026-11-01 --json")
	@$(REQUESTS) list $(ARGS)

requests-show: setup  ## one request, whole: make requests-show REF=SMA-7K3F-9QX2
	@$(REQUESTS) show "$(REF)" $(ARGS)

requests-export: setup  ## all requests as CSV (ARGS="--format json --output FILE")
	@$(REQUESTS) export $(ARGS)

requests-retry: setup  ## deliver a request again that was given up: REF=
	@$(REQUESTS) retry "$(REF)" $(ARGS)

requests-erase: setup  ## erase all about a reference, e-mail address or phone number: WHAT=
	@$(REQUESTS) erase "$(WHAT)" $(ARGS)

requests-stats: setup  ## how many requests, and what became of them
	@$(REQUESTS) stats $(ARGS)

deliver: setup  ## deliver what is due once, without make serve
	@$(IN) -m consultations.worker --once

widget: setup  ## build the website's chat widget, if its sources changed
	@$(IN) scripts/widget.py

check-telegram: setup  ## is the Telegram bot set up, and does Telegram reach this server?
	@$(IN) scripts/check_telegram.py

check-whatsapp: setup  ## is WhatsApp set up, does Twilio know us, and is this server reachable?
	@$(IN) scripts/check_whatsapp.py

feedback: setup  ## what visitors found helpful, wrong or outdated, by topic
	@$(IN) -m channels.feedback

train: setup  ## train the model, if data or configuration changed
	@$(IN) scripts/train.py

pack-model: train  ## archive and manifest for a release, into var/release/; MODEL_URL fetches them
	@$(IN) scripts/pack_model.py

check: dev-setup lint  ## while you work: lint, and the quick tests of what changed since main
	@.venv/bin/python scripts/check.py

test: dev-setup lint train validate  ## all that must hold: checks, tests, a sample of the evaluation
	@$(IN) scripts/widget.py check && $(IN) scripts/widget.py test
	@.venv/bin/python -m pytest -n auto tests/unit tests/rooms
	@.venv/bin/python -m pytest tests/live
	@$(IN) -m evaluation.evaluate --gate --fast 300

nightly: test  ## and what takes long: all evaluation questions, 200 requests through kills
	@$(IN) -m evaluation.evaluate --gate
	@$(IN) -m evaluation.durability

lint: dev-setup  ## ruff, mypy, import rules
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

validate: train  ## rasa data validate, warnings are errors
	@$(IN) scripts/validate.py

full-environment:  ## Rasa with TensorFlow in .venv-full, for comparing with its defaults
	@$(PYTHON) scripts/setup.py --full

compare: dev-setup full-environment  ## our pipeline and `rasa init`'s default on the same data
	@$(IN) evaluation/compare.py

evaluate: dev-setup train  ## ask the bot all evaluation questions, write evaluation/report/ (5 minutes)
	@$(IN) -m evaluation.evaluate $(ARGS)

experiments: dev-setup full-environment  ## learning curve and spelling, for the report (40 minutes)
	@$(IN) -m evaluation.experiments $(ARGS)

gate: dev-setup train  ## a sample of them; fails below evaluation/thresholds.yml (ARGS="" for all)
	@$(IN) -m evaluation.evaluate --gate $(ARGS)

calibrate: dev-setup train  ## what each threshold costs and gives, into evaluation/calibration/
	@$(IN) -m evaluation.calibrate

benchmarks: dev-setup  ## our pipeline on public data (ARGS="--pipelines ours,default": hours)
	@$(IN) -m evaluation.benchmarks $(or $(ARGS),--pipelines ours)

durability: dev-setup train  ## kill all processes at random while requests are sent (20 minutes; ARGS="20")
	@$(IN) -m evaluation.durability $(ARGS)

real-questions: dev-setup train  ## questions real people asked (needs ../shared)
	@$(IN) -m evaluation.real_questions

architecture: dev-setup  ## draw docs/architecture.md anew from the code
	@.venv/bin/python scripts/architecture.py

lock: setup  ## resolve requirements/*.in again, into lock files with hashes
	@$(COMPILE) --override requirements/without-tensorflow.txt requirements/runtime.in -o requirements/runtime.txt
	@$(COMPILE) requirements/node.in -o requirements/node.txt
	@$(COMPILE) -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt

clean:  ## remove everything that was installed or trained
	rm -rf .venv .venv-full .venv-node .tools .rasa models var widget/dist widget/node_modules
