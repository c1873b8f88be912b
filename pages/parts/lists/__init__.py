"""Taking a list away, as a person sees it: who, which channel, who stays out and why, the file, what next."""
