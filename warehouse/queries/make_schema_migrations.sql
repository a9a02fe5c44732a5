create table if not exists main.schema_migrations (
    number INTEGER not null,
    name VARCHAR not null,
    sha256 VARCHAR not null
);
