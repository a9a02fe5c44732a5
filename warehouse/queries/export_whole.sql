copy (select {columns} from main.{table} as held) to '{folder}/{table}_0.{ending}' ({format});
