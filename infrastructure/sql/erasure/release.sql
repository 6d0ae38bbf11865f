select release_person(%b)
