-- business_hour, talks
%chart ___ x=___ y=___
