"""What customers are worth, as a person sees it: the year, seasons, who comes back, who carries the shop."""
