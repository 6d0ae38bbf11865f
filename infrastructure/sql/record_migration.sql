insert into migration (number, name, checksum) values (%s, %s, %s);
