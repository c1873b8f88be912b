"""The command line, one function per command: each takes what was asked and gives back an ``Answer``."""
