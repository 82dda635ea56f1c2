-- stage_no, stage, guests, share_of_registered
%chart ___ x=___ y=___
