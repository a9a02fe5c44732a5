merge into base.{table} using batch using ({keys}) when matched then update set * when not matched then insert by name;
