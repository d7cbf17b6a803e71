"""What happened at Polana before the visitor came, in files, and the playing of it by the desk's own functions."""
