"""The menu group « Ma base »: where do we stand, bring a file in."""
