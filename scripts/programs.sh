# Finding, installing and starting the programs outside Python that some tests need. Sourced by scripts/test.sh.
# shellcheck shell=bash

skipped() { printf '\n!!! SKIPPED: %s — %s\n\n' "$1" "$2" >&2; }

# Installs Debian packages if this user may; quiet, and no error if it cannot.
apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  { [ -n "${APT_UPDATED:-}" ] || apt-get update -qq; } >/dev/null 2>&1 || return 1
  APT_UPDATED=1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# want PROGRAM PACKAGE PURPOSE
want() {
  command -v "$1" >/dev/null || apt_install "$2" || skipped "$3" "$1 is not installed and could not be"
}

# want_font PACKAGE PURPOSE
want_font() {
  fc-list 2>/dev/null | grep -qiE 'noto ?sans ?cjk|source ?han|wqy' || apt_install fontconfig "$1" || skipped "$2" "no Chinese font ($1)"
}

postgresql_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

postgresql_found() { [ -x "$(postgresql_bin)/initdb" ]; }

want_postgresql() {
  postgresql_found || apt_install postgresql || skipped "the tests on PostgreSQL" "no PostgreSQL server is installed and none could be"
}

# initdb refuses to run as root: as root, everything of the server runs as the account `postgres`.
as_server() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

# Starts a server of our own on a socket in a temporary folder; sets POSTGRESQL_URL.
start_postgresql() {
  POSTGRESQL_HOME=$(mktemp -d)
  chmod 755 "$POSTGRESQL_HOME"
  if [ "$(id -u)" = 0 ]; then chown postgres "$POSTGRESQL_HOME"; fi
  local bin
  bin=$(postgresql_bin)
  as_server "$bin/initdb" -D "$POSTGRESQL_HOME/data" -U gongkai -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_server "$bin/pg_ctl" -D "$POSTGRESQL_HOME/data" -w -l "$POSTGRESQL_HOME/log" \
    -o "-k $POSTGRESQL_HOME -c listen_addresses='' -c fsync=off -c max_connections=200" start >/dev/null
  as_server "$bin/createdb" -h "$POSTGRESQL_HOME" -U gongkai gongkai
  POSTGRESQL_URL="postgresql://gongkai@/gongkai?host=$POSTGRESQL_HOME"
  export POSTGRESQL_URL
}

stop_postgresql() {
  as_server "$(postgresql_bin)/pg_ctl" -D "$POSTGRESQL_HOME/data" -m immediate stop >/dev/null || true
  rm -rf "$POSTGRESQL_HOME"
}
