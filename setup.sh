#!/bin/sh
# Install what this project needs into .venv, node_modules and, for `sh setup.sh checkov` and `sh setup.sh docs`,
# .venv-checkov and .venv-docs; nowhere else. `sh setup.sh runtime` installs what `hybrid` runs with and nothing else,
# by hash and from wheels, so that nothing of it is built or run on the way: it may stand before credentials.
# Each step leaves a stamp named by what it was made from, so that a second run does nothing, a changed
# lock file repeats the step, and an interrupted step is done again.
set -eu

cd "$(dirname "$0")"
venv_python=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }

# The folder is part of the key: a virtual environment that was moved no longer finds itself.
key() { { pwd; cat "$@"; } | cksum | tr ' ' '-'; }

usable_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if "$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say "set-up needs Python 3.11 or newer with its venv module; none of the usual names runs one."
    say "Install it (Debian: apt-get install python3 python3-venv), or name one: make synth PYTHON=..."
    exit 1
}

everything() { install_requirements "set-up 1 of 2: Python packages" requirements.lock; }

# What everything brings is more than enough.
runtime() {
    [ -e ".venv/.requirements-$(key requirements-bootstrap.lock requirements.lock)" ] ||
        install_requirements "set-up: Python packages to run with" requirements-runtime.lock --only-binary :all:
}

# install_requirements WORDS LOCK [OPTION...]
install_requirements() {
    words=$1
    lock=$2
    shift 2
    stamp=.venv/.requirements-$(key requirements-bootstrap.lock "$lock")
    [ -e "$stamp" ] && return
    python=$(usable_python)
    say "$words into .venv (85 MB of provider bindings, once)"
    "$python" -m venv --clear .venv
    "$venv_python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        -r requirements-bootstrap.lock
    # The second try trusts the system's certificates: networks that inspect traffic need that.
    uv --require-hashes -r "$lock" "$@" || uv --system-certs --require-hashes -r "$lock" "$@"
    : >"$stamp"
}

# Its commands, `hybrid` and `cdktf`; from what is here, so that it needs no network.
install_project() {
    stamp=.venv/.project-$(key pyproject.toml)
    [ -e "$stamp" ] && return
    uv --quiet --no-deps --no-build-isolation --offline -e .
    : >"$stamp"
}

uv() { as_pip && "$venv_python" -m uv pip install --python "$venv_python" "$@"; }

# uv does not read what pip reads: where a mirror was named for pip alone, the first package would come from
# it and the rest from nowhere. What was said to uv itself stays; see docs/behind-a-proxy.md.
as_pip() {
    [ -z "${uv_knows:-}" ] || return 0
    uv_knows=yes
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then give_uv UV_DEFAULT_INDEX "${PIP_INDEX_URL:-}" index-url; fi
    if [ -z "${UV_INDEX:-}${UV_EXTRA_INDEX_URL:-}" ]; then give_uv UV_INDEX "${PIP_EXTRA_INDEX_URL:-}" extra-index-url; fi
    if [ -z "${UV_INSECURE_HOST:-}" ]; then give_uv UV_INSECURE_HOST "${PIP_TRUSTED_HOST:-}" trusted-host; fi
    if [ -z "${SSL_CERT_FILE:-}" ]; then give_uv SSL_CERT_FILE "${PIP_CERT:-}" cert; fi
}

# give_uv VARIABLE SAID OPTION: what pip's variable said, or else its configuration, on one line.
give_uv() {
    said=$2
    for section in install global; do
        [ -n "$said" ] || said=$("$venv_python" -m pip config get "$section.$3" 2>/dev/null) || said=
    done
    said=$(printf '%s' "$said" | tr '\n' ' ')
    [ -z "$said" ] || export "$1=$said"
}

# With the machine's certificates beside Node's own: networks that inspect traffic need them.
npm() {
    node=$("$venv_python" -c 'from operations.toolchain import node_folder; print(node_folder())')
    NODE_OPTIONS="${NODE_OPTIONS:-} --use-system-ca" PATH="$node:$PATH" "$node/node" "$node/../lib/node_modules/npm/bin/npm-cli.js" "$@"
}

# A tool with pins of its own, which would hold back what the project is tested with; made only when asked for.
install_tool() {
    tool=$1
    size=$2
    stamp=.venv-$tool/.requirements-$(key requirements-bootstrap.lock "requirements-$tool.lock")
    [ -e "$stamp" ] && return
    say "set-up of $tool: Python packages into .venv-$tool ($size, once)"
    as_pip
    "$venv_python" -m uv venv --quiet --clear --no-project --python "$venv_python" ".venv-$tool"
    tool_packages || tool_packages --system-certs
    : >"$stamp"
}

tool_packages() {
    "$venv_python" -m uv pip install --quiet --python ".venv-$tool/bin/python" --compile-bytecode \
        --require-hashes --only-binary :all: -r "requirements-$tool.lock" "$@"
}

install_cdktf_cli() {
    stamp=node_modules/.packages-$(key package-lock.json package.json)
    [ -e "$stamp" ] && return
    say "set-up 2 of 2: cdktf-cli into node_modules"
    # Nothing of a package is run: what is native comes built within it.
    npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
    : >"$stamp"
}

lock() {
    as_pip
    compile="$venv_python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url"
    $compile --upgrade pyproject.toml --group dev -o requirements.lock
    # The versions that the suite runs with, and no others.
    $compile --constraints requirements.lock pyproject.toml -o requirements-runtime.lock
    $compile --upgrade --group bootstrap -o requirements-bootstrap.lock
    $compile --upgrade --group checkov -o requirements-checkov.lock
    $compile --upgrade --group docs -o requirements-docs.lock
    npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
}

case "${1:-}" in
lock) lock ;;
# Only that: whoever asks may be running from .venv.
checkov) install_tool checkov "265 MB" ;;
docs) install_tool docs "100 MB" ;;
runtime)
    runtime
    install_project
    ;;
*)
    everything
    install_project
    install_cdktf_cli
    ;;
esac
