comment on column main.{view}."{column}" is '{meaning}';
