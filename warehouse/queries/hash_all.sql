select count(*), coalesce(bit_xor(hash(one)), 0) :: VARCHAR from base.{table} as one;
