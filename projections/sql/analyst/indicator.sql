create view analyst.indicator as
select id as indicator, version, newest, since, shape, measures, dimensions, title ->> 'fr' as title_fr, title ->> 'en' as title_en,
    text ->> 'fr' as text_fr, text ->> 'en' as text_en, unit ->> 'fr' as unit_fr, unit ->> 'en' as unit_en,
    numerator ->> 'fr' as numerator_fr, numerator ->> 'en' as numerator_en,
    denominator ->> 'fr' as denominator_fr, denominator ->> 'en' as denominator_en
from released.indicator
