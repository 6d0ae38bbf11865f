select distinct root from caseload_case where organisation = %(organisation)s
