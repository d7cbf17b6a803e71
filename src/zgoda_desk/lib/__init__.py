"""Small tools of the desk that know no rows: the clock, signatures, sanitising, storable text."""
