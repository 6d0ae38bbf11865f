-- Whichever dossier took it over: the one it was merged into may have been merged itself before.
select merged_into.root from merged_into
where not exists (select from absorbed where absorbed.source = merged_into.root)
order by merged_into.root
