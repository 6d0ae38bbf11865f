-- For this transaction: sorts in memory, and indexes at their price on solid disks.
select set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true)
