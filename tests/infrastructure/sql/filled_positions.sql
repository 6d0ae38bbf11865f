-- Every projection a page behind the log, the tables being built two pages.
update projection_position position set "offset" = head."offset" - case when building then 200 else 100 end
from head where head.partition = position.partition;
