"""Who reads us, as a person sees it: facts, tiers by month, from sent to bought, campaigns, when."""
