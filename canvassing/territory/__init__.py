"""Where the doors are: buildings, entrances and doors of a campaign, by hand, table or map."""
