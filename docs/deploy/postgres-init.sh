#!/bin/bash
# Run once, by the PostgreSQL image, on an empty data folder: the application gets a role of its own,
# which is no superuser and therefore cannot switch off what protects the audit trail.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" --username postgres <<'SQL'
CREATE ROLE kiemtin LOGIN PASSWORD :'password';
CREATE DATABASE kiemtin OWNER kiemtin ENCODING 'UTF8' TEMPLATE template0;
SQL
