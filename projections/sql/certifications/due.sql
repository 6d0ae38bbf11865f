select root, journey, criterion, due from certification
where due <= %s and criterion = any(%s)
order by due, root, journey, criterion
limit %s
