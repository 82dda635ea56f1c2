-- cast_id, impressions, click_rate
%chart ___ x=___ y=___
