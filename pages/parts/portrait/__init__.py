"""The portrait as a person sees it: sentences, map, bars, and what is done with the contacts chosen."""
