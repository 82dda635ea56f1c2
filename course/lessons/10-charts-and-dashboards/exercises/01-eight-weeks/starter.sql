-- business_date, nuu, nuu_7d
%chart ___ x=___ y=___
