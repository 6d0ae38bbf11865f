select root, journey, number, due, command, fields::text from deadline
where due <= %s and (due, root, journey, number) > (%s, %s, %s, %s)
order by due, root, journey, number
limit %s
