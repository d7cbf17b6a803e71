"""What of a reading is shown: plain values in, plain frozen values out; no rows, no clock, no HTML."""
