insert into claim select 'departement-' || partition, 'nir', root, root from filled_root;
