# shellcheck shell=bash
# What holds Keel together: tests, checks, fixes and locks. Sourced by ./dev.

run_tests() {
    local browser=browser arguments=()
    take_test_options "$@"
    set_up dev "$browser"
    use_test_tools
    local first=0 second=0
    python -m pytest "${arguments[@]}" || first=$?
    on_real_servers "${arguments[@]}" || second=$?
    ((second == 5 && $# > 0)) && second=0 # nothing to run again: right for the tests somebody chose, wrong for all
    return $((first || second))
}

# Runs what touches the database once more, on a real PostgreSQL with a real Valkey.
on_real_servers() {
    say "--- The second run: PostgreSQL and Valkey"
    python -m tests.services.run python -m pytest "$@"
}

# Sets the caller's `browser` and `arguments`.
take_test_options() {
    local option
    # The browser journeys and the servers wait half of their time, so two tests share a core.
    arguments=(-o "cache_dir=$VAR/cache/pytest" -n "$((2 * $(nproc)))")
    for option in "$@"; do
        case $option in
        --no-browser)
            browser=
            arguments+=(--deselect tests/journeys)
            say "Left out, as --no-browser asks: the browser journeys in tests/journeys."
            ;;
        --deep) arguments+=(--hypothesis-profile=deep) ;;
        *) arguments+=("$option") ;;
        esac
    done
}

use_test_tools() {
    use_bytecode
    export KEEL_MODE=embedded PATH=$VAR/venv/bin:$PATH
    export COVERAGE_FILE=$VAR/coverage/data RUFF_CACHE_DIR=$VAR/cache/ruff MYPY_CACHE_DIR=$VAR/cache/mypy
    mkdir -p "$VAR/coverage"
    KEEL_CHROMIUM=$(find_chromium)
    export KEEL_CHROMIUM
}

# Every check runs, so that one run shows all there is to mend.
run_checks() {
    local browser=browser arguments=() failed=()
    take_test_options --hypothesis-profile=ci "$@"
    set_up dev "$browser"
    use_test_tools
    check "Format" ruff format --check .
    check "Lint" ruff check .
    check "Templates" djlint templates --lint
    check "Import rules" lint-imports --cache-dir "$VAR/cache/import-linter"
    check "Missing migrations" with_keel manage.py makemigrations --check --dry-run
    check "Settings of a service" check_as_service
    check "Types" with_keel -m mypy
    check "Mutants" python -m tests.mutants
    check "Tests" python -m pytest --cov --cov-report=term "${arguments[@]}"
    check "Tests on PostgreSQL and Valkey" on_real_servers "${arguments[@]}"
    ((${#failed[@]} == 0)) || die "Not yet right: ${failed[*]}"
}

# check NAME COMMAND...: runs it, and adds NAME to the caller's `failed` if it fails.
check() {
    say "--- $1"
    "${@:2}" || failed+=("$1")
}

with_keel() { (use_keel && exec python "$@"); }

# As a service that has filled in whom people can turn to.
check_as_service() (
    export KEEL_MODE=service KEEL_ORGANISATION=Keel KEEL_CONTACT_EMAIL=keel@example.org
    export KEEL_BASE_URL=https://keel.example.org ALLOWED_HOSTS=keel.example.org
    export DATABASE_URL=postgres://keel:keel@localhost/keel BROKER_URL=redis://localhost/0 CACHE_URL=redis://localhost/1
    export EMAIL_URL=smtp+tls://keel:keel@localhost:587 DEFAULT_FROM_EMAIL=keel@example.org
    export KEEL_SUPPORT_FILE=$VAR/cache/support.toml
    sed "s/^how = \"\"/how = \"Ask your manager.\"/; s/^last_checked.*/last_checked = $(date +%F)/" \
        apps/home/content/support.toml >"$KEEL_SUPPORT_FILE"
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(60))')
    KEEL_KEYS=k1:$(python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')
    export SECRET_KEY KEEL_KEYS
    python manage.py check --deploy --fail-level WARNING
)

run_fixes() {
    set_up dev
    use_test_tools
    ruff format .
    ruff check --fix .
}

write_locks() {
    set_up dev
    lock requirements.txt pyproject.toml "$@"
    lock requirements-dev.txt pyproject.toml --group dev "$@"
    lock scripts/requirements-uv.txt --group uv "$@"
    lock scripts/requirements-node.txt --group node "$@"
}

# lock FILE ARGUMENT...: the file names no registry, so any mirror will do.
lock() {
    "$VAR/tools/bin/uv" pip compile --quiet --universal --generate-hashes --no-header --output-file "$1" "${@:2}"
}
