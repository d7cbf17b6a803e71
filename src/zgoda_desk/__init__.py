"""The desk: a web application over the engine, for the people who answer."""
