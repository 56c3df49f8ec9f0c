# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the scripts of this folder: quiet steps that become long only when they fail, and package installation.

naru_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
naru_logs=${NARU_LOG_DIR:-$naru_root/build/logs}

say() { printf '%s\n' "$*"; }

fail() { # what went wrong, what to do
    printf '\n%s\n' "$1" >&2
    [ -n "${2:-}" ] && printf 'What to do: %s\n' "$2" >&2
    exit 1
}

# step "title" "what to do when it fails" command...
# Shows the title, then how far the command is (its last [n/m] or "n%"), then the seconds it took.
step() {
    local title=$1 advice=$2 log started pid shown=0 now mark
    shift 2
    mkdir -p "$naru_logs"
    log=$naru_logs/$(printf '%s' "$title" | tr -c 'A-Za-z0-9' '-' | tr 'A-Z' 'a-z').log
    started=$(date +%s)
    printf '%s …' "$title"
    [ -t 1 ] || printf '\n'
    "$@" >"$log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.5
        now=$(($(date +%s) - started))
        mark=$(tail -c 400 "$log" 2>/dev/null | grep -aoE '\[[0-9]+/[0-9]+\]|[0-9]+/[0-9]+ Test|[0-9]{1,3}%' | tail -n 1)
        if [ -t 1 ]; then
            printf '\r\033[K%s … %s %ss' "$title" "$mark" "$now"
        elif [ $((now / 30)) -gt "$shown" ]; then
            shown=$((now / 30))
            printf '  … %s %ss\n' "$mark" "$now"
        fi
    done
    if wait "$pid"; then
        now=$(($(date +%s) - started))
        if [ -t 1 ]; then printf '\r\033[K%s: %s s\n' "$title" "$now"; else printf '  done in %s s\n' "$now"; fi
        return 0
    fi
    printf '\n%s failed. The end of %s:\n\n' "$title" "$log" >&2
    tail -n 80 "$log" >&2
    printf '\nWhat to do: %s\n' "$advice" >&2
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_missing list...: names of files in packages/ without .txt
install_missing() {
    local wanted=() missing=() name file
    for file in "$@"; do
        while read -r name; do
            case "$name" in '' | '#'*) ;; *) wanted+=("$name") ;; esac
        done <"$naru_root/packaging/packages/$file.txt"
    done
    for name in "${wanted[@]}"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || fail "These packages are missing, and there is no apt-get here: ${missing[*]}" "Install them with your package manager and run this again. Naru is built on Debian 12."
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        fail "These packages are missing: ${missing[*]}" "Run as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    fi
    if [ "$(id -u)" != 0 ]; then
        say "Packages are missing (${#missing[@]}); installing them needs your password."
        sudo -v || fail "Without sudo the packages cannot be installed." "Ask your administrator for: ${missing[*]}"
    fi
    step "Fetching the package lists" "Check the network and /etc/apt, then run this again." as_root apt-get update -q || exit 1
    step "Installing ${#missing[@]} packages" "Read the lines above; 'apt-get -f install' mends half-installed packages. Then run this again." \
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" || exit 1
}

# configure_and_build preset [target...]
configure_and_build() {
    local preset=$1
    shift
    cd "$naru_root" || exit 1
    if [ ! -f "build/$preset/build.ninja" ]; then
        step "Configuring ($preset)" "The lines above name what is missing. Delete build/$preset and run this again." cmake --preset "$preset" || exit 1
    fi
    step "Building ($preset)" "Read the first error above. If a tool was upgraded, delete build/$preset and run this again; if memory ran out, close programs." \
        cmake --build "build/$preset" ${1:+--target "$@"} || exit 1
}
