-- The modality that a fact is in, of a dimension: everything as it was on the day of the fact.
create function modality_of(told milestone, terms jsonb, dimension text)
returns text
language sql stable
as $$
    select case dimension
        when 'department' then told.department
        when 'title' then told.title
        when 'age_band' then coalesce((codes(terms -> 'age_bands'))[1 + width_bucket(
            extract(year from told.occurred_on)::integer - told.birth_year, codes(terms -> 'age_bounds')::integer[]
        )], 'unknown')
        when 'criteria' then told.criteria
        when 'organisation' then told.organisation
        when 'organisation_kinds' then told.organisation_kinds
        when 'organisation_families' then told.organisation_families
        when 'authorised' then
            case told.authorised when true then 'authorised' when false then 'not_authorised' else 'unknown' end
        when 'organisation_of_kinds' then told.organisation_kinds || '/' || told.organisation
        when 'receiver' then told.receiver
        when 'receiver_kinds' then told.receiver_kinds
        when 'receiver_of_kinds' then told.receiver_kinds || '/' || told.receiver
        when 'channel' then told.detail
        when 'origin' then told.origin
        else 'all'
    end
$$;
