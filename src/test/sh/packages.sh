# Debian's packages for the scripts that check aparanet; to be sourced by bash.

# Installs packages, those that are missing. Fails with a sentence where it may not or cannot.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "missing: ${missing[*]}; install them, or run this as root" >&2
    return 1
  fi
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Unpacks packages into a folder instead of installing them, once: drivers that must not get into
# every program's list of devices, and packages that would drive others out.
unpack_packages() {
  local folder=$1
  shift
  [ ! -e "$folder/complete" ] || return 0
  rm -rf "$folder"
  mkdir -p "$folder/download"
  (
    cd "$folder/download" || exit 1
    download_packages "$@" 2>/dev/null || {
      apt-get update -qq && download_packages "$@"
    } || exit 1
    for package in *.deb; do
      dpkg-deb -x "$package" "$folder" || exit 1
    done
  ) || return 1
  rm -rf "$folder/download"
  touch "$folder/complete"
}

# Without the user that apt-get takes otherwise, who may have no access to the folder.
download_packages() {
  apt-get -qq -o APT::Sandbox::User=root download "$@" >/dev/null
}
