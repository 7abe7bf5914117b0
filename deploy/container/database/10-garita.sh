#!/usr/bin/env bash
# Roles and database of Garita, at the first start of the cluster, as its superuser. GARITA_PASSWORD (or the file that
# GARITA_PASSWORD_FILE names) is the password of the roles that log in: one container of pools is one account anyway.
set -euo pipefail

password=${GARITA_PASSWORD:-$(cat -- "${GARITA_PASSWORD_FILE:?GARITA_PASSWORD is not set}")}
[[ $password =~ ^[A-Za-z0-9+/=_-]{20,}$ ]] || { echo "GARITA_PASSWORD: 20 letters and digits or more" >&2; exit 78; }

# Through standard input: no process list shows the password.
{
    cat /usr/share/garita/sql/roles.sql
    echo 'set log_min_error_statement = panic;'
    for role in migrate gate auth app device status outbox; do echo "alter role garita_$role password '$password';"; done
    echo 'create database garita owner garita_owner;'
    echo '\c garita'
    cat /usr/share/garita/sql/database.sql
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres
