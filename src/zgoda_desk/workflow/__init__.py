"""One function for each thing that happens; the only place where the apps meet."""
