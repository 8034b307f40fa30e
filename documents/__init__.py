"""Papers and flyers: what a campaign prints, signs and hands out."""
